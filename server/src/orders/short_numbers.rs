//! Short numbers, which the staff says on the phone: `#1042`.
//!
//! They are drawn after an order is placed, so that placing waits for none: once a minute, and when
//! the staff looks at an order that has none yet. Numbers rise, and none is given twice; one that is
//! drawn stays.

use serde_json::json;

use crate::{
    db::{Column, Sql, Tx, from_row},
    error::Result,
    store::Store,
};

/// Orders that are numbered in one transaction.
const BATCH: i64 = 2000;
/// Batches of one run of the maintenance: the orders of an older shop wait for a few runs.
const BATCHES: usize = 200;
/// An order may be committed so much later than it says it was placed, or than another one. In
/// milliseconds.
const LATE: i64 = 10 * 60 * 1000;

/// Where a batch has ended: in the order of time, and then of ids.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    at: i64,
    id: String,
}

/// Whether there may be more to number.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Drawn {
    All,
    /// More may be behind this place.
    Until(Place),
}

/// Numbers the orders that have no number, as far as one run goes. It begins with the late ones, and each batch where
/// the one before has ended: however many were placed in the last minutes, a run looks at each once.
pub async fn run_maintenance(db: &Store, now: i64) -> Result<()> {
    let mut place = None;
    for _ in 0..BATCHES {
        match draw_behind(db, now, place.as_ref()).await? {
            Drawn::All => break,
            Drawn::Until(end) => place = Some(end),
        }
    }
    Ok(())
}

/// Numbers the oldest orders that have no number.
pub async fn draw(db: &Store, now: i64) -> Result<()> {
    draw_behind(db, now, None).await.map(drop)
}

async fn draw_behind(db: &Store, now: i64, place: Option<&Place>) -> Result<Drawn> {
    // Most of the time there is nothing to do: that is found out without a lock.
    let until: i64 = Sql::new("SELECT drawn_until FROM short_numbers WHERE id = 1")
        .fetch_value(db.reader())
        .await?;
    let waits = unnumbered(until.min(now), place, 1);
    if waits.fetch_optional(db.reader()).await?.is_none() {
        return Ok(Drawn::All);
    }
    let mut tx = db.begin().await?;
    let drawn = draw_batch(&mut tx, db, now, place).await?;
    tx.commit().await?;
    Ok(drawn)
}

async fn draw_batch(tx: &mut Tx, db: &Store, now: i64, place: Option<&Place>) -> Result<Drawn> {
    // Another who draws waits here, and then sees what was drawn.
    let (last, until): (i64, i64) = Sql::new(
        "UPDATE short_numbers SET last_number = last_number WHERE id = 1 \
         RETURNING last_number, drawn_until",
    )
    .fetch_one_as(&mut **tx)
    .await?;
    // One node's clock may have been ahead when it placed an order: what others placed since has no number.
    let until = until.min(now);
    let found: Vec<Unnumbered> = unnumbered(until, place, BATCH)
        .fetch_all_as(&mut **tx)
        .await?;
    let mut rows = Vec::new();
    let mut newest = until;
    for (number, order) in (last + 1..).zip(&found) {
        newest = newest.max(order.created_at.min(now));
        rows.push(json!({ "order_id": order.id, "number": number }));
    }
    let columns = [("order_id", Column::Text), ("number", Column::Int)];
    let mut sql = Sql::new(
        "INSERT INTO order_short_numbers (order_id, number) SELECT order_id, number FROM ",
    );
    let parameter = sql.next();
    sql.push(db.dialect().rows(parameter, &columns))
        .push(" AS given WHERE true")
        .bind(serde_json::to_string(&rows)?);
    sql.execute(&mut **tx).await?;
    let mut sql = Sql::new("UPDATE short_numbers SET last_number = ");
    sql.int(last + found.len() as i64)
        .push(", drawn_until = ")
        .int(newest)
        .push(" WHERE id = 1");
    sql.execute(&mut **tx).await?;
    Ok(match found.last() {
        Some(end) if found.len() as i64 == BATCH => Drawn::Until(Place {
            at: end.created_at,
            id: end.id.clone(),
        }),
        _ => Drawn::All,
    })
}

struct Unnumbered {
    id: String,
    created_at: i64,
}

from_row!(Unnumbered { id, created_at });

/// The oldest orders without a number, where all from before `until` have one, but for late ones; behind a place, if
/// those before it have been looked at.
fn unnumbered(until: i64, place: Option<&Place>, limit: i64) -> Sql {
    let mut sql = Sql::new("SELECT o.id, o.created_at FROM orders o WHERE ");
    match place {
        None => sql.push("o.created_at >= ").int(until - LATE),
        Some(place) => sql
            .push("(o.created_at, o.id) > (")
            .int(place.at)
            .push(", ")
            .text(&place.id)
            .push(")"),
    };
    sql.push(
        " AND NOT EXISTS (SELECT 1 FROM order_short_numbers n WHERE n.order_id = o.id) \
         ORDER BY o.created_at, o.id LIMIT ",
    );
    sql.int(limit);
    sql
}

/// The number of an order; none before it is drawn.
pub async fn of_order(db: &Store, order_id: &str) -> Result<Option<i64>> {
    let mut sql = Sql::new("SELECT number FROM order_short_numbers WHERE order_id = ");
    sql.text(order_id);
    sql.fetch_optional_value(db.reader()).await
}

/// A short number as it is typed: `#1042` or `1042`.
pub fn parse(typed: &str) -> Option<i64> {
    let digits = typed.trim();
    let digits = digits.strip_prefix('#').unwrap_or(digits).trim_start();
    let is_number = (1..=12).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| digits.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::explain::Planner;

    #[test]
    fn a_number_is_read_with_its_sign_and_without() {
        for typed in ["#1042", "1042", " # 1042 "] {
            assert_eq!(parse(typed), Some(1042), "{typed}");
        }
        for other in [
            "",
            "#",
            "10a",
            "HF-06WEF-BWXC4",
            "-1",
            "1042.5",
            "1234567890123",
        ] {
            assert_eq!(parse(other), None, "{other}");
        }
    }

    #[tokio::test]
    async fn orders_without_a_number_are_looked_for_in_a_range_of_time() {
        let planner = Planner::new().await;
        let index = "orders_newest (created_at>?)";
        planner.by_index(unnumbered(1, None, 1), index).await;
        let place = Place {
            at: 1,
            id: "o".to_owned(),
        };
        let index = "orders_newest ((created_at,id)>(?,?))";
        planner
            .by_index(unnumbered(1, Some(&place), 1), index)
            .await;
        planner.db.close().await;
    }
}
