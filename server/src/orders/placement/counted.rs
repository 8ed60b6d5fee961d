//! What a batch has decided of orders of drops, for their owner to watch.

use std::{collections::BTreeMap, sync::Arc};

use app::{drops::refusals::DropRefusal, error::LineProblem};

use super::{
    batch::{Intent, Outcome},
    decide::{CartItem, Grant, VariantState},
    refusal::Refusal,
    snapshot::BatchSnapshot,
};
use crate::sale::tally::Decided;

type Variants = BTreeMap<String, VariantState>;

/// Of the batch: what was placed before is counted then.
pub(super) fn decided(
    snapshot: &BatchSnapshot,
    (intents, outcomes): (&[Arc<Intent>], &[Outcome]),
    granted: &[(&Intent, Grant)],
) -> Decided {
    let mut decided = Decided::default();
    let variants = &snapshot.variants;
    // Most of the time there is no drop.
    if variants.values().all(|one| one.source.of_drop().is_none()) {
        return decided;
    }
    for (_, grant) in granted {
        for (drop_id, items) in by_drop(&grant.items, variants) {
            decided.place(drop_id, items.iter().map(|item| item.quantity).sum());
        }
    }
    for (intent, outcome) in intents.iter().zip(outcomes) {
        let Outcome::Refused(refusal) = outcome else {
            continue;
        };
        let cart = snapshot.cart_ids.get(&intent.cart_hash);
        let items = cart.and_then(|cart| snapshot.carts.get(cart));
        for (drop_id, items) in by_drop(items.map_or(&[][..], Vec::as_slice), variants) {
            let named = items.iter().map(|item| item.variant_id.clone());
            decided.refuse(drop_id, reason(refusal, &items), named.collect());
        }
    }
    decided
}

/// Lines by the drops that sell them.
fn by_drop<'a>(
    items: &'a [CartItem],
    variants: &'a Variants,
) -> BTreeMap<&'a str, Vec<&'a CartItem>> {
    let mut of: BTreeMap<&str, Vec<&CartItem>> = BTreeMap::new();
    for item in items {
        let variant = variants.get(&item.variant_id);
        if let Some(drop_id) = variant.and_then(|variant| variant.source.of_drop()) {
            of.entry(drop_id).or_default().push(item);
        }
    }
    of
}

/// Why an order with these lines of a drop was refused.
fn reason(refusal: &Refusal, items: &[&CartItem]) -> DropRefusal {
    let Refusal::Lines(problems) = refusal else {
        return refusal.kind().into();
    };
    let is_of = |problem: &&LineProblem| {
        let mut items = items.iter();
        items.any(|item| item.variant_id == problem.variant_id)
    };
    // Where none of them is wrong, something else in the cart was.
    let problem = problems.iter().find(is_of);
    problem.map_or(DropRefusal::Other, |problem| problem.kind.into())
}
