//! Units that are set aside for a drop, sold by it or given back to it. Each is a movement of the ledger, so
//! stock and movements agree at any moment; the variants are locked by the caller.

use std::collections::BTreeSet;

use crate::{
    db::{Dialect, Get, Rows, Sql, Tx},
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
/// same transaction.
pub struct HandingOver<'a> {
    sold: &'a [Sold<'a>],
}

impl<'a> HandingOver<'a> {
    /// Each variant is sold once.
    pub fn new(sold: &'a [Sold<'a>]) -> Self {
        Self { sold }
    }

    /// The first takes the units from the drops: its condition repeats what was decided. None, if drops sell
    /// nothing.
    pub fn statements(&self, dialect: Dialect, now: i64) -> Vec<Sql> {
        if self.sold.is_empty() {
            return Vec::new();
        }
        let mut statements = vec![self.from_drops(dialect)];
        if self.tracked().next().is_some() {
            statements.extend([self.to_shelf(dialect), self.entries(dialect, now)]);
        }
        let sold = self.sold.iter().filter(|one| !one.has_begun);
        let begun: BTreeSet<&str> = sold.map(|one| one.drop_id).collect();
        if !begun.is_empty() {
            statements.extend(begin(dialect, now, &begun));
        }
        statements
    }

    fn tracked(&self) -> impl Iterator<Item = &Sold<'a>> {
        self.sold.iter().filter(|one| one.tracked)
    }

    fn from_drops(&self, dialect: Dialect) -> Sql {
        let all = || self.sold.iter();
        let mut rows = Rows::default();
        rows.text("drop_id", all().map(|one| one.drop_id))
            .text("variant_id", all().map(|one| one.variant_id))
            .int("units", all().map(|one| one.units));
        let mut sql = Sql::new("UPDATE drop_lines SET remaining = remaining - t.units FROM ");
        sql.given(dialect, rows).push(
            " AS t WHERE drop_lines.drop_id = t.drop_id AND drop_lines.variant_id = t.variant_id \
             AND drop_lines.remaining >= t.units",
        );
        sql
    }

    fn to_shelf(&self, dialect: Dialect) -> Sql {
        let mut rows = Rows::default();
        rows.text("variant_id", self.tracked().map(|one| one.variant_id))
            .int("units", self.tracked().map(|one| one.units));
        let mut sql = Sql::new("UPDATE variants SET stock = stock + t.units FROM ");
        sql.given(dialect, rows)
            .push(" AS t WHERE variants.id = t.variant_id AND variants.id")
            .among(dialect, self.tracked().map(|one| one.variant_id));
        sql
    }

    fn entries(&self, dialect: Dialect, now: i64) -> Sql {
        let all = || self.tracked();
        let mut rows = Rows::default();
        rows.text("id", all().map(|_| new_id()))
            .text("variant_id", all().map(|one| one.variant_id))
            .int("delta", all().map(|one| one.units))
            .text("reason", all().map(|_| "drop"))
            .text("drop_id", all().map(|one| one.drop_id))
            .int("created_at", all().map(|_| now));
        Sql::insert(dialect, "stock_entries", rows)
    }

    /// Whether the lines of drops that were changed are all that something was granted of.
    pub fn check(&self, changed: u64) -> Result<()> {
        let granted = self.sold.len();
        match granted == 0 || changed == granted as u64 {
            true => Ok(()),
            false => Err(Error::Invariant(format!(
                "units of {granted} lines of drops were granted, of {changed} they were there"
            ))),
        }
    }
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
fn begin(dialect: Dialect, now: i64, drops: &BTreeSet<&str>) -> [Sql; 2] {
    let mut noted = Sql::new("UPDATE drops SET opened_at = ");
    noted
        .int(now)
        .push(" WHERE opened_at IS NULL AND id")
        .among(dialect, drops);
    let mut shown = Sql::new(
        "UPDATE products SET shown_from = 0 WHERE shown_from > 0 AND id IN (SELECT v.product_id \
         FROM drop_lines l JOIN variants v ON v.id = l.variant_id WHERE l.drop_id",
    );
    shown.among(dialect, drops).push(")");
    [noted, shown]
}
