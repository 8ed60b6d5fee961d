//! The goods of a drop, once more in the rehearsal's database: named and priced as the shop's, with the units of the
//! drop on the shelf.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    audit_log::COMMAND_LINE,
    cart::lines::Line,
    catalog::write::{
        CatalogWrite, StockReason, StoredProduct,
        draft::{ProductDraft, StockTarget, VariantDraft},
    },
    drops::rehearsed::{Original, OriginalLine},
    error::{Error, Result},
    store::Store,
};

/// Ids of variants, by those that they have in the shop.
pub type Variants = BTreeMap<String, String>;

/// Reads the goods of a drop from the shop and puts the same on the shelf of the other.
pub async fn copy(live: &Store, stage: &Store, now: i64, original: &Original) -> Result<Variants> {
    let products: BTreeSet<&str> = original.lines().map(|line| line.product_id).collect();
    let mut stored = Vec::new();
    let mut reading = CatalogWrite::begin_reading(live).await?;
    for id in products {
        stored.extend(reading.stored(id).await?);
    }
    reading.rollback().await?;
    let units: BTreeMap<&str, i64> = original
        .lines()
        .map(|line| (line.variant_id, line.units))
        .collect();
    let drafts: Vec<ProductDraft> = stored.iter().map(|one| ghost(one, &units)).collect();
    let mut write = CatalogWrite::begin(stage, now, COMMAND_LINE, StockReason::Initial).await?;
    let ids = write.create(&drafts).await?;
    let mut variants = Variants::new();
    for (id, before) in ids.iter().zip(&stored) {
        let after = write.stored(id).await?;
        let after =
            after.ok_or_else(|| Error::Invariant("goods are there once made".to_owned()))?;
        let before = before.draft.variants.iter();
        for (before, after) in before.zip(&after.draft.variants) {
            if let (Some(before), Some(after)) = (&before.id, &after.id) {
                variants.insert(before.clone(), after.clone());
            }
        }
    }
    write.commit().await?;
    Ok(variants)
}

/// A product that can be bought by everybody, with these units of its variants and none of the others.
fn ghost(product: &StoredProduct, units: &BTreeMap<&str, i64>) -> ProductDraft {
    let variants = product.draft.variants.iter().map(|variant| {
        let units = variant.id.as_deref().and_then(|id| units.get(id));
        VariantDraft {
            id: None,
            stock: StockTarget::Set(units.copied().unwrap_or(0)),
            ..variant.clone()
        }
    });
    ProductDraft {
        active: true,
        prepaid: false,
        category: String::new(),
        variants: variants.collect(),
        pictures: Vec::new(),
        translations: Default::default(),
        ..product.draft.clone()
    }
}

/// What the buyers have in their carts, one unit each: as much of each line as it has of all units. So those who are
/// no more than there are units can all buy.
pub fn shared_out<'a>(lines: &[OriginalLine<'a>], buyers: usize) -> Vec<OriginalLine<'a>> {
    let total: i64 = lines.iter().map(|line| line.units).sum();
    let mut taken = vec![0_i64; lines.len()];
    let mut shared = Vec::with_capacity(buyers);
    for n in 1_i64.. {
        if shared.len() == buyers {
            break;
        }
        // Whose turn it is most.
        let behind = |at: usize| lines[at].units * n - taken[at] * total;
        let Some(at) = (0..lines.len()).max_by_key(|at| (behind(*at), -(*at as i64))) else {
            break;
        };
        taken[at] += 1;
        shared.push(lines[at]);
    }
    shared
}

/// A unit of it in a cart of the rehearsal.
pub fn in_cart(line: &OriginalLine<'_>, variants: &Variants, now: i64) -> Result<Line> {
    let variant_id = variants.get(line.variant_id).cloned();
    let variant_id =
        variant_id.ok_or_else(|| Error::Invariant("all goods of the drop are made".to_owned()))?;
    Ok(Line {
        variant_id,
        quantity: 1,
        unit_price_minor: line.price_minor,
        title: line.product_title.to_owned(),
        variant_title: line.variant_title.to_owned(),
        added_at: now,
    })
}

/// Units that are asked for: of each line no more than it has.
pub fn wanted(lines: &[OriginalLine<'_>], shared: &[OriginalLine<'_>]) -> i64 {
    let asked = |line: &OriginalLine<'_>| {
        let asked = shared
            .iter()
            .filter(|one| one.variant_id == line.variant_id);
        i64::try_from(asked.count()).unwrap_or(i64::MAX)
    };
    lines.iter().map(|line| asked(line).min(line.units)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(variant_id: &str, units: i64) -> OriginalLine<'_> {
        OriginalLine {
            variant_id,
            product_id: "p",
            product_title: "Rope",
            variant_title: "",
            price_minor: 4900,
            units,
        }
    }

    #[test]
    fn as_many_buyers_as_there_are_units_want_exactly_these() {
        let lines = [line("a", 1), line("b", 7), line("c", 92)];
        let shared = shared_out(&lines, 100);
        assert_eq!(shared.len(), 100);
        assert_eq!(wanted(&lines, &shared), 100);
        // Each line's come all along, and not one line after the other.
        let first = shared[..50].iter().filter(|one| one.variant_id == "b");
        assert!((3..=4).contains(&first.count()));
    }

    #[test]
    fn more_buyers_want_no_more_than_there_is() {
        let lines = [line("a", 2), line("b", 8)];
        assert_eq!(wanted(&lines, &shared_out(&lines, 40)), 10);
        assert_eq!(wanted(&lines, &shared_out(&lines, 5)), 5);
        assert_eq!(shared_out(&[], 3).len(), 0);
    }
}
