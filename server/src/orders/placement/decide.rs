//! Who gets what: the decision over a batch of orders, made in memory.
//!
//! Pure, so that a property test can hold it against doing the orders one by one.

mod lines;

use std::collections::{BTreeMap, BTreeSet};

use app::{
    catalog::types::Units,
    checkout::types::{PaymentChoice, Totals},
    countries::DeliveryCountries,
    delivery::{Handover, Promise},
    error::LineProblem,
};
pub use lines::wanted;
use lines::{kept_for, kept_units, passes, problem_of, waits};

use super::refusal::Refusal;
use crate::{
    admission::{gate::Pass, ticket::Ticket, uses::Used},
    buyer_limits::{
        buyer::Buyer,
        decide::{Limits, Use},
        held::{Held, Holder, Unpaid},
    },
    cart::lines::Line,
    orders::on_delivery::Commitment,
    payment::{
        bank_transfer::settings::MOST_OPEN,
        cash::rules::{CashOrder, CashRules},
        methods::{Methods, PricedOrder},
    },
    pricing::totals,
    sale::terms::Source,
    settings::Rate,
    waits::offered::Offered,
};

/// A line of the cart that is being ordered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CartItem {
    pub variant_id: String,
    pub quantity: i64,
    pub seen_price_minor: i64,
    /// As it was called when it went into the cart, for a variant that is gone.
    pub title: String,
    pub variant_title: String,
}

impl From<Line> for CartItem {
    fn from(line: Line) -> Self {
        Self {
            variant_id: line.variant_id,
            quantity: line.quantity,
            seen_price_minor: line.unit_price_minor,
            title: line.title,
            variant_title: line.variant_title,
        }
    }
}

/// A variant while a batch is decided: its stock goes down as orders are granted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VariantState {
    pub product_id: String,
    pub active: bool,
    /// Units that can be bought: see `variants.available`.
    pub stock: i64,
    /// Units that are there: see [`Units`].
    pub on_shelf: i64,
    /// Whether its units are counted: only those are taken.
    pub tracked: bool,
    pub price_minor: i64,
    pub slug: String,
    pub title: String,
    pub variant_title: String,
    pub sku: String,
    pub picture_src: Option<String>,
    /// Whether it cannot be paid for on delivery.
    pub prepaid: bool,
    /// Where its units come from now; price and stock are what holds there.
    pub source: Source,
}

impl VariantState {
    /// When this many could be bought.
    pub fn units(&self, available: i64) -> Units {
        Units {
            available,
            on_shelf: self.on_shelf + available - self.stock,
        }
    }
}

/// What an order is granted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The cart it came from.
    pub cart_id: String,
    pub items: Vec<CartItem>,
    pub totals: Totals,
    /// How the parcel travels, as it is called now.
    pub shipping_name: String,
    /// How the customer gets it.
    pub handover: Handover,
    /// What the shopper is told of its arrival, if the owner says anything.
    pub promise: Option<Promise>,
    pub payment: PaymentChoice,
    /// How long it waits to be confirmed, in milliseconds; `None`: it does not.
    pub confirm_within_ms: Option<i64>,
    /// How long it waits for a transfer, in milliseconds; `None`: it does not.
    pub pay_within_ms: Option<i64>,
    /// What counts against limits.
    pub uses: Vec<Use>,
    /// By whose names it is found while nobody has paid for it.
    pub held_by: Vec<String>,
    /// What let it through waiting rooms.
    pub passes: Vec<Pass>,
    /// Units that were kept for it.
    pub offered: Vec<Offered>,
}

impl Grant {
    /// How firm the order is that this becomes.
    pub fn commitment(&self) -> Commitment {
        match self.confirm_within_ms {
            Some(_) => Commitment::Unconfirmed,
            None => Commitment::Firm,
        }
    }

    /// Whether something has to happen before it is packed.
    pub fn waits(&self) -> bool {
        self.confirm_within_ms.is_some() || self.pay_within_ms.is_some()
    }
}

pub struct Request<'a> {
    pub cart_id: &'a str,
    pub items: &'a [CartItem],
    /// Where the parcel is to go, by its code.
    pub country: &'a str,
    pub shipping: &'a str,
    pub method: &'a str,
    pub payment: &'a PaymentChoice,
    pub expected_total_minor: i64,
    /// As [`Totals::terms`] said when the total was shown, if the shopper's form tells.
    pub terms: Option<&'a str>,
    /// Of an order that is paid on delivery.
    pub on_delivery: Option<OnDelivery>,
    /// Of an order that is paid by bank transfer.
    pub transfer: Option<Transfer>,
    /// As limits know them; nobody where there are none.
    pub buyer: &'a Buyer,
    /// For whom units are held until they are paid for.
    pub holder: &'a Holder,
    pub tickets: &'a [Ticket],
    /// Tickets that let nobody through any more.
    pub used: &'a BTreeSet<Used>,
    /// Units that are kept for the buyer.
    pub offered: Vec<&'a Offered>,
}

/// What counts of the buyer where nothing is paid before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OnDelivery {
    /// Orders of theirs that are open.
    pub open: i64,
    /// How long the order is to wait until they confirm it, if it is.
    pub confirm_within_ms: Option<i64>,
}

/// What counts where the shopper sends the money later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transfer {
    /// Orders of theirs that wait for their money.
    pub open: i64,
    /// How long this one is to wait.
    pub within_ms: i64,
    /// How long it is to wait until they confirm it before that, if it is.
    pub confirm_within_ms: Option<i64>,
}

/// What the shop has set, at the moment of deciding.
pub struct Rules<'a> {
    pub rates: &'a [Rate],
    pub tax_basis_points: i64,
    pub currency: &'a str,
    pub delivers_to: &'a DeliveryCountries,
    pub methods: &'a Methods,
    pub cash: CashRules,
}

/// Grants the order and takes its units, or says everything that is wrong with it and takes none.
pub fn decide(
    request: &Request<'_>,
    variants: &mut BTreeMap<String, VariantState>,
    limits: &mut Limits,
    held: &mut Held,
    rules: &Rules<'_>,
) -> Result<Grant, Refusal> {
    if request.items.is_empty() {
        return Err(Refusal::EmptyCart);
    }
    let stops = limits.stops(&wanted(request.items, variants), request.buyer);
    let problems: Vec<LineProblem> = request
        .items
        .iter()
        .zip(&stops)
        .filter_map(|(item, stop)| {
            let found = problem_of(item, variants, request, stop.as_ref());
            found.or_else(|| waits(item, variants, request))
        })
        .collect();
    if !problems.is_empty() {
        return Err(Refusal::Lines(problems));
    }
    // The owner may have taken the country away since the address was given.
    if !rules.delivers_to.contains(request.country) {
        return Err(Refusal::Country(request.country.to_owned()));
    }
    let rate = rules
        .rates
        .iter()
        .find(|rate| rate.id == request.shipping)
        .ok_or(Refusal::Shipping)?;
    let subtotal: i64 = request
        .items
        .iter()
        .map(|item| item.seen_price_minor * item.quantity)
        .sum();
    let totals = totals(
        subtotal,
        rate.price_for(subtotal),
        rules.tax_basis_points,
        rules.currency,
    );
    let other_terms = request.terms.is_some_and(|terms| terms != totals.terms());
    if totals.total_minor != request.expected_total_minor || other_terms {
        return Err(Refusal::TotalChanged);
    }
    let order = PricedOrder {
        total_minor: totals.total_minor,
        currency: rules.currency,
        country: Some(request.country),
    };
    let admitted = rules.methods.admit(request.method, &order);
    admitted.map_err(Refusal::Method)?;
    if let Some(on_delivery) = request.on_delivery {
        let is_prepaid = |item: &CartItem| {
            let variant = variants.get(&item.variant_id);
            variant.is_some_and(|variant| variant.prepaid)
        };
        let order = CashOrder {
            has_prepaid: request.items.iter().any(is_prepaid),
            open: on_delivery.open,
        };
        rules.cash.admit(&order).map_err(Refusal::Cash)?;
    }
    // What costs nothing waits for no transfer.
    let transfer = request.transfer.filter(|_| totals.total_minor > 0);
    if transfer.is_some_and(|transfer| transfer.open >= MOST_OPEN) {
        return Err(Refusal::OpenTransfers);
    }
    let unpaid = Unpaid {
        units: request.items.iter().map(|item| item.quantity).sum(),
        total_minor: totals.total_minor,
    };
    let admitted = held.admit(request.holder, unpaid);
    admitted.map_err(Refusal::Held)?;
    let held_by = held.take(request.holder, unpaid);
    let uses = limits.take(&wanted(request.items, variants), request.buyer);
    let passes = passes(request, variants);
    let offered: Vec<Offered> = request
        .items
        .iter()
        .flat_map(|item| kept_for(item, variants, request))
        .cloned()
        .collect();
    // When it arrives is known of what is there.
    let is_in_stock = request.items.iter().all(|item| {
        let variant = variants.get(&item.variant_id);
        let kept = kept_units(item, variants, request);
        variant.is_none_or(|variant| item.quantity <= variant.on_shelf + kept)
    });
    for item in request.items {
        let kept = kept_units(item, variants, request);
        if let Some(variant) = variants.get_mut(&item.variant_id) {
            variant.stock -= item.quantity - kept;
            variant.on_shelf -= item.quantity - kept;
        }
    }
    Ok(Grant {
        cart_id: request.cart_id.to_owned(),
        items: request.items.to_vec(),
        totals,
        shipping_name: rate.name.clone(),
        handover: rate.handover,
        promise: rate
            .delivery()
            .filter(|_| is_in_stock)
            .map(Promise::waiting),
        payment: request.payment.clone(),
        confirm_within_ms: match (request.on_delivery, transfer) {
            (Some(on_delivery), _) => on_delivery.confirm_within_ms,
            (None, Some(transfer)) => transfer.confirm_within_ms,
            (None, None) => None,
        },
        pay_within_ms: transfer.map(|transfer| transfer.within_ms),
        uses,
        held_by,
        passes,
        offered,
    })
}
