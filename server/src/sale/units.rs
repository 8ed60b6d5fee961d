//! Units that are set aside for a drop, sold by it or given back to it. Each is a movement of the ledger, so
//! stock and movements agree at any moment; the variants are locked by the caller.

use std::collections::{BTreeMap, BTreeSet};

use desk::admin::stock::types::MovementReason;

use crate::{
    db::{Dialect, Rows, Sql, Tx, from_row},
    error::{Error, Result},
    ids::new_id,
    waits::settle::{OfDrop, settle},
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
        let mut statements = vec![self.out_of_drops(dialect)];
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

    fn out_of_drops(&self, dialect: Dialect) -> Sql {
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
            .push(" AS t WHERE variants.id = t.variant_id")
            .and_among(
                dialect,
                "variants.id",
                self.tracked().map(|one| one.variant_id),
            );
        sql
    }

    fn entries(&self, dialect: Dialect, now: i64) -> Sql {
        let all = || self.tracked();
        let mut rows = Rows::default();
        rows.text("id", all().map(|_| new_id()))
            .text("variant_id", all().map(|one| one.variant_id))
            .int("delta", all().map(|one| one.units))
            .text("reason", all().map(|_| MovementReason::Drop.as_str()))
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

/// Units of a variant that came back from an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned<'a> {
    pub order_id: &'a str,
    pub variant_id: &'a str,
    pub units: i64,
    /// As many of them as went on the shelf: none of a variant that nobody counts.
    pub back: i64,
}

/// A line of an order that a drop sold, while that goes on.
struct Line {
    order_id: String,
    variant_id: String,
    drop_id: String,
    /// Units that are sold of the drop's line.
    room: i64,
    /// Whether its units are counted now.
    tracked: bool,
}

from_row!(Line {
    order_id,
    variant_id,
    drop_id,
    room,
    tracked,
});

/// What a line of a drop gets back.
#[derive(Default)]
struct Share {
    units: i64,
    back: i64,
    room: i64,
    tracked: bool,
}

impl Share {
    /// What is more than the line has by now is the shelf's. Of what is counted it gets no more than went on the
    /// shelf: an order from when it was not counted took nothing.
    fn of_line(&self) -> i64 {
        let back = match self.tracked {
            true => self.back,
            false => self.units,
        };
        back.min(self.room)
    }
}

/// Units that came back to the shelf go to the drops that sold them, while those go on, and there to those first who
/// wait.
pub async fn take_back(
    tx: &mut Tx,
    dialect: Dialect,
    now: i64,
    returned: &[Returned<'_>],
) -> Result<()> {
    let orders: BTreeSet<&str> = returned.iter().map(|one| one.order_id).collect();
    let mut sql = Sql::new(
        "SELECT DISTINCT o.order_id, o.variant_id, o.drop_id, l.units - l.remaining - l.offered AS room, v.tracked \
         FROM order_lines o JOIN drops d ON d.id = o.drop_id \
         JOIN drop_lines l ON l.drop_id = o.drop_id AND l.variant_id = o.variant_id \
         JOIN variants v ON v.id = l.variant_id WHERE d.state = 'planned' AND (d.closes_at IS NULL OR d.closes_at > ",
    );
    sql.int(now).push(") AND o.order_id").among(dialect, orders);
    let lines: Vec<Line> = sql.fetch_all_as(&mut **tx).await?;
    let mut shares: BTreeMap<(&str, &str), Share> = BTreeMap::new();
    for line in &lines {
        let of_line = |one: &&Returned<'_>| {
            one.order_id == line.order_id && one.variant_id == line.variant_id
        };
        let Some(one) = returned.iter().find(of_line) else {
            continue;
        };
        let share = shares
            .entry((line.drop_id.as_str(), line.variant_id.as_str()))
            .or_default();
        share.units += one.units;
        share.back += one.back;
        share.room = line.room;
        share.tracked = line.tracked;
    }
    for ((drop_id, variant_id), share) in shares {
        let units = share.of_line();
        sqlx::query(
            "UPDATE drop_lines SET remaining = remaining + $1 WHERE drop_id = $2 AND variant_id = $3",
        )
        .bind(units)
        .bind(drop_id)
        .bind(variant_id)
        .execute(&mut **tx)
        .await?;
        // What nobody counts was not set aside by the ledger.
        if share.tracked {
            move_units(tx, now, drop_id, variant_id, -units, None).await?;
        }
        let line = OfDrop {
            drop_id,
            variant_id,
        };
        settle(tx, dialect, now, line).await?;
    }
    Ok(())
}

/// Shares out what came back to drops while this product was off sale: it is on sale again, and its variants are locked.
/// Those of which something was offered.
pub async fn share_out(
    tx: &mut Tx,
    dialect: Dialect,
    now: i64,
    product_id: &str,
) -> Result<Vec<String>> {
    let mut sql = Sql::new(
        "SELECT l.drop_id, l.variant_id FROM drop_lines l JOIN drops d ON d.id = l.drop_id \
         JOIN variants v ON v.id = l.variant_id WHERE d.state = 'planned' AND v.product_id = ",
    );
    sql.text(product_id)
        .push(" ORDER BY l.drop_id, l.variant_id");
    let lines: Vec<(String, String)> = sql.fetch_all_as(&mut **tx).await?;
    let mut offered = Vec::new();
    for (drop_id, variant_id) in lines {
        let line = OfDrop {
            drop_id: &drop_id,
            variant_id: &variant_id,
        };
        if settle(tx, dialect, now, line).await?.is_some() {
            offered.push(variant_id);
        }
    }
    Ok(offered)
}

/// Notes that drops have begun: what has begun does not end by a clock that goes back, and is no secret any more.
fn begin(dialect: Dialect, now: i64, drops: &BTreeSet<&str>) -> [Sql; 2] {
    let mut noted = Sql::new("UPDATE drops SET opened_at = ");
    noted
        .int(now)
        .push(" WHERE opened_at IS NULL AND id")
        .among(dialect, drops);
    let mut shown = Sql::new(
        "UPDATE products SET shown_from = 0, sold_from = 0 WHERE (shown_from > 0 OR sold_from > 0) \
         AND id IN (SELECT COALESCE(v.product_id, v.archived_product_id) \
         FROM drop_lines l JOIN variants v ON v.id = l.variant_id WHERE l.drop_id",
    );
    shown.among(dialect, drops).push(")");
    [noted, shown]
}
