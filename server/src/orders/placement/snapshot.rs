//! Deciding a batch of orders in memory, in the order of arrival.
//!
//! Pure, so that a property test can hold any batching against placing orders one by one.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use app::{
    checkout::types::PaymentChoice,
    countries::DeliveryCountries,
    delivery::calendar::Calendar,
    error::{ErrorKind, LineProblem},
    orders::types::OrderStatus,
    shop::Opening,
};

use super::{
    batch::{ExistingOrder, Intent, Outcome},
    decide::{CartItem, Grant, OnDelivery, Request, Rules, Transfer, VariantState, decide},
    open::OpenOrders,
    refusal::Refusal,
};
use crate::{
    admission::uses::Used,
    buyer_limits::{
        self,
        decide::Limits,
        held::{Held, Holder},
    },
    orders::{
        awaiting::Payer,
        on_delivery::{Address, OpenOrder},
    },
    payment::{
        Settlement,
        bank_transfer::settings::wait_ms,
        cash::rules::CashRules,
        methods::{Methods, Misfit},
    },
    settings::Rate,
    text::mailbox,
    waits::offered::Offered,
};

/// What a batch is decided on: read from the database under its locks, or made up by a test.
#[derive(Debug, Clone, Default)]
pub struct BatchSnapshot {
    /// The time of the batch: see [`BatchTime`](super::place::BatchTime).
    pub at: i64,
    /// Orders by checkout key, with the carts they came from.
    pub existing: BTreeMap<String, (String, ExistingOrder)>,
    /// Ids of the carts that are there, by the hashes of their tokens.
    pub cart_ids: BTreeMap<String, String>,
    /// What is in each cart, by its id.
    pub carts: BTreeMap<String, Vec<CartItem>>,
    pub variants: BTreeMap<String, VariantState>,
    pub rates: Vec<Rate>,
    pub tax_basis_points: i64,
    pub currency: String,
    pub delivers_to: DeliveryCountries,
    pub opening: Opening,
    pub methods: Methods,
    /// Orders that wait for a transfer, of the buyers of this batch.
    pub open_transfers: Vec<Payer>,
    /// Also whose orders by transfer are confirmed first.
    pub cash: CashRules,
    /// Open orders that are paid on delivery, of the buyers of this batch; nothing where any number may be open.
    pub open_on_delivery: OpenOrders,
    /// Accounts whose e-mail address is proven: they need not confirm an order, and what others have
    /// ordered with it does not count against them until it is confirmed.
    pub proven: BTreeSet<String>,
    /// On what is in the carts.
    pub limits: Limits,
    /// Who buys, as limits know them, by the order's id; none where there are no limits.
    pub limited: BTreeMap<String, buyer_limits::buyer::Buyer>,
    /// Units that nobody has paid for, of those who order in this batch.
    pub held: Held,
    /// For whom they are held, by the order's id; nobody where nothing is counted.
    pub holders: BTreeMap<String, Holder>,
    /// Tickets of this batch that let nobody through any more.
    pub used: BTreeSet<Used>,
    /// Units that are kept for the carts of this batch.
    pub offered: Vec<Offered>,
    /// Stock is low at this number of units and below.
    pub low_stock: i64,
    /// By what delivery dates are counted.
    pub calendar: Calendar,
}

impl BatchSnapshot {
    /// Decides one order. What is granted is written by the caller.
    pub fn decide(&mut self, intent: &Intent) -> (Outcome, Option<Grant>) {
        let Some(cart_id) = self.cart_ids.get(&intent.cart_hash) else {
            return (Outcome::Refused(Refusal::EmptyCart), None);
        };
        if let Some((of_cart, order)) = self.existing.get(&intent.checkout_key) {
            let outcome = if of_cart == cart_id {
                Outcome::Placed(order.clone())
            } else {
                Outcome::Refused(Refusal::KeyOfAnotherOrder)
            };
            return (outcome, None);
        }
        if self.opening == Opening::Preparing {
            return (Outcome::Refused(Refusal::NotOpen), None);
        }
        if !self.methods.is_on(intent.method) {
            return (Outcome::Refused(Refusal::Method(Misfit::Off)), None);
        }
        let choice = match &intent.payment {
            Ok(choice) => choice,
            Err(refusal) => {
                let refusal = Refusal::Payment(refusal.clone());
                return (Outcome::Refused(refusal), None);
            }
        };
        let nobody = buyer_limits::buyer::Buyer::default();
        let no_holder = Holder::default();
        let request = Request {
            cart_id,
            items: self
                .carts
                .get(cart_id)
                .map(Vec::as_slice)
                .unwrap_or_default(),
            country: &intent.contact.country,
            shipping: &intent.shipping,
            method: intent.method,
            payment: choice,
            expected_total_minor: intent.expected_total_minor,
            terms: intent.terms.as_deref(),
            on_delivery: self.on_delivery(intent),
            transfer: self.transfer(intent),
            buyer: self.limited.get(&intent.order_id).unwrap_or(&nobody),
            holder: self.holders.get(&intent.order_id).unwrap_or(&no_holder),
            tickets: &intent.tickets,
            used: &self.used,
            offered: offered_to(&self.offered, cart_id, intent, self.at),
        };
        let rules = Rules {
            rates: &self.rates,
            tax_basis_points: self.tax_basis_points,
            currency: &self.currency,
            delivers_to: &self.delivers_to,
            methods: &self.methods,
            cash: self.cash,
        };
        let decided = decide(
            &request,
            &mut self.variants,
            &mut self.limits,
            &mut self.held,
            &rules,
        );
        match decided {
            Err(refusal) => {
                let refusal = match self.is_kept_for_another(cart_id, intent, &refusal) {
                    true => Refusal::KeptForAnother,
                    false => refusal,
                };
                (Outcome::Refused(refusal), None)
            }
            Ok(grant) => {
                let order = new_order(intent, choice, &grant);
                let entry = (grant.cart_id.clone(), order.clone());
                self.existing.insert(intent.checkout_key.clone(), entry);
                // A cart is ordered once: what comes after finds it empty.
                self.carts.remove(&grant.cart_id);
                // So is a ticket.
                let passes = grant.passes.iter();
                let used = passes.map(|pass| (pass.drop_id.clone(), pass.ticket_id.clone()));
                self.used.extend(used);
                let taken = |one: &Offered| grant.offered.contains(one);
                self.offered.retain(|one| !taken(one));
                match intent.settlement {
                    Settlement::OnDelivery if self.cash.most_open.is_some() => {
                        self.open_on_delivery.push(OpenOrder {
                            buyer: intent.buyer(),
                            commitment: grant.commitment(),
                        });
                    }
                    Settlement::Transfer if grant.pay_within_ms.is_some() => {
                        self.open_transfers.push(intent.payer());
                    }
                    Settlement::OnDelivery | Settlement::Transfer | Settlement::Online => {}
                }
                (Outcome::Placed(order), Some(grant))
            }
        }
    }
}

impl BatchSnapshot {
    /// Whether a line of this cart is refused for being sold out, of which a unit is kept that was offered to another
    /// mailbox than the order is for.
    fn is_kept_for_another(&self, cart_id: &str, intent: &Intent, refusal: &Refusal) -> bool {
        let Refusal::Lines(lines) = refusal else {
            return false;
        };
        if self.offered.is_empty() {
            return false;
        }
        let mailbox = mailbox(&intent.contact.email);
        let is_theirs = |one: &Offered| {
            let variant = self.variants.get(&one.variant_id);
            let drop_id = variant.and_then(|variant| variant.source.drop_id());
            let is_sold = drop_id == Some(one.drop_id.as_str());
            is_sold && one.cart_id == cart_id && one.mailbox != mailbox && one.until > self.at
        };
        let is_out = |one: &Offered, line: &LineProblem| {
            line.kind == ErrorKind::SoldOut && line.variant_id == one.variant_id
        };
        let mut offered = self.offered.iter();
        offered.any(|one| is_theirs(one) && lines.iter().any(|line| is_out(one, line)))
    }

    fn transfer(&self, intent: &Intent) -> Option<Transfer> {
        match intent.settlement {
            Settlement::Online | Settlement::OnDelivery => None,
            Settlement::Transfer => Some(Transfer {
                open: intent.payer().count(&self.open_transfers),
                within_ms: wait_ms(self.methods.transfer_days),
                confirm_within_ms: self.confirm_within_ms(self.address(intent)),
            }),
        }
    }

    fn on_delivery(&self, intent: &Intent) -> Option<OnDelivery> {
        let address = self.address(intent);
        match intent.settlement {
            Settlement::Online | Settlement::Transfer => None,
            Settlement::OnDelivery => Some(OnDelivery {
                open: match self.cash.most_open {
                    Some(_) => self.open_on_delivery.count(&intent.buyer(), address),
                    None => 0,
                },
                confirm_within_ms: self.confirm_within_ms(address),
            }),
        }
    }

    fn confirm_within_ms(&self, address: Address) -> Option<i64> {
        match address {
            Address::Proven => None,
            Address::Typed => self.cash.confirm_within_ms,
        }
    }

    fn address(&self, intent: &Intent) -> Address {
        let account = intent.account_id.as_ref();
        match account.is_some_and(|id| self.proven.contains(id)) {
            true => Address::Proven,
            false => Address::Typed,
        }
    }
}

/// What is kept for this buyer: the link was opened with this cart, and the order is for the mailbox it was sent to.
fn offered_to<'a>(
    offered: &'a [Offered],
    cart_id: &str,
    intent: &Intent,
    at: i64,
) -> Vec<&'a Offered> {
    if offered.is_empty() {
        return Vec::new();
    }
    let mailbox = mailbox(&intent.contact.email);
    let is_theirs =
        |one: &&Offered| one.cart_id == cart_id && one.mailbox == mailbox && one.until > at;
    offered.iter().filter(is_theirs).collect()
}

fn new_order(intent: &Intent, choice: &PaymentChoice, grant: &Grant) -> ExistingOrder {
    ExistingOrder {
        id: intent.order_id.clone(),
        number: intent.number.clone(),
        token: intent.token.clone(),
        locale: Some(intent.locale),
        total_minor: grant.totals.total_minor,
        status: first_status(intent.settlement, grant.confirm_within_ms),
        was_declined: false,
        payment_method: intent.method.to_owned(),
        payment_token: choice.token.clone(),
    }
}

/// Where an order begins that waits so long to be confirmed, if it does.
pub const fn first_status(settlement: Settlement, confirm_within_ms: Option<i64>) -> OrderStatus {
    match (settlement, confirm_within_ms) {
        (Settlement::OnDelivery, None) => OrderStatus::Paid,
        (Settlement::OnDelivery | Settlement::Transfer, Some(_)) => {
            OrderStatus::AwaitingConfirmation
        }
        (Settlement::Transfer, None) | (Settlement::Online, _) => OrderStatus::PendingPayment,
    }
}
