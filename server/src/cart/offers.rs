//! What the shop has now of the variants in a cart.

use super::check::Offer;
use crate::{
    db::{Columns, Dialect, FromRow, Get, Sql, Tx, from_row},
    error::Result,
    sale::{lines::Lines, terms::Shelf},
};

/// The columns that a [`Shelf`] is read from, for a `SELECT` from `variants v` and `products p`.
pub(super) const SHELF: &str =
    "v.available AS stock, v.price_minor, p.active, p.shown_from, p.sold_from";

from_row!(Shelf {
    active,
    shown_from,
    sold_from,
    units: "stock",
    price_minor,
});

/// `None` for a variant that is gone.
impl<R: Columns> FromRow<R> for Option<Shelf> {
    fn from_row(row: &R) -> Result<Self> {
        let is_there = row.maybe_int("active")?.is_some();
        is_there.then(|| Shelf::from_row(row)).transpose()
    }
}

/// A variant with what is on the shelf of it.
pub(super) struct ShelvedVariant {
    pub variant_id: String,
    pub shelf: Option<Shelf>,
}

from_row!(ShelvedVariant {
    variant_id,
    shelf: row,
});

/// What the shop has of a variant; what is not seen (yet) is as good as gone.
pub(super) fn offer(shelf: Option<Shelf>, variant_id: &str, lines: &Lines) -> Option<Offer> {
    shelf.map(|shelf| Offer::from(&lines.terms(variant_id, shelf)))
}

/// What the shop has of a variant now.
pub(super) async fn offer_of(
    tx: &mut Tx,
    dialect: Dialect,
    now: i64,
    variant_id: &str,
) -> Result<Option<Offer>> {
    let mut sql = Sql::new(&format!(
        "SELECT v.id AS variant_id, {SHELF} FROM variants v JOIN products p ON p.id = v.product_id \
         WHERE v.id = "
    ));
    sql.text(variant_id);
    let found: Option<ShelvedVariant> = sql.fetch_optional_as(&mut **tx).await?;
    let Some(found) = found else {
        return Ok(None);
    };
    let drops = Lines::of_variants(tx, dialect, now, &[variant_id]).await?;
    Ok(offer(found.shelf, variant_id, &drops))
}
