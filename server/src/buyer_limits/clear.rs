//! Clearing what counts for nothing any more: orders outside of their window, rows of limits that are gone, turns
//! nobody takes.
//!
//! All is found by indexes, and goes in pieces with a transaction each until nothing is left, so that orders come in
//! between.

use super::{
    decide::Limit,
    store::{BATCH, DAY, LIMITS},
};
use crate::{
    db::{Db, Sql},
    error::Result,
};

/// How long the row of a turn is kept that nobody takes.
const TURN_KEPT: i64 = 60 * 60 * 1000;

pub async fn clear(db: &Db, now: i64) -> Result<()> {
    let limits: Vec<Limit> = Sql::new(LIMITS).fetch_all_as(db.reader()).await?;
    for limit in limits.iter().filter(|limit| limit.days > 0) {
        drop_all(db, USES, |sql| {
            push_uses(sql, &limit.id, Some(now - limit.days * DAY));
        })
        .await?;
    }
    let gone: Vec<String> = Sql::new(LIMITS_GONE).fetch_values(db.reader()).await?;
    for id in gone {
        drop_all(db, USES, |sql| push_uses(sql, &id, None)).await?;
    }
    drop_all(db, TURNS, |sql| push_turns(sql, now - TURN_KEPT)).await
}

/// Limits that have rows and are gone. Each limit with rows is one step in the index.
const LIMITS_GONE: &str = "WITH RECURSIVE seen (id) AS (\
    SELECT MIN(u.limit_id) FROM buyer_limit_uses u \
    UNION ALL SELECT (SELECT MIN(u.limit_id) FROM buyer_limit_uses u WHERE u.limit_id > s.id) \
    FROM seen s WHERE s.id IS NOT NULL) \
    SELECT s.id FROM seen s WHERE s.id IS NOT NULL \
    AND NOT EXISTS (SELECT 1 FROM buyer_limits l WHERE l.id = s.id)";

/// A table and what tells its rows apart.
type Table = (&'static str, &'static str);

const USES: Table = ("buyer_limit_uses", "buyer, limit_id, order_id");
const TURNS: Table = ("buyer_limit_turns", "limit_id, buyer");

/// Rows of a limit, of a time and before or all of them.
fn push_uses(sql: &mut Sql, limit_id: &str, until: Option<i64>) {
    sql.push("limit_id = ").text(limit_id);
    if let Some(until) = until {
        sql.push(" AND at <= ").int(until);
    }
}

fn push_turns(sql: &mut Sql, until: i64) {
    sql.push("at <= ").int(until);
}

/// Deletes the rows that `which` adds the condition of, until there are none. Those that are locked are in use:
/// nobody is waited for.
async fn drop_all(db: &Db, table: Table, which: impl Fn(&mut Sql)) -> Result<()> {
    loop {
        // Most of the time there is nothing to do: that is found out without a lock.
        let first = first(table, &which);
        if first.fetch_optional(db.reader()).await?.is_none() {
            return Ok(());
        }
        let mut dropping = dropping(table, &which);
        let dialect = db.dialect();
        dropping
            .push(dialect.for_update())
            .push(dialect.skip_locked())
            .push(")");
        let mut tx = db.begin().await?;
        let gone = dropping.execute(&mut *tx).await?;
        tx.commit().await?;
        if gone < BATCH as u64 {
            return Ok(());
        }
    }
}

fn first((table, key): Table, which: impl Fn(&mut Sql)) -> Sql {
    let mut sql = Sql::new(&format!("SELECT {key} FROM {table} WHERE "));
    which(&mut sql);
    sql.push(" LIMIT 1");
    sql
}

/// Without its last bracket, before which rows are locked.
fn dropping((table, key): Table, which: impl Fn(&mut Sql)) -> Sql {
    let mut sql = Sql::new(&format!(
        "DELETE FROM {table} WHERE ({key}) IN (SELECT {key} FROM {table} WHERE "
    ));
    which(&mut sql);
    sql.push(" LIMIT ").int(BATCH as i64);
    sql
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::explain::Planner;

    #[tokio::test]
    async fn what_is_cleared_is_found_by_indexes() {
        let planner = Planner::new().await;
        let of_time = |sql: &mut Sql| push_uses(sql, "l", Some(1));
        let of_limit = |sql: &mut Sql| push_uses(sql, "l", None);
        let turns = |sql: &mut Sql| push_turns(sql, 1);
        let whole = |mut sql: Sql| {
            sql.push(")");
            sql
        };
        for (sql, index) in [
            (
                first(USES, of_time),
                "buyer_limit_uses_limit (limit_id=? AND at<?)",
            ),
            (
                whole(dropping(USES, of_time)),
                "buyer_limit_uses_limit (limit_id=? AND at<?)",
            ),
            (
                whole(dropping(USES, of_limit)),
                "buyer_limit_uses_limit (limit_id=?)",
            ),
            (first(TURNS, turns), "buyer_limit_turns_at (at<?)"),
            (whole(dropping(TURNS, turns)), "buyer_limit_turns_at (at<?)"),
            (Sql::new(LIMITS_GONE), "buyer_limit_uses_limit (limit_id>?)"),
        ] {
            let steps = planner.by_index(sql, index).await;
            let scans = |step: &String| step.starts_with("SCAN") && step != "SCAN s";
            assert!(!steps.iter().any(scans), "{index}: {steps:#?}");
        }
        planner.db.close().await;
    }
}
