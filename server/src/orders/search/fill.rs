//! Putting orders into `order_search`, behind their placing.
//!
//! The orders of [arrivals](super::super::arrivals) get their row here, and their short number, and the arrivals go. An
//! order's own changes reach its row by triggers.

use crate::{
    db::{Db, Dialect, Sql},
    error::Result,
    orders::{
        arrivals::{Arrival, Waiting, ids, orders, together},
        short_numbers,
    },
    store::Store,
};

/// Orders of one transaction, and arrivals that are looked at for it: on SQLite others wait for it, for some 50 ms.
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

/// Counts the orders of the last seconds, no further than a rush begins. Sorted, or Postgres takes it that so many are
/// soon found among all orders, and reads them from the first one on.
fn lately(now: i64) -> Sql {
    let mut sql =
        Sql::new("SELECT COUNT(*) AS n FROM (SELECT 1 AS one FROM orders o WHERE o.created_at >= ");
    sql.int(now - RUSH_MS)
        .push(" ORDER BY o.created_at DESC LIMIT ")
        .int(RUSH + 1);
    sql.push(") AS counted");
    sql
}

async fn fill_batch(db: &Db, most: usize) -> Result<Left> {
    let waits = Waiting::Any.any();
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
        true => Waiting::Any.read(&mut tx, most).await?,
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
    short_numbers::draw_for(&mut tx, dialect, together).await?;
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

/// Notes what their orders call the variants that were sold.
fn naming(dialect: Dialect, arrivals: &[Arrival]) -> Sql {
    let mut sql = Sql::new(
        "INSERT INTO sold_names (variant_id, product_slug, search_key) \
         SELECT DISTINCT COALESCE(l.variant_id, ''), l.product_slug, l.search_key \
         FROM order_lines l WHERE l.order_id",
    );
    sql.among(dialect, orders(arrivals)).push(
        " AND NOT EXISTS (SELECT 1 FROM sold_names s \
         WHERE s.variant_id = COALESCE(l.variant_id, '') AND s.product_slug = l.product_slug \
         AND s.search_key = l.search_key)",
    );
    sql
}

fn entering(dialect: Dialect, arrivals: &[Arrival], most: usize) -> Sql {
    let mut sql = Sql::new(
        "INSERT INTO order_search (order_id, key, total_minor, created_at) \
         SELECT o.id, o.search_key || ' ' || lower(replace(o.number, '-', '')), o.total_minor, \
         o.created_at FROM orders o WHERE o.id",
    );
    sql.among(dialect, orders(arrivals)).push(
        " AND NOT EXISTS (SELECT 1 FROM order_search s WHERE s.order_id = o.id) \
         ORDER BY o.created_at, o.id LIMIT ",
    );
    sql.int(most as i64);
    sql
}

fn leaving(dialect: Dialect, arrivals: &[Arrival]) -> Sql {
    let mut sql = Sql::new("DELETE FROM order_arrivals WHERE id IN (SELECT t.id FROM ");
    sql.given(dialect, ids(arrivals)).push(" AS t)");
    sql
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{db::explain::Planner, orders::arrivals::tests::of};

    #[tokio::test]
    async fn what_arrives_is_read_by_its_time() {
        let planner = Planner::new().await;
        let dialect = planner.db.dialect();
        let arrivals = of(&[1]);
        for (sql, index) in [
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
                "sqlite_autoindex_orders_1 (id=?)",
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
