//! Who gets units of a drop that came back: first those who wait, in their order, then everybody.

#[cfg(test)]
mod tests;

use desk::admin::stock::types::MovementReason;

use crate::{
    db::{Dialect, Sql, Tx, from_row, stored_words},
    error::{Error, Result},
    ids::new_id,
    outbox::{Mail, queue_all},
};

const HOUR: i64 = 60 * 60 * 1000;

/// A variant in a drop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfDrop<'a> {
    pub drop_id: &'a str,
    pub variant_id: &'a str,
}

app::words! {
    /// How far its drop is.
    pub enum DropStage {
        Before = "before",
        Open = "open",
        /// It goes on, and the product is not on sale: nothing is offered that nobody could order.
        OffSale = "off_sale",
        /// It is over or was called off.
        Over = "over",
    }
}

stored_words!(DropStage);

/// What there is of a line while its variant is locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineState {
    pub stage: DropStage,
    /// Units that are for sale, and units that are kept for someone.
    pub remaining: i64,
    pub offered: i64,
    /// Offers that end: those whose time is over, and all once the drop is.
    pub overdue: i64,
    pub waiting: i64,
    /// Whether anybody counts the variant's units: see `variants.tracked`.
    pub tracked: bool,
}

from_row!(LineState {
    stage,
    remaining,
    offered,
    overdue,
    waiting,
    tracked,
});

/// A line with for how long a unit of it is kept.
struct LineRow {
    found: LineState,
    closes_at: Option<i64>,
    offer_hours: i64,
}

from_row!(LineRow {
    found: row,
    closes_at,
    offer_hours,
});

/// What becomes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allocation {
    /// Offers that end, and those that are made.
    pub lapsed: i64,
    pub new: i64,
    pub remaining: i64,
    pub offered: i64,
}

impl LineState {
    /// What offers that end had goes on to the next who wait, as does all that is for sale; while its product is off sale
    /// it waits with them. Once the drop is over, it goes back on the shelf.
    pub fn settled(self) -> Allocation {
        let Self {
            stage,
            remaining,
            offered,
            overdue,
            waiting,
            ..
        } = self;
        match stage {
            DropStage::Over => Allocation {
                lapsed: overdue,
                new: 0,
                remaining,
                offered: offered - overdue,
            },
            DropStage::Before | DropStage::Open | DropStage::OffSale => {
                let to_share = remaining + overdue;
                let new = match stage {
                    DropStage::Open => to_share.min(waiting),
                    DropStage::Before | DropStage::OffSale | DropStage::Over => 0,
                };
                Allocation {
                    lapsed: overdue,
                    new,
                    remaining: to_share - new,
                    offered: offered - overdue + new,
                }
            }
        }
    }

    /// Units that go back on the shelf, with what it becomes.
    pub const fn to_shelf(self, settled: Allocation) -> i64 {
        self.remaining + self.offered - settled.remaining - settled.offered
    }
}

/// Shares a line out. It is called whenever units came to it, an offer may be over, someone begins to wait or its product
/// is on sale again, in the transaction that did that; the variant is locked.
pub async fn settle(
    tx: &mut Tx,
    dialect: Dialect,
    now: i64,
    line: OfDrop<'_>,
) -> Result<Option<Allocation>> {
    let mut sql = Sql::new(
        "SELECT l.remaining, l.offered, v.tracked, d.closes_at, d.offer_hours, \
         CASE WHEN d.state = 'draft' THEN 'before' WHEN d.state <> 'planned' OR d.closes_at <= ",
    );
    sql.int(now)
        .push(" THEN 'over' WHEN d.opened_at IS NULL AND d.opens_at > ")
        .int(now)
        .push(
            " THEN 'before' WHEN p.active = 1 THEN 'open' ELSE 'off_sale' END AS stage, \
             CAST(0 AS BIGINT) AS overdue, (SELECT COUNT(*) FROM waits w WHERE w.drop_id = l.drop_id \
               AND w.variant_id = l.variant_id AND w.state = 'waiting') AS waiting \
             FROM drop_lines l JOIN drops d ON d.id = l.drop_id JOIN variants v ON v.id = l.variant_id \
             LEFT JOIN products p ON p.id = v.product_id WHERE l.drop_id = ",
        )
        .text(line.drop_id)
        .push(" AND l.variant_id = ")
        .text(line.variant_id);
    let row: Option<LineRow> = sql.fetch_optional_as(&mut **tx).await?;
    let Some(LineRow {
        found,
        closes_at,
        offer_hours,
    }) = row
    else {
        return Ok(None);
    };
    let overdue = match found.offered {
        0 => 0,
        _ => end_offers(tx, now, line, found.stage).await?,
    };
    let found = LineState { overdue, ..found };
    let until = (now + offer_hours * HOUR).min(closes_at.unwrap_or(i64::MAX));
    let made = offer_all(tx, dialect, now, line, until, found).await?;
    let settled = LineState {
        waiting: made,
        ..found
    }
    .settled();
    if settled.lapsed == 0 && settled.new == 0 {
        return Ok(None);
    }
    write(tx, now, line, found, settled).await?;
    Ok(Some(settled))
}

/// Puts what is kept of a line back on the shelf, and forgets who waits for it: it goes out of its drop. The variant
/// is locked.
pub async fn close(tx: &mut Tx, now: i64, line: OfDrop<'_>) -> Result<()> {
    let mut sql = Sql::new(
        "SELECT 'over' AS stage, l.remaining, l.offered, l.offered AS overdue, v.tracked, \
         CAST(0 AS BIGINT) AS waiting FROM drop_lines l JOIN variants v ON v.id = l.variant_id \
         WHERE l.drop_id = ",
    );
    sql.text(line.drop_id)
        .push(" AND l.variant_id = ")
        .text(line.variant_id);
    let found: Option<LineState> = sql.fetch_optional_as(&mut **tx).await?;
    if let Some(found) = found {
        write(tx, now, line, found, found.settled()).await?;
    }
    sqlx::query("DELETE FROM waits WHERE drop_id = $1 AND variant_id = $2")
        .bind(line.drop_id)
        .bind(line.variant_id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Ends offers whose time is over, or all; returns how many.
async fn end_offers(tx: &mut Tx, now: i64, line: OfDrop<'_>, stage: DropStage) -> Result<i64> {
    let mut sql = Sql::new(
        "UPDATE waits SET state = 'lapsed', offered_until = NULL, cart_id = NULL, state_at = ",
    );
    sql.int(now)
        .push(" WHERE state = 'offered' AND drop_id = ")
        .text(line.drop_id)
        .push(" AND variant_id = ")
        .text(line.variant_id);
    if stage != DropStage::Over {
        sql.push(" AND offered_until <= ").int(now);
    }
    counted(sql.execute(&mut **tx).await?)
}

/// Offers what is to be shared out to those who wait; returns how many offers were made. Who is forgotten at this moment
/// is not locked, and may have gone since they were counted: then the next has their turn.
async fn offer_all(
    tx: &mut Tx,
    dialect: Dialect,
    now: i64,
    line: OfDrop<'_>,
    until: i64,
    found: LineState,
) -> Result<i64> {
    let (mut made, mut waiting) = (0, found.waiting);
    loop {
        let all = LineState {
            waiting: made + waiting,
            ..found
        };
        let missing = all.settled().new - made;
        let more = make_offers(tx, dialect, now, line, until, missing).await?;
        made += more;
        if more == missing {
            return Ok(made);
        }
        waiting = count_waiting(tx, line).await?;
    }
}

async fn count_waiting(tx: &mut Tx, line: OfDrop<'_>) -> Result<i64> {
    let mut sql =
        Sql::new("SELECT COUNT(*) AS n FROM waits WHERE state = 'waiting' AND drop_id = ");
    sql.text(line.drop_id)
        .push(" AND variant_id = ")
        .text(line.variant_id);
    sql.fetch_value(&mut **tx).await
}

/// Offers a unit each to those who wait longest, as many as that; returns how many.
async fn make_offers(
    tx: &mut Tx,
    dialect: Dialect,
    now: i64,
    line: OfDrop<'_>,
    until: i64,
    most: i64,
) -> Result<i64> {
    if most == 0 {
        return Ok(0);
    }
    let mut sql = Sql::new("UPDATE waits SET state = 'offered', offered_until = ");
    sql.int(until)
        .push(", state_at = ")
        .int(now)
        .push(" WHERE state = 'waiting' AND id IN (SELECT id FROM waits WHERE state = 'waiting' AND drop_id = ")
        .text(line.drop_id)
        .push(" AND variant_id = ")
        .text(line.variant_id)
        .push(" ORDER BY seq LIMIT ")
        .int(most)
        .push(") RETURNING id");
    let ids: Vec<String> = sql.fetch_values(&mut **tx).await?;
    let made = counted(ids.len() as u64)?;
    let mails = ids.into_iter().map(|wait_id| Mail::UnitOffered { wait_id });
    let mails: Vec<Mail> = mails.collect();
    queue_all(tx, dialect, now, &mails).await?;
    Ok(made)
}

/// Writes the line, its movements and what goes back on the shelf. Its condition repeats what was read: were the variant
/// not locked, all of it would fail instead of being counted twice.
async fn write(
    tx: &mut Tx,
    now: i64,
    line: OfDrop<'_>,
    before: LineState,
    after: Allocation,
) -> Result<()> {
    let written = sqlx::query(
        "UPDATE drop_lines SET remaining = $1, offered = $2 WHERE drop_id = $3 AND variant_id = $4 \
         AND remaining = $5 AND offered = $6",
    )
    .bind(after.remaining)
    .bind(after.offered)
    .bind(line.drop_id)
    .bind(line.variant_id)
    .bind(before.remaining)
    .bind(before.offered)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    if written != 1 {
        return Err(Error::Invariant(
            "a line of a drop changed while it was shared out".to_owned(),
        ));
    }
    if !before.tracked {
        return Ok(());
    }
    let moved = [
        (MovementReason::Drop, before.remaining - after.remaining),
        (MovementReason::Offer, before.offered - after.offered),
    ];
    for (reason, delta) in moved.into_iter().filter(|(_, delta)| *delta != 0) {
        sqlx::query(
            "INSERT INTO stock_entries (id, variant_id, delta, reason, drop_id, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(new_id())
        .bind(line.variant_id)
        .bind(delta)
        .bind(reason.as_str())
        .bind(line.drop_id)
        .bind(now)
        .execute(&mut **tx)
        .await?;
    }
    let to_shelf = before.to_shelf(after);
    if to_shelf != 0 {
        sqlx::query("UPDATE variants SET stock = stock + $1 WHERE id = $2")
            .bind(to_shelf)
            .bind(line.variant_id)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

fn counted(rows: u64) -> Result<i64> {
    i64::try_from(rows).map_err(|_| Error::Invariant(format!("{rows} rows are too many")))
}
