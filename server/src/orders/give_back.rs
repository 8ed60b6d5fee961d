//! Units that go back on the shelf, each exactly once.

use std::collections::BTreeMap;

use desk::admin::stock::types::MovementReason;

use crate::{
    catalog::write::refresh_summaries,
    db::{Dialect, Get, Sql, Tx},
    error::Result,
    ids::new_id,
    sale::units as units_of_drops,
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
    put_on_shelf(tx, now, order_id, actor, cause, units, &mut changes).await?;
    show(tx, dialect, &changes).await?;
    Ok(changes)
}

/// What lists say of the products whose units came back.
pub async fn show(tx: &mut Tx, dialect: Dialect, changes: &ChangeSet) -> Result<()> {
    let ids: Vec<String> = changes.products().iter().cloned().collect();
    refresh_summaries(tx, dialect, &ids).await
}

/// Puts units back as [`give_back`] does. Before it is committed, [`show`] is called for all that changed.
pub async fn put_on_shelf(
    tx: &mut Tx,
    now: i64,
    order_id: &str,
    actor: Option<&str>,
    cause: Cause<'_>,
    units: &BTreeMap<String, i64>,
    changes: &mut ChangeSet,
) -> Result<()> {
    for (variant_id, quantity) in units {
        let product = sqlx::query(
            "SELECT v.product_id, p.slug, (SELECT COUNT(*) FROM order_lines l \
               WHERE l.order_id = $2 AND l.variant_id = v.id AND l.taken > 0) AS taken \
             FROM variants v LEFT JOIN products p ON p.id = v.product_id WHERE v.id = $1",
        )
        .bind(variant_id)
        .bind(order_id)
        .fetch_one(&mut **tx)
        .await?;
        // What was not taken, for it was not tracked, does not come back.
        let back = match product.int("taken")? {
            0 => 0,
            _ => *quantity,
        };
        sqlx::query("UPDATE variants SET stock = stock + $1, sold = sold - $2 WHERE id = $3")
            .bind(back)
            .bind(*quantity)
            .bind(variant_id)
            .execute(&mut **tx)
            .await?;
        if back > 0 {
            // A second one for the same cause and variant breaks a unique index.
            sqlx::query(
                "INSERT INTO stock_entries \
                 (id, variant_id, delta, reason, order_id, actor, created_at, refund_id) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            )
            .bind(new_id())
            .bind(variant_id)
            .bind(back)
            .bind(cause.reason().as_str())
            .bind(order_id)
            .bind(actor)
            .bind(now)
            .bind(cause.refund_id())
            .execute(&mut **tx)
            .await?;
        }
        units_of_drops::take_back(tx, now, order_id, variant_id, *quantity, back).await?;
        changes.stock(variant_id);
        // An archived variant is of no product any more.
        if let (Some(id), Some(slug)) = (
            product.maybe_text("product_id")?,
            product.maybe_text("slug")?,
        ) {
            changes.product(&id, &slug);
        }
    }
    Ok(())
}
