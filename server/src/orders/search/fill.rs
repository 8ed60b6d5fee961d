//! Putting orders into `order_search`, behind their placing.
//!
//! What places orders appends when it did, by a trigger (see the migration `0061_growth.sql`). Here the orders of these
//! times get their row, and the times go. An order's own changes reach its row by triggers.

use std::collections::BTreeSet;

use crate::{
    db::{Db, Dialect, Rows, Sql, from_row},
    error::Result,
    store::Store,
};

/// Orders of one transaction, and times that are looked at for it: on SQLite others wait for it, for some 50 ms.
const BATCH: usize = 2000;
/// The same while orders rush.
const RUSHED_BATCH: usize = 500;
/// Batches of one run: the orders of an older shop wait for a few runs.
const BATCHES: usize = 50;
/// Orders rush if more than so many were placed in these milliseconds: to put one in is half of what it costs the database
/// to place it, and can wait.
const RUSH: i64 = 2_000;
const RUSH_MS: i64 = 10_000;

/// Whether there may be more to put in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Left {
    Nothing,
    Something,
}

#[derive(Debug, Clone, Copy)]
struct Arrival {
    id: i64,
    at: i64,
    orders: i64,
}

from_row!(Arrival { id, at, orders });

/// Puts in what has arrived, as far as one run goes. While orders rush that is a small batch, so that they hardly notice.
/// One node does it at a time; others leave it to that one.
pub async fn fill(db: &Store, now: i64) -> Result<()> {
    for _ in 0..BATCHES {
        let placed: i64 = lately(now).fetch_value(db.reader()).await?;
        let is_rush = placed > RUSH;
        let most = if is_rush { RUSHED_BATCH } else { BATCH };
        match fill_batch(db, most).await {
            Ok(Left::Something) if is_rush => return Ok(()),
            Ok(Left::Something) => {}
            Ok(Left::Nothing) => return Ok(()),
            Err(error) if error.is_transient() => {
                tracing::debug!(%error, "orders are indexed later");
                return Ok(());
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Counts the orders of the last seconds, no further than a rush begins.
fn lately(now: i64) -> Sql {
    let mut sql =
        Sql::new("SELECT COUNT(*) AS n FROM (SELECT 1 AS one FROM orders o WHERE o.created_at >= ");
    sql.int(now - RUSH_MS).push(" LIMIT ").int(RUSH + 1);
    sql.push(") AS counted");
    sql
}

async fn fill_batch(db: &Db, most: usize) -> Result<Left> {
    // Most of the time there is nothing to do: that is found out without a lock.
    let waits = Sql::new("SELECT id FROM order_arrivals LIMIT 1");
    if waits.fetch_optional(db.reader()).await?.is_none() {
        return Ok(Left::Nothing);
    }
    let dialect = db.dialect();
    let mut tx = db.begin().await?;
    let mut turn = Sql::new("SELECT id FROM search_turns WHERE id = 1");
    turn.push(dialect.for_update()).push(dialect.skip_locked());
    // Each statement sees what was committed before it: who erases a name has the turn, too.
    let is_ours = turn.fetch_optional(&mut *tx).await?.is_some();
    let arrivals: Vec<Arrival> = match is_ours {
        true => arrived(most).fetch_all_as(&mut *tx).await?,
        false => Vec::new(),
    };
    if arrivals.is_empty() {
        tx.rollback().await?;
        return Ok(Left::Nothing);
    }
    let together = together(&arrivals, most);
    naming(dialect, together).execute(&mut *tx).await?;
    let entering = entering(dialect, together, most);
    let entered = entering.execute(&mut *tx).await?;
    // One time may have more orders than a batch: the rest of them comes next.
    let is_all = entered < most as u64;
    if is_all {
        leaving(dialect, together).execute(&mut *tx).await?;
    }
    tx.commit().await?;
    Ok(
        match is_all && together.len() == arrivals.len() && arrivals.len() < most {
            true => Left::Nothing,
            false => Left::Something,
        },
    )
}

/// Times whose orders wait, oldest first, with how many there are.
fn arrived(most: usize) -> Sql {
    let mut sql = Sql::new(
        "SELECT a.id, a.at, (SELECT COUNT(*) FROM orders o WHERE o.created_at = a.at) AS orders \
         FROM order_arrivals a ORDER BY a.id LIMIT ",
    );
    sql.int(most as i64);
    sql
}

/// Those of the first that make a batch: one at least.
fn together(arrivals: &[Arrival], most: usize) -> &[Arrival] {
    let mut sum = 0;
    let fitting = arrivals.iter().take_while(|arrival| {
        sum += arrival.orders;
        sum < most as i64
    });
    let fitting = fitting.count();
    &arrivals[..fitting.max(1)]
}

/// Their times, each once.
fn times(arrivals: &[Arrival]) -> Rows {
    let times: BTreeSet<i64> = arrivals.iter().map(|arrival| arrival.at).collect();
    let mut rows = Rows::default();
    rows.int("at", times);
    rows
}

/// Notes what their orders call the variants that were sold.
fn naming(dialect: Dialect, arrivals: &[Arrival]) -> Sql {
    let mut sql = Sql::new(
        "INSERT INTO sold_names (variant_id, product_slug, search_key) \
         SELECT DISTINCT COALESCE(l.variant_id, ''), l.product_slug, l.search_key FROM ",
    );
    sql.given(dialect, times(arrivals)).push(
        " AS t CROSS JOIN orders o CROSS JOIN order_lines l WHERE o.created_at = t.at \
         AND l.order_id = o.id AND NOT EXISTS (SELECT 1 FROM sold_names s \
         WHERE s.variant_id = COALESCE(l.variant_id, '') AND s.product_slug = l.product_slug \
         AND s.search_key = l.search_key)",
    );
    sql
}

fn entering(dialect: Dialect, arrivals: &[Arrival], most: usize) -> Sql {
    let mut sql = Sql::new(
        "INSERT INTO order_search (order_id, key, total_minor, created_at) \
         SELECT o.id, o.search_key || ' ' || lower(replace(o.number, '-', '')), o.total_minor, \
         o.created_at FROM ",
    );
    // CROSS JOIN makes SQLite begin with the times.
    sql.given(dialect, times(arrivals)).push(
        " AS t CROSS JOIN orders o WHERE o.created_at = t.at \
         AND NOT EXISTS (SELECT 1 FROM order_search s WHERE s.order_id = o.id) \
         ORDER BY o.created_at, o.id LIMIT ",
    );
    sql.int(most as i64);
    sql
}

fn leaving(dialect: Dialect, arrivals: &[Arrival]) -> Sql {
    let mut rows = Rows::default();
    rows.int("id", arrivals.iter().map(|arrival| arrival.id));
    let mut sql = Sql::new("DELETE FROM order_arrivals WHERE id IN (SELECT t.id FROM ");
    sql.given(dialect, rows).push(" AS t)");
    sql
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::explain::Planner;

    #[test]
    fn a_batch_is_of_whole_times() {
        let of = |orders: &[i64]| {
            let arrivals = orders.iter().map(|orders| Arrival {
                id: 1,
                at: 1,
                orders: *orders,
            });
            together(&arrivals.collect::<Vec<_>>(), 10).len()
        };
        assert_eq!(of(&[1, 1, 1]), 3);
        assert_eq!(of(&[9, 1]), 1);
        assert_eq!(of(&[20, 1]), 1, "what is more is for the next");
    }

    #[tokio::test]
    async fn what_arrives_is_read_by_its_time() {
        let planner = Planner::new().await;
        let dialect = planner.db.dialect();
        let arrivals = [Arrival {
            id: 1,
            at: 1,
            orders: 1,
        }];
        for (sql, index) in [
            (arrived(1), "orders_newest (created_at=?)"),
            (naming(dialect, &arrivals), "orders_newest (created_at=?)"),
            (
                naming(dialect, &arrivals),
                "l USING PRIMARY KEY (order_id=?)",
            ),
            (
                naming(dialect, &arrivals),
                "sold_names_variant (variant_id=?)",
            ),
            (
                entering(dialect, &arrivals, 1),
                "orders_newest (created_at=?)",
            ),
            (
                entering(dialect, &arrivals, 1),
                "sqlite_autoindex_order_search_1 (order_id=?)",
            ),
            (
                leaving(dialect, &arrivals),
                "order_arrivals USING INTEGER PRIMARY KEY",
            ),
            (lately(1), "orders_newest (created_at>?)"),
        ] {
            planner.by_index(sql, index).await;
        }
        planner.db.close().await;
    }
}
