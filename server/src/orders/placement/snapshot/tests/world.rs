//! A shop as the property test sees it: what a batch reads, and what becomes of it.

use app::delivery::{Handover, calendar::Calendar};

use super::super::*;
use crate::{
    buyer_limits::{buyer::Buyer, decide::LimitedLine},
    cart::check::Offer,
    orders::on_delivery::Commitment,
};

/// The database as a test sees it.
#[derive(Debug, Clone)]
pub struct World {
    pub stock: BTreeMap<String, Offer>,
    pub carts: BTreeMap<String, Vec<(String, i64, i64)>>,
    pub existing: BTreeMap<String, (String, ExistingOrder)>,
    /// Orders to be paid on delivery.
    pub open: Vec<OpenOrder>,
    pub limits: Limits,
    pub held: Held,
    /// Orders by checkout key, with what of them did not go back on the shelf.
    pub kept: BTreeMap<String, Kept>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub buyer: Buyer,
    pub open: OpenOrder,
    pub held_by: Vec<String>,
    pub units: i64,
    pub items: BTreeMap<String, i64>,
}

/// A batch that is decided and not written.
pub struct Decided {
    pub outcomes: Vec<Outcome>,
    grants: Vec<Option<Grant>>,
}

/// Units that were granted are not there any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotThere;

/// What happens in a shop.
#[derive(Debug, Clone)]
pub enum Happens {
    Order(Box<Intent>),
    Back(Back),
}

/// Units of an order go back on the shelf, if it was placed.
#[derive(Debug, Clone)]
pub enum Back {
    Cancelled(String),
    /// All units of one of its lines.
    Refunded(String, usize),
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
            at: 0,
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
            methods: Methods::default(),
            cash: CashRules {
                most_open: Some(2),
                ..CashRules::default()
            },
            open_transfers: Vec::new(),
            open_on_delivery: self.open.iter().cloned().collect(),
            proven: BTreeSet::new(),
            limits: self.limits.clone(),
            limited: intents
                .iter()
                .map(|i| (i.order_id.clone(), limited(i)))
                .collect(),
            held: self.held.clone(),
            holders: intents
                .iter()
                .map(|i| (i.order_id.clone(), holder(i)))
                .collect(),
            used: BTreeSet::new(),
            offered: Vec::new(),
            low_stock: 5,
            calendar: Calendar::default(),
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
    pub fn place(&mut self, batch: &[Intent]) -> Vec<Outcome> {
        let decided = self.decide(batch);
        let outcomes = decided.outcomes.clone();
        let written = self.write(batch, decided);
        written.expect("nobody was there in between");
        outcomes
    }

    /// Decides a batch on what there is.
    pub fn decide(&self, batch: &[Intent]) -> Decided {
        let mut snapshot = self.snapshot(batch);
        let decided = batch.iter().map(|intent| snapshot.decide(intent));
        let (outcomes, grants) = decided.unzip();
        Decided { outcomes, grants }
    }

    /// Takes the units of a batch on the condition that they are there, and writes its orders; or nothing.
    pub fn write(&mut self, batch: &[Intent], decided: Decided) -> Result<(), NotThere> {
        let mut taken: BTreeMap<&String, i64> = BTreeMap::new();
        for item in decided
            .grants
            .iter()
            .flatten()
            .flat_map(|grant| &grant.items)
        {
            *taken.entry(&item.variant_id).or_default() += item.quantity;
        }
        let is_there = |(id, units): (&&String, &i64)| {
            let offer = self.stock.get(*id);
            offer.is_some_and(|offer| offer.active && offer.stock >= *units)
        };
        if !taken.iter().all(is_there) {
            return Err(NotThere);
        }
        let all = decided.outcomes.iter().zip(decided.grants);
        for (intent, (outcome, grant)) in batch.iter().zip(all) {
            if let (Outcome::Placed(order), Some(grant)) = (outcome, grant) {
                for item in &grant.items {
                    if let Some(offer) = self.stock.get_mut(&item.variant_id) {
                        offer.stock -= item.quantity;
                    }
                }
                self.carts.remove(&intent.cart_hash);
                self.open.push(OpenOrder {
                    buyer: intent.buyer(),
                    commitment: grant.commitment(),
                });
                for taken in grant.uses {
                    let of = (taken.limit_id, taken.buyer);
                    *self.limits.used.entry(of).or_default() += taken.units;
                }
                let units: i64 = grant.items.iter().map(|item| item.quantity).sum();
                for name in &grant.held_by {
                    *self.held.units.entry(name.clone()).or_default() += units;
                }
                let items = grant.items.iter();
                let kept = Kept {
                    buyer: limited(intent),
                    open: OpenOrder {
                        buyer: intent.buyer(),
                        commitment: Commitment::Firm,
                    },
                    held_by: grant.held_by,
                    units,
                    items: items
                        .map(|item| (item.variant_id.clone(), item.quantity))
                        .collect(),
                };
                self.kept.insert(intent.checkout_key.clone(), kept);
                let entry = (intent.cart_hash.clone(), order.clone());
                self.existing.insert(intent.checkout_key.clone(), entry);
            }
        }
        Ok(())
    }

    /// As cancelling and refunding do.
    pub fn give_back(&mut self, back: &Back) {
        let (Back::Cancelled(key) | Back::Refunded(key, _)) = back;
        let Some(kept) = self.kept.get_mut(key) else {
            return;
        };
        let variants: Vec<String> = match back {
            Back::Cancelled(_) => kept.items.keys().cloned().collect(),
            Back::Refunded(_, line) => kept.items.keys().nth(*line).cloned().into_iter().collect(),
        };
        for variant in variants {
            let units = kept.items.remove(&variant).unwrap_or_default();
            if let Some(offer) = self.stock.get_mut(&variant) {
                offer.stock += units;
            }
        }
        if let Back::Cancelled(_) = back {
            for name in kept.held_by.drain(..) {
                *self.held.units.entry(name).or_default() -= kept.units;
            }
            let open = self.open.iter().position(|open| *open == kept.open);
            if let Some(at) = open {
                self.open.remove(at);
                // Once.
                kept.open = OpenOrder {
                    buyer: crate::orders::on_delivery::Buyer::default(),
                    commitment: Commitment::Unconfirmed,
                };
            }
        }
        self.limits.used = self.counted();
    }

    /// What counts against limits: what was kept, for each name of who ordered it.
    pub fn counted(&self) -> BTreeMap<(String, String), i64> {
        let mut used = BTreeMap::new();
        for kept in self.kept.values() {
            for (variant, units) in &kept.items {
                let product = product_of(variant);
                let line = LimitedLine {
                    variant_id: variant,
                    product_id: product,
                    drop_id: None,
                    quantity: *units,
                };
                for limit in self
                    .limits
                    .limits
                    .iter()
                    .filter(|limit| limit.is_about(&line))
                {
                    for name in kept.buyer.names() {
                        *used.entry((limit.id.clone(), name.clone())).or_default() += units;
                    }
                }
            }
        }
        used
    }
}

pub fn product_of(variant: &str) -> &'static str {
    match variant {
        "v0" | "v1" => "p0",
        _ => "p1",
    }
}

/// Half of the carts come from one network, and three are for one address.
pub fn holder(intent: &Intent) -> Holder {
    let cart: usize = intent.cart_hash["cart-".len()..].parse().unwrap();
    Holder {
        network: Some(format!("network-{}", cart % 2)),
        address: Some(format!("address-{}", cart % 3)),
    }
}

/// Some carts are one account's, some one mailbox's, and neither is the other.
pub fn limited(intent: &Intent) -> Buyer {
    let cart: usize = intent.cart_hash["cart-".len()..].parse().unwrap();
    Buyer {
        account: cart
            .is_multiple_of(2)
            .then(|| format!("account-{}", cart % 4)),
        typed: vec![intent.contact.email.clone()],
    }
}

pub fn rate() -> Rate {
    Rate {
        id: "standard".into(),
        name: String::new(),
        description: String::new(),
        price_minor: 0,
        free_from_minor: None,
        handover: Handover::default(),
        days: None,
    }
}

pub fn variant(id: &str, offer: Offer) -> VariantState {
    VariantState {
        product_id: product_of(id).to_owned(),
        active: offer.active,
        stock: offer.stock,
        on_shelf: offer.stock,
        tracked: true,
        price_minor: offer.price_minor,
        slug: String::new(),
        title: "Thing".to_owned(),
        variant_title: String::new(),
        sku: String::new(),
        picture_src: None,
        prepaid: false,
        source: crate::sale::terms::Source::Shelf,
    }
}
