//! Deciding a batch of orders in memory, in the order of arrival.
//!
//! Pure, so that a property test can hold any batching against placing orders one by one.

use std::collections::{BTreeMap, BTreeSet};

use app::{
    checkout::types::{PaymentChoice, Placed},
    contact::Contact,
    countries::DeliveryCountries,
    error::ShopError,
    locale::Locale,
    orders::types::OrderStatus,
    shop::Opening,
};

use super::{
    decide::{CartItem, Grant, OnDelivery, Request, Rules, VariantState, decide},
    refusal::Refusal,
};
use crate::{
    buyer_limits::{self, decide::Limits},
    orders::on_delivery::Buyer,
    payment::{Accepted, Settlement, cash::rules::CashRules},
    settings::Rate,
};

/// An order somebody wants to place. Ids are made by the caller, so that trying again is harmless.
#[derive(Debug, Clone)]
pub struct Intent {
    pub checkout_key: String,
    /// Hash of the cart's token: which cart that is, is read with the batch.
    pub cart_hash: String,
    /// Whoever is signed in.
    pub account_id: Option<String>,
    /// What the shopper reads: the order's mails and documents are in it, too.
    pub locale: Locale,
    pub contact: Contact,
    pub shipping: String,
    /// Why there is no way to pay, if there is none; a known key is answered all the same.
    pub payment: Result<PaymentChoice, ShopError>,
    pub method: &'static str,
    pub settlement: Settlement,
    pub expected_total_minor: i64,
    /// Under what it was worked out, if the shopper's form tells: see
    /// [`terms`](app::checkout::types::Totals::terms).
    pub terms: Option<String>,
    /// What its lines are to be called in, if that is not what the shop's texts are written in.
    pub names: Option<Locale>,
    pub order_id: String,
    pub number: String,
    pub token: String,
}

impl Intent {
    pub fn buyer(&self) -> Buyer {
        Buyer::new(self.account_id.as_deref(), &self.contact.email)
    }
}

/// An order that is written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExistingOrder {
    pub id: String,
    pub number: String,
    pub token: String,
    pub total_minor: i64,
    pub status: OrderStatus,
    pub was_declined: bool,
    pub payment_method: String,
    pub payment_token: String,
}

impl ExistingOrder {
    pub fn placed(self) -> Placed {
        Placed {
            order_number: self.number,
            token: self.token,
            total_minor: self.total_minor,
            status: self.status,
            pay_at: None,
        }
    }

    /// The same where the shopper goes on to pay at `url`.
    pub fn payable_at(self, url: String) -> Placed {
        Placed {
            pay_at: Some(url),
            ..self.placed()
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The order of this key, new or from before.
    Placed(ExistingOrder),
    Refused(Refusal),
}

/// What a batch is decided on: read from the database under its locks, or made up by a test.
#[derive(Debug, Clone, Default)]
pub struct BatchSnapshot {
    /// Orders by checkout key, with the carts they came from.
    pub existing: BTreeMap<String, (String, ExistingOrder)>,
    /// Ids of the carts that are there, by the hashes of their tokens.
    pub cart_ids: BTreeMap<String, String>,
    /// What lies in each cart, by its id.
    pub carts: BTreeMap<String, Vec<CartItem>>,
    pub variants: BTreeMap<String, VariantState>,
    pub rates: Vec<Rate>,
    pub tax_basis_points: i64,
    pub currency: String,
    pub delivers_to: DeliveryCountries,
    pub opening: Opening,
    pub accepted: Accepted,
    pub cash: CashRules,
    /// Open orders that are paid on delivery, of the buyers of this batch.
    pub open_on_delivery: Vec<Buyer>,
    /// Accounts whose e-mail address is proven: they need not confirm an order.
    pub proven: BTreeSet<String>,
    /// On what lies in the carts.
    pub limits: Limits,
    /// Who buys, as limits know them, by the order's id; none where there are no limits.
    pub limited: BTreeMap<String, buyer_limits::buyer::Buyer>,
    /// Stock is low at this number of units and below.
    pub low_stock: i64,
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
        if !self.accepted.takes(intent.method, intent.settlement) {
            return (Outcome::Refused(Refusal::Method), None);
        }
        let choice = match &intent.payment {
            Ok(choice) => choice,
            Err(refusal) => {
                let refusal = Refusal::Payment(refusal.clone());
                return (Outcome::Refused(refusal), None);
            }
        };
        let nobody = buyer_limits::buyer::Buyer::default();
        let request = Request {
            cart_id,
            items: self
                .carts
                .get(cart_id)
                .map(Vec::as_slice)
                .unwrap_or_default(),
            country: &intent.contact.country,
            shipping: &intent.shipping,
            payment: choice,
            expected_total_minor: intent.expected_total_minor,
            terms: intent.terms.as_deref(),
            on_delivery: self.on_delivery(intent),
            buyer: self.limited.get(&intent.order_id).unwrap_or(&nobody),
        };
        let rules = Rules {
            rates: &self.rates,
            tax_basis_points: self.tax_basis_points,
            currency: &self.currency,
            delivers_to: &self.delivers_to,
            cash: self.cash,
        };
        let decided = decide(&request, &mut self.variants, &mut self.limits, &rules);
        match decided {
            Err(refusal) => (Outcome::Refused(refusal), None),
            Ok(grant) => {
                let order = new_order(intent, choice, &grant);
                let entry = (grant.cart_id.clone(), order.clone());
                self.existing.insert(intent.checkout_key.clone(), entry);
                // A cart is ordered once: what comes after finds it empty.
                self.carts.remove(&grant.cart_id);
                if intent.settlement == Settlement::OnDelivery {
                    self.open_on_delivery.push(intent.buyer());
                }
                (Outcome::Placed(order), Some(grant))
            }
        }
    }
}

impl BatchSnapshot {
    fn on_delivery(&self, intent: &Intent) -> Option<OnDelivery> {
        match intent.settlement {
            Settlement::Online => None,
            Settlement::OnDelivery => Some(OnDelivery {
                open: intent.buyer().count(&self.open_on_delivery),
                confirm_within_ms: self.cash.confirm_within_ms.filter(|_| {
                    let account = intent.account_id.as_ref();
                    !account.is_some_and(|id| self.proven.contains(id))
                }),
            }),
        }
    }
}

fn new_order(intent: &Intent, choice: &PaymentChoice, grant: &Grant) -> ExistingOrder {
    ExistingOrder {
        id: intent.order_id.clone(),
        number: intent.number.clone(),
        token: intent.token.clone(),
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
        (Settlement::OnDelivery, Some(_)) => OrderStatus::AwaitingConfirmation,
        (Settlement::Online, _) => OrderStatus::PendingPayment,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        buyer_limits::decide::{Limit, Scope},
        cart::check::Offer,
    };

    /// The database as a test sees it.
    #[derive(Debug, Clone)]
    struct World {
        stock: BTreeMap<String, Offer>,
        carts: BTreeMap<String, Vec<(String, i64, i64)>>,
        existing: BTreeMap<String, (String, ExistingOrder)>,
        /// Orders to be paid on delivery.
        open: Vec<Buyer>,
        limits: Limits,
    }

    impl World {
        /// Reads what a batch touches and nothing else, as the transaction does.
        fn snapshot(&self, intents: &[Intent]) -> BatchSnapshot {
            let carts: BTreeMap<String, Vec<CartItem>> = intents
                .iter()
                .filter_map(|i| Some((i.cart_hash.clone(), self.items(&i.cart_hash)?)))
                .collect();
            let wanted: BTreeSet<&String> = carts
                .values()
                .flatten()
                .map(|item| &item.variant_id)
                .collect();
            let variants = wanted
                .into_iter()
                .filter_map(|id| Some((id.clone(), variant(id, *self.stock.get(id)?))))
                .collect();
            let keys: BTreeSet<&String> = intents.iter().map(|i| &i.checkout_key).collect();
            BatchSnapshot {
                existing: self
                    .existing
                    .iter()
                    .filter(|(key, _)| keys.contains(key))
                    .map(|(key, order)| (key.clone(), order.clone()))
                    .collect(),
                // Here a cart's id and the hash of its token are the same.
                cart_ids: intents
                    .iter()
                    .map(|i| (i.cart_hash.clone(), i.cart_hash.clone()))
                    .collect(),
                carts,
                variants,
                rates: vec![rate()],
                tax_basis_points: 1900,
                currency: "EUR".to_owned(),
                delivers_to: DeliveryCountries::of(["DE"]),
                opening: Opening::Open,
                accepted: Accepted {
                    cash_on_delivery: true,
                    test_card: true,
                },
                cash: CashRules {
                    most_open: Some(2),
                    ..CashRules::default()
                },
                open_on_delivery: self.open.clone(),
                proven: BTreeSet::new(),
                limits: self.limits.clone(),
                limited: intents
                    .iter()
                    .map(|i| (i.order_id.clone(), limited(i)))
                    .collect(),
                low_stock: 5,
            }
        }

        fn items(&self, cart: &str) -> Option<Vec<CartItem>> {
            let lines = self.carts.get(cart)?;
            Some(
                lines
                    .iter()
                    .map(|(variant_id, quantity, seen_price_minor)| CartItem {
                        variant_id: variant_id.clone(),
                        quantity: *quantity,
                        seen_price_minor: *seen_price_minor,
                        title: "Thing".to_owned(),
                        variant_title: String::new(),
                    })
                    .collect(),
            )
        }

        /// Places a batch as the transaction does.
        fn place(&mut self, batch: &[Intent]) -> Vec<Outcome> {
            let mut snapshot = self.snapshot(batch);
            let mut outcomes = Vec::new();
            for intent in batch {
                let (outcome, grant) = snapshot.decide(intent);
                if let (Outcome::Placed(order), Some(grant)) = (&outcome, grant) {
                    for item in &grant.items {
                        if let Some(offer) = self.stock.get_mut(&item.variant_id) {
                            offer.stock -= item.quantity;
                        }
                    }
                    self.carts.remove(&intent.cart_hash);
                    self.open.push(intent.buyer());
                    for taken in grant.uses {
                        let of = (taken.limit_id, taken.buyer);
                        *self.limits.used.entry(of).or_default() += taken.units;
                    }
                    let entry = (intent.cart_hash.clone(), order.clone());
                    self.existing.insert(intent.checkout_key.clone(), entry);
                }
                outcomes.push(outcome);
            }
            outcomes
        }
    }

    /// Some carts are one account's, some one mailbox's, and neither is the other.
    fn limited(intent: &Intent) -> buyer_limits::buyer::Buyer {
        let cart: usize = intent.cart_hash["cart-".len()..].parse().unwrap();
        buyer_limits::buyer::Buyer {
            account: cart
                .is_multiple_of(2)
                .then(|| format!("account-{}", cart % 4)),
            typed: vec![intent.contact.email.clone()],
        }
    }

    /// Of the shop, a variant and a product; all variants are of two products.
    fn limits([shop, variant, product]: [i64; 3]) -> Limits {
        let limit = |id: &str, scope, units| Limit {
            id: id.to_owned(),
            scope,
            units,
            days: 0,
        };
        Limits {
            limits: vec![
                limit("a", Scope::Shop, shop),
                limit("b", Scope::Variant("v0".to_owned()), variant),
                limit("c", Scope::Product("p1".to_owned()), product),
            ],
            used: BTreeMap::new(),
        }
    }

    fn rate() -> Rate {
        Rate {
            id: "standard".into(),
            name: String::new(),
            description: String::new(),
            price_minor: 0,
            free_from_minor: None,
        }
    }

    fn variant(id: &str, offer: Offer) -> VariantState {
        let product_id = match id {
            "v0" | "v1" => "p0",
            _ => "p1",
        };
        VariantState {
            product_id: product_id.to_owned(),
            active: offer.active,
            stock: offer.stock,
            tracked: true,
            price_minor: offer.price_minor,
            slug: String::new(),
            title: "Thing".to_owned(),
            variant_title: String::new(),
            sku: String::new(),
            picture_src: None,
            prepaid: false,
        }
    }

    fn intent(n: usize, cart: usize, key: usize, total: i64) -> Intent {
        Intent {
            checkout_key: format!("key-{key}"),
            cart_hash: format!("cart-{cart}"),
            account_id: None,
            locale: Locale::default(),
            contact: Contact {
                country: "DE".to_owned(),
                // Some carts are one buyer's.
                email: format!("{}@example.com", cart % 3),
                ..Contact::default()
            },
            shipping: "standard".to_owned(),
            payment: Ok(PaymentChoice {
                method: "cash_on_delivery".to_owned(),
                token: String::new(),
                label: String::new(),
            }),
            method: "cash_on_delivery",
            settlement: Settlement::OnDelivery,
            expected_total_minor: total,
            terms: None,
            names: None,
            order_id: format!("order-{n}"),
            number: format!("N{n}"),
            token: format!("t{n}"),
        }
    }

    fn world() -> impl Strategy<Value = World> {
        let offer = (prop::bool::weighted(0.9), 0i64..8, 1i64..3);
        let line = (0usize..4, 1i64..4, 1i64..3);
        (
            prop::collection::vec(offer, 4),
            prop::collection::vec(prop::collection::btree_map(0usize..4, line, 0..4), 8),
            (3i64..12, 2i64..6, 2i64..8),
        )
            .prop_map(|(offers, carts, (shop, variant, product))| World {
                stock: offers
                    .into_iter()
                    .enumerate()
                    .map(|(n, (active, stock, price_minor))| {
                        (
                            format!("v{n}"),
                            Offer {
                                active,
                                stock,
                                price_minor,
                            },
                        )
                    })
                    .collect(),
                carts: carts
                    .into_iter()
                    .enumerate()
                    .map(|(n, lines)| {
                        let lines = lines
                            .into_iter()
                            .map(|(v, (_, quantity, price))| (format!("v{v}"), quantity, price))
                            .collect();
                        (format!("cart-{n}"), lines)
                    })
                    .collect(),
                existing: BTreeMap::new(),
                open: Vec::new(),
                limits: limits([shop, variant, product]),
            })
    }

    proptest! {
        #[test]
        fn any_batching_gives_what_one_by_one_in_order_of_arrival_gives(
            start in world(),
            picks in prop::collection::vec((0usize..8, 0usize..10, prop::bool::weighted(0.9)), 1..24),
            cuts in prop::collection::vec(1usize..6, 24),
        ) {
            let intents: Vec<Intent> = picks
                .iter()
                .enumerate()
                .map(|(n, (cart, key, honest))| {
                    let total: i64 = start.carts[&format!("cart-{cart}")]
                        .iter()
                        .map(|(_, quantity, price)| quantity * price)
                        .sum();
                    intent(n, *cart, *key, if *honest { total } else { total + 1 })
                })
                .collect();

            let mut alone = start.clone();
            let one_by_one: Vec<Outcome> =
                intents.iter().flat_map(|i| alone.place(std::slice::from_ref(i))).collect();

            let mut together = start.clone();
            let mut batched = Vec::new();
            let mut rest = intents.as_slice();
            for cut in cuts {
                let (batch, later) = rest.split_at(cut.min(rest.len()));
                batched.extend(together.place(batch));
                rest = later;
            }
            batched.extend(together.place(rest));

            prop_assert_eq!(&batched, &one_by_one);
            prop_assert_eq!(&together.stock, &alone.stock);
            prop_assert!(together.stock.values().all(|offer| offer.stock >= 0));

            // Nobody has more open than may be.
            prop_assert_eq!(&together.open, &alone.open);
            prop_assert!(together.open.iter().all(|buyer| buyer.count(&together.open) <= 2));

            // Nobody has more than their share.
            prop_assert_eq!(&together.limits, &alone.limits);
            for limit in &together.limits.limits {
                let mut of_limit = together.limits.used.iter().filter(|((id, _), _)| *id == limit.id);
                prop_assert!(of_limit.all(|(_, units)| *units <= limit.units));
            }

            // What is gone from stock is what standing orders hold, each cart ordered once.
            let taken: i64 = start.stock.values().map(|o| o.stock).sum::<i64>()
                - together.stock.values().map(|o| o.stock).sum::<i64>();
            let carts: Vec<&String> = together.existing.values().map(|(cart, _)| cart).collect();
            let distinct: BTreeSet<&&String> = carts.iter().collect();
            prop_assert_eq!(distinct.len(), carts.len());
            let held: i64 = carts
                .iter()
                .flat_map(|cart| &start.carts[*cart])
                .map(|(_, quantity, _)| quantity)
                .sum();
            prop_assert_eq!(taken, held);
        }
    }
}
