//! Units that are set aside for a drop, sold by it or given back to it. Each is a movement of the ledger, so
//! stock and movements agree at any moment; the variants are locked by whoever calls.

use std::collections::BTreeSet;

use crate::{
    db::{Column, Dialect, Get, Sql, Tx},
    error::{Error, Result},
    ids::new_id,
};

/// Units of a variant that a drop sells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sold<'a> {
    pub drop_id: &'a str,
    pub variant_id: &'a str,
    pub units: i64,
    /// Whether anybody counts them: see `variants.tracked`.
    pub tracked: bool,
    /// Whether the drop has sold something before.
    pub has_begun: bool,
}

/// Hands units over that were set aside, so that they are on the shelf for the orders that take them there in the
/// same transaction. The condition repeats what was decided.
pub async fn hand_over(tx: &mut Tx, dialect: Dialect, now: i64, sold: &[Sold<'_>]) -> Result<()> {
    if sold.is_empty() {
        return Ok(());
    }
    let rows = sold.iter().map(|one| {
        serde_json::json!({ "drop_id": one.drop_id, "variant_id": one.variant_id, "units": one.units })
    });
    let rows: Vec<_> = rows.collect();
    let columns = [
        ("drop_id", Column::Text),
        ("variant_id", Column::Text),
        ("units", Column::Int),
    ];
    let mut sql = Sql::new("UPDATE drop_lines SET remaining = remaining - t.units FROM ");
    sql.push(dialect.rows(1, &columns)).push(
        " AS t WHERE drop_lines.drop_id = t.drop_id AND drop_lines.variant_id = t.variant_id \
         AND drop_lines.remaining >= t.units",
    );
    let sql = sql.bind_only(serde_json::to_string(&rows)?);
    let changed = sql.execute(&mut **tx).await?;
    if changed != sold.len() as u64 {
        return Err(Error::Invariant(format!(
            "units of {} lines of drops were granted, of {changed} they were there",
            sold.len()
        )));
    }
    for one in sold.iter().filter(|one| one.tracked) {
        move_units(tx, now, one.drop_id, one.variant_id, one.units, None).await?;
    }
    let begun: BTreeSet<&str> = sold
        .iter()
        .filter(|one| !one.has_begun)
        .map(|one| one.drop_id)
        .collect();
    note_begun(tx, now, &begun).await
}

/// Sets units aside (`delta` below zero), or puts them back on the shelf; of a variant that is tracked.
pub async fn move_units(
    tx: &mut Tx,
    now: i64,
    drop_id: &str,
    variant_id: &str,
    delta: i64,
    actor: Option<&str>,
) -> Result<()> {
    if delta == 0 {
        return Ok(());
    }
    sqlx::query("UPDATE variants SET stock = stock + $1 WHERE id = $2")
        .bind(delta)
        .bind(variant_id)
        .execute(&mut **tx)
        .await?;
    sqlx::query(
        "INSERT INTO stock_entries (id, variant_id, delta, reason, drop_id, actor, created_at) \
         VALUES ($1, $2, $3, 'drop', $4, $5, $6)",
    )
    .bind(new_id())
    .bind(variant_id)
    .bind(delta)
    .bind(drop_id)
    .bind(actor)
    .bind(now)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Units of an order that came back to the shelf go to the drop that sold them, while that goes on. Of a
/// variant that nobody counts `back` is none, but it is sold by number there, too.
pub async fn take_back(
    tx: &mut Tx,
    now: i64,
    order_id: &str,
    variant_id: &str,
    units: i64,
    back: i64,
) -> Result<()> {
    let mut sql = Sql::new("UPDATE drop_lines SET remaining = remaining + ");
    sql.int(units)
        .push(" WHERE variant_id = ")
        .text(variant_id)
        .push(" AND remaining + ")
        .int(units)
        .push(" <= units AND drop_id IN (SELECT l.drop_id FROM order_lines l JOIN drops d ON d.id = l.drop_id \
           WHERE l.order_id = ")
        .text(order_id)
        .push(" AND l.variant_id = ")
        .text(variant_id)
        .push(" AND d.state = 'planned' AND (d.closes_at IS NULL OR d.closes_at > ")
        .int(now)
        .push(")) RETURNING drop_id");
    let drop = sql.fetch_optional(&mut **tx).await?;
    match drop {
        Some(row) if back > 0 => {
            move_units(tx, now, &row.text("drop_id")?, variant_id, -back, None).await
        }
        Some(_) | None => Ok(()),
    }
}

/// Notes that drops have begun: what has begun does not end by a clock that goes back, and is no secret any more.
pub async fn note_begun(tx: &mut Tx, now: i64, drops: &BTreeSet<&str>) -> Result<()> {
    for drop in drops {
        let noted =
            sqlx::query("UPDATE drops SET opened_at = $1 WHERE id = $2 AND opened_at IS NULL")
                .bind(now)
                .bind(*drop)
                .execute(&mut **tx)
                .await?
                .rows_affected();
        if noted > 0 {
            sqlx::query(
                "UPDATE products SET shown_from = 0 WHERE shown_from > 0 AND id IN (SELECT v.product_id \
                 FROM drop_lines l JOIN variants v ON v.id = l.variant_id WHERE l.drop_id = $1)",
            )
            .bind(*drop)
            .execute(&mut **tx)
            .await?;
        }
    }
    Ok(())
}
