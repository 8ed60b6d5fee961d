//! What is decided of a single line: its limits, the units that are kept for its buyer, the waiting room, and what is wrong
//! with it.

use std::collections::BTreeMap;

use app::error::{ErrorKind, LineProblem};

use super::{CartItem, Request, VariantState};
use crate::{
    admission::gate::Pass,
    buyer_limits::decide::{LimitedLine, Stop},
    cart::check::{Offer, WantedLine, line_title, problem_within},
    waits::offered::Offered,
};

/// Lines as limits look at them, in their order. A variant that is gone is of no product.
pub fn wanted<'a>(
    items: &'a [CartItem],
    variants: &'a BTreeMap<String, VariantState>,
) -> Vec<LimitedLine<'a>> {
    let wanted = |item: &'a CartItem| {
        let variant = variants.get(&item.variant_id);
        LimitedLine {
            variant_id: &item.variant_id,
            product_id: variant.map_or("", |variant| &variant.product_id),
            drop_id: variant.and_then(|variant| variant.source.drop_id()),
            quantity: item.quantity,
        }
    };
    items.iter().map(wanted).collect()
}

/// Units of this item that are kept for the buyer by the drop that sells it, as many as are wanted.
pub(super) fn kept_for<'a>(
    item: &CartItem,
    variants: &BTreeMap<String, VariantState>,
    request: &Request<'a>,
) -> Vec<&'a Offered> {
    let variant = variants.get(&item.variant_id);
    let drop_id = variant.and_then(|variant| variant.source.drop_id());
    let is_kept =
        |one: &&Offered| one.variant_id == item.variant_id && Some(one.drop_id.as_str()) == drop_id;
    let most = usize::try_from(item.quantity).unwrap_or_default();
    let offered = request.offered.iter().copied();
    offered.filter(is_kept).take(most).collect()
}

pub(super) fn kept_units(
    item: &CartItem,
    variants: &BTreeMap<String, VariantState>,
    request: &Request<'_>,
) -> i64 {
    match request.offered.is_empty() {
        true => 0,
        false => i64::try_from(kept_for(item, variants, request).len()).unwrap_or_default(),
    }
}

/// What lets this item through the waiting room of the drop that sells it, if it has one. What is kept for the buyer needs no
/// pass.
fn pass_of(
    item: &CartItem,
    variants: &BTreeMap<String, VariantState>,
    request: &Request<'_>,
) -> Option<Result<Pass, NotLetIn>> {
    let (drop_id, gate) = variants.get(&item.variant_id)?.source.gate()?;
    if kept_units(item, variants, request) >= item.quantity {
        return None;
    }
    let pass = gate.let_in(drop_id, request.tickets);
    let unused = pass.filter(|pass| {
        let used = (pass.drop_id.clone(), pass.ticket_id.clone());
        !request.used.contains(&used)
    });
    Some(unused.ok_or(NotLetIn))
}

/// The shopper waits, has no place, or has ordered with it.
struct NotLetIn;

pub(super) fn waits(
    item: &CartItem,
    variants: &BTreeMap<String, VariantState>,
    request: &Request<'_>,
) -> Option<LineProblem> {
    let NotLetIn = pass_of(item, variants, request)?.err()?;
    let variant = variants.get(&item.variant_id)?;
    Some(LineProblem {
        variant_id: item.variant_id.clone(),
        kind: ErrorKind::Waiting,
        title: line_title(&item.title, &item.variant_title),
        available: variant.stock.max(0),
        price_minor: variant.price_minor,
        seen_price_minor: item.seen_price_minor,
        limit: None,
    })
}

/// All that let an order through, of each drop one.
pub(super) fn passes(
    request: &Request<'_>,
    variants: &BTreeMap<String, VariantState>,
) -> Vec<Pass> {
    let items = request.items.iter();
    let passes = items.filter_map(|item| pass_of(item, variants, request)?.ok());
    let of_drops: BTreeMap<String, Pass> =
        passes.map(|pass| (pass.drop_id.clone(), pass)).collect();
    of_drops.into_values().collect()
}

pub(super) fn problem_of(
    item: &CartItem,
    variants: &BTreeMap<String, VariantState>,
    request: &Request<'_>,
    stop: Option<&Stop>,
) -> Option<LineProblem> {
    let kept = kept_units(item, variants, request);
    let offer = variants.get(&item.variant_id).map(|variant| Offer {
        active: variant.active,
        stock: variant.stock + kept,
        price_minor: variant.price_minor,
        sold_from: variant.source.not_before(),
    });
    let title = line_title(&item.title, &item.variant_title);
    let wanted = WantedLine {
        variant_id: &item.variant_id,
        title: &title,
        quantity: item.quantity,
        seen_price_minor: item.seen_price_minor,
    };
    problem_within(wanted, offer, stop)
}
