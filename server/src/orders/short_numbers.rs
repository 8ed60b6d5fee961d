//! Short numbers, which the staff says on the phone: `#1042`.
//!
//! They are drawn after an order is placed, so that placing waits for none: with its row in the
//! search, some seconds later, and when the staff looks at an order that has none yet. Numbers rise,
//! and none is given twice; one that is drawn stays.

use super::arrivals::{Arrival, Waiting, ids, orders, together};
use crate::{
    db::{Dialect, Sql, Tx},
    error::Result,
    store::Store,
};

/// Orders that are numbered while the staff waits.
const BATCH: usize = 2000;

/// Numbers the oldest orders that have no number.
pub async fn draw(db: &Store) -> Result<()> {
    let waits = Waiting::Unnumbered.any();
    if waits.fetch_optional(db.reader()).await?.is_none() {
        return Ok(());
    }
    let mut tx = db.begin().await?;
    let arrivals = Waiting::Unnumbered.read(&mut tx, BATCH).await?;
    let together = together(&arrivals, BATCH);
    if together.is_empty() {
        tx.rollback().await?;
        return Ok(());
    }
    draw_for(&mut tx, db.dialect(), together).await?;
    noting(db.dialect(), together).execute(&mut *tx).await?;
    Ok(tx.commit().await?)
}

/// Numbers the orders of these arrivals that have no number.
pub(super) async fn draw_for(tx: &mut Tx, dialect: Dialect, arrivals: &[Arrival]) -> Result<()> {
    // Another who draws waits here, and then sees what was drawn.
    let last: i64 = Sql::new(
        "UPDATE short_numbers SET last_number = last_number WHERE id = 1 RETURNING last_number",
    )
    .fetch_value(&mut **tx)
    .await?;
    let drawn = numbering(dialect, arrivals, last)
        .execute(&mut **tx)
        .await?;
    let mut sql = Sql::new("UPDATE short_numbers SET last_number = ");
    sql.int(last + drawn as i64).push(" WHERE id = 1");
    sql.execute(&mut **tx).await?;
    Ok(())
}

fn numbering(dialect: Dialect, arrivals: &[Arrival], last: i64) -> Sql {
    let mut sql = Sql::new("INSERT INTO order_short_numbers (order_id, number) SELECT w.id, ");
    sql.int(last).push(
        " + ROW_NUMBER() OVER (ORDER BY w.created_at, w.id) FROM (SELECT o.id, o.created_at, \
         (SELECT n.number FROM order_short_numbers n WHERE n.order_id = o.id) AS number \
         FROM orders o WHERE o.id",
    );
    sql.among(dialect, orders(arrivals))
        .push(") AS w WHERE w.number IS NULL");
    sql
}

fn noting(dialect: Dialect, arrivals: &[Arrival]) -> Sql {
    let mut sql = Sql::new("UPDATE order_arrivals SET numbered = 1 WHERE id IN (SELECT t.id FROM ");
    sql.given(dialect, ids(arrivals)).push(" AS t)");
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
    use super::{super::arrivals::tests::of, *};
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
    async fn only_orders_that_have_just_arrived_are_looked_at() {
        let planner = Planner::new().await;
        let dialect = planner.db.dialect();
        let arrivals = of(&[1]);
        for (sql, index) in [
            (
                numbering(dialect, &arrivals, 1),
                "sqlite_autoindex_orders_1 (id=?)",
            ),
            (
                numbering(dialect, &arrivals, 1),
                "sqlite_autoindex_order_short_numbers_1 (order_id=?)",
            ),
            (
                noting(dialect, &arrivals),
                "order_arrivals USING INTEGER PRIMARY KEY",
            ),
        ] {
            planner.by_index(sql, index).await;
        }
        planner.db.close().await;
    }
}
