//! Units that go back on the shelf, each exactly once.

use std::collections::{BTreeMap, BTreeSet};

use desk::admin::stock::types::MovementReason;

use crate::{
    catalog::write::refresh_summaries,
    db::{Dialect, Rows, Sql, Tx},
    error::Result,
    ids::new_id,
    sale::units::{Returned, take_back},
    store::ChangeSet,
};

/// What units come back for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause<'a> {
    Cancellation,
    /// With the refund's id.
    Refund(&'a str),
}

impl<'a> Cause<'a> {
    const fn reason(self) -> MovementReason {
        match self {
            Self::Cancellation => MovementReason::Cancellation,
            Self::Refund(_) => MovementReason::Refund,
        }
    }

    const fn refund_id(self) -> Option<&'a str> {
        match self {
            Self::Cancellation => None,
            Self::Refund(id) => Some(id),
        }
    }
}

/// Locks the variants of an order's lines, in id order as placing does. Lines read after this keep
/// their variants until the transaction ends.
pub async fn lock_variants(tx: &mut Tx, dialect: Dialect, order_id: &str) -> Result<()> {
    lock_variants_of(tx, dialect, [order_id]).await
}

/// The same for several orders.
pub async fn lock_variants_of<'a>(
    tx: &mut Tx,
    dialect: Dialect,
    order_ids: impl IntoIterator<Item = &'a str>,
) -> Result<()> {
    let mut sql = Sql::new(
        "SELECT id FROM variants WHERE id IN \
         (SELECT variant_id FROM order_lines WHERE order_id",
    );
    sql.among(dialect, order_ids)
        .push(") ORDER BY id")
        .push(dialect.for_update());
    sql.fetch_all(&mut **tx).await?;
    Ok(())
}

/// Puts units back, by variant; the variants are locked.
pub async fn give_back(
    tx: &mut Tx,
    dialect: Dialect,
    now: i64,
    order_id: &str,
    actor: Option<&str>,
    cause: Cause<'_>,
    units: &BTreeMap<String, i64>,
) -> Result<ChangeSet> {
    let mut changes = ChangeSet::default();
    let held = BTreeMap::from([(order_id.to_owned(), units.clone())]);
    put_on_shelf(tx, dialect, now, actor, cause, &held, &mut changes).await?;
    show(tx, dialect, &changes).await?;
    Ok(changes)
}

/// What lists say of the products whose units came back.
pub async fn show(tx: &mut Tx, dialect: Dialect, changes: &ChangeSet) -> Result<()> {
    let ids: Vec<String> = changes.products().iter().cloned().collect();
    refresh_summaries(tx, dialect, &ids).await
}

/// Puts units of several orders back as [`give_back`] does, by order and variant. Before it is committed, [`show`] is
/// called for all that changed.
pub async fn put_on_shelf(
    tx: &mut Tx,
    dialect: Dialect,
    now: i64,
    actor: Option<&str>,
    cause: Cause<'_>,
    held: &BTreeMap<String, BTreeMap<String, i64>>,
    changes: &mut ChangeSet,
) -> Result<()> {
    if held.values().all(BTreeMap::is_empty) {
        return Ok(());
    }
    let mut sql = Sql::new(
        "SELECT order_id, variant_id FROM order_lines \
         WHERE taken > 0 AND variant_id IS NOT NULL AND order_id",
    );
    sql.among(dialect, held.keys());
    let taken: Vec<(String, String)> = sql.fetch_all_as(&mut **tx).await?;
    let taken: BTreeSet<(&str, &str)> = taken
        .iter()
        .map(|(order_id, variant_id)| (order_id.as_str(), variant_id.as_str()))
        .collect();
    let mut lines = Vec::new();
    let mut by_variant: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
    for (order_id, units) in held {
        for (variant_id, quantity) in units {
            // What was not taken, for it was not tracked, does not come back.
            let back = match taken.contains(&(order_id.as_str(), variant_id.as_str())) {
                true => *quantity,
                false => 0,
            };
            let (all, all_back) = by_variant.entry(variant_id).or_default();
            *all += quantity;
            *all_back += back;
            lines.push(Returned {
                order_id,
                variant_id,
                units: *quantity,
                back,
            });
        }
    }
    let mut rows = Rows::default();
    rows.text("variant", by_variant.keys())
        .int("units", by_variant.values().map(|(all, _)| *all))
        .int("back", by_variant.values().map(|(_, back)| *back));
    let mut sql =
        Sql::new("UPDATE variants SET stock = stock + t.back, sold = sold - t.units FROM ");
    sql.given(dialect, rows)
        .push(" AS t WHERE variants.id = t.variant")
        .and_among(dialect, "variants.id", by_variant.keys());
    sql.execute(&mut **tx).await?;
    enter(tx, dialect, now, actor, cause, &lines).await?;
    take_back(tx, dialect, now, &lines).await?;
    for variant_id in by_variant.keys() {
        changes.stock(variant_id);
    }
    // An archived variant is of no product any more.
    let mut sql = Sql::new(
        "SELECT v.product_id, p.slug FROM variants v JOIN products p ON p.id = v.product_id \
         WHERE v.id",
    );
    sql.among(dialect, by_variant.keys());
    let products: Vec<(String, String)> = sql.fetch_all_as(&mut **tx).await?;
    for (id, slug) in products {
        changes.product(&id, &slug);
    }
    Ok(())
}

/// Enters what goes on the shelf. A second one for the same cause and variant breaks a unique index.
async fn enter(
    tx: &mut Tx,
    dialect: Dialect,
    now: i64,
    actor: Option<&str>,
    cause: Cause<'_>,
    lines: &[Returned<'_>],
) -> Result<()> {
    let all = || lines.iter().filter(|line| line.back > 0);
    if all().next().is_none() {
        return Ok(());
    }
    let mut rows = Rows::default();
    rows.text("id", all().map(|_| new_id()))
        .text("variant_id", all().map(|line| line.variant_id))
        .int("delta", all().map(|line| line.back))
        .text("reason", all().map(|_| cause.reason().as_str()))
        .text("order_id", all().map(|line| line.order_id))
        .maybe_text("actor", all().map(|_| actor))
        .int("created_at", all().map(|_| now))
        .maybe_text("refund_id", all().map(|_| cause.refund_id()));
    let insert = Sql::insert(dialect, "stock_entries", rows);
    insert.execute(&mut **tx).await?;
    Ok(())
}
