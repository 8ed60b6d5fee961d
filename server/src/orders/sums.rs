//! Sums of orders by time, which the dashboard and the live panel read instead of orders.
//!
//! What an order adds to them is appended in the transaction that writes it: by the batch that places it, and
//! by triggers when it changes (see the migration `0056_sums.sql`). Here that is added up, compared with the
//! orders themselves, and set right.

mod changes;
mod cover;
pub(super) mod rules;

pub use changes::{Added, appending};
pub use cover::{Piece, pieces};

use rules::{WRONG_OF_ORDERS, WRONG_OF_VARIANTS};

use crate::{
    db::{Db, Dialect, Sql, Tx},
    error::Result,
    store::Store,
};

/// Lengths of time that sums are kept for, in milliseconds: what tables call a span.
pub const SECOND: i64 = 1000;
pub const MINUTE: i64 = 60 * SECOND;
pub const QUARTER: i64 = 15 * MINUTE;
pub const DAY: i64 = 96 * QUARTER;

/// How long sums of single seconds are kept. What watches a sale looks back a minute.
const SECONDS_KEPT: i64 = 5 * MINUTE;
/// The same of single minutes of variants, of which an hour is looked at.
const MINUTES_KEPT: i64 = 120 * MINUTE;
/// Changes that are added up in one transaction: on SQLite orders wait for it, for a tenth of a second.
const fn at_most(dialect: Dialect) -> i64 {
    match dialect {
        Dialect::Sqlite => 20_000,
        Dialect::Postgres => 100_000,
    }
}
/// How often correcting begins again because a node was adding up.
const TRIES: usize = 10;

/// Sums that are made of changes.
struct Kind {
    sums: &'static str,
    /// Which of the changes are of them.
    which: &'static str,
    /// What each order, refund or line adds.
    shares: &'static str,
    /// What tells the sums of one span and time apart.
    keys: &'static [&'static str],
    values: &'static [&'static str],
    /// Longest last. The first is kept for a while only.
    spans: [i64; 3],
    first_kept: i64,
}

const ORDERS: Kind = Kind {
    sums: "order_sums",
    which: "c.variant_id IS NULL",
    shares: "order_shares",
    keys: &["currency"],
    values: &[
        "standing",
        "orders",
        "units",
        "gross_minor",
        "received_minor",
        "to_collect_minor",
        "refunds",
        "refunded_minor",
    ],
    spans: [SECOND, MINUTE, QUARTER],
    first_kept: SECONDS_KEPT,
};

const VARIANTS: Kind = Kind {
    sums: "variant_sums",
    which: "c.variant_id IS NOT NULL",
    shares: "variant_shares",
    keys: &["variant_id", "gone", "currency"],
    values: &["standing", "units", "gross_minor"],
    spans: [MINUTE, QUARTER, DAY],
    first_kept: MINUTES_KEPT,
};

const KINDS: [&Kind; 2] = [&ORDERS, &VARIANTS];

/// Whether there may be more to add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Left {
    Nothing,
    Something,
}

/// Adds up what was appended, a batch in each transaction, until nothing is left. One node does it at a
/// time; others leave it to that one.
pub async fn add_up(db: &Store, now: i64) -> Result<()> {
    loop {
        match add_batch(db, now).await {
            Ok(Left::Something) => {}
            Ok(Left::Nothing) => return Ok(()),
            // Another node did it at the same moment, and this one has changed nothing.
            Err(error) if error.is_transient() => {
                tracing::debug!(%error, "sums are added up later");
                return Ok(());
            }
            Err(error) => return Err(error),
        }
    }
}

async fn add_batch(db: &Store, now: i64) -> Result<Left> {
    // Most of the time there is nothing to do: that is found out without a lock.
    let waits = Sql::new("SELECT id FROM sum_changes LIMIT 1");
    if waits.fetch_optional(db.reader()).await?.is_none() {
        return Ok(Left::Nothing);
    }
    let mut tx = begin(db).await?;
    let dialect = db.dialect();
    let mut turn = Sql::new("SELECT id FROM sum_turns WHERE id = 1");
    turn.push(dialect.for_update()).push(dialect.skip_locked());
    let mut batch = Sql::new(
        "SELECT MAX(id) AS last, COUNT(*) AS n FROM (SELECT id FROM sum_changes ORDER BY id LIMIT ",
    );
    let most = at_most(dialect);
    batch.int(most).push(") AS batch");
    let is_ours = turn.fetch_optional(&mut *tx).await?.is_some();
    let (last, changes): (Option<i64>, i64) = batch.fetch_one_as(&mut *tx).await?;
    let Some(last) = last.filter(|_| is_ours) else {
        tx.rollback().await?;
        return Ok(Left::Nothing);
    };
    for kind in KINDS {
        let adding = kind.adding("sum_changes", |sql| {
            sql.push(kind.which).push(" AND c.id <= ").int(last);
        });
        adding.execute(&mut *tx).await?;
        kind.drop_short(&mut tx, now).await?;
    }
    let mut sql = Sql::new("DELETE FROM sum_changes WHERE id <= ");
    sql.int(last);
    sql.execute(&mut *tx).await?;
    tx.commit().await?;
    Ok(match changes < most {
        true => Left::Nothing,
        false => Left::Something,
    })
}

/// All statements see the same moment: what is committed meanwhile is neither added nor taken away.
async fn begin(db: &Db) -> Result<Tx> {
    let mut tx = db.begin().await?;
    if db.dialect() == Dialect::Postgres {
        sqlx::query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            .execute(&mut *tx)
            .await?;
    }
    Ok(tx)
}

impl Kind {
    /// Adds rows of changes or shares to the sums. They are written in the order of their key.
    fn adding(&self, from: &str, which: impl FnOnce(&mut Sql)) -> Sql {
        let [a, b, c] = self.spans;
        let (sums, keys, values) = (self.sums, self.keys.join(", "), self.values.join(", "));
        let of_each = |columns: &[&str], each: &dyn Fn(&str) -> String| {
            let columns: Vec<_> = columns.iter().map(|column| each(column)).collect();
            columns.join(", ")
        };
        let own_keys = of_each(self.keys, &|key| format!("c.{key}"));
        let summed = of_each(self.values, &|value| format!("SUM(c.{value})"));
        let added = of_each(self.values, &|value| {
            format!("{value} = {sums}.{value} + excluded.{value}")
        });
        let mut sql = Sql::new(&format!(
            "INSERT INTO {sums} (span, begins, {keys}, {values}) \
             SELECT w.span, c.at - c.at % w.span, {own_keys}, {summed} FROM {from} c \
             CROSS JOIN (SELECT CAST({a} AS BIGINT) AS span UNION ALL SELECT {b} UNION ALL SELECT {c}) w \
             WHERE "
        ));
        which(&mut sql);
        sql.push(format!(
            " GROUP BY w.span, c.at - c.at % w.span, {own_keys} \
             ORDER BY 1, 2, {own_keys} ON CONFLICT (span, begins, {keys}) DO UPDATE SET {added}"
        ));
        sql
    }

    /// Forgets the shortest spans that nothing looks back at.
    async fn drop_short(&self, tx: &mut Tx, now: i64) -> Result<()> {
        let mut sql = Sql::new(&format!("DELETE FROM {} WHERE span = ", self.sums));
        sql.int(self.spans[0])
            .push(" AND begins < ")
            .int(now - self.first_kept);
        sql.execute(&mut **tx).await?;
        Ok(())
    }

    /// Makes the sums from orders again. What is committed meanwhile has changes that stay.
    async fn make_again(&self, tx: &mut Tx, now: i64) -> Result<()> {
        Sql::new(&format!("DELETE FROM {}", self.sums))
            .execute(&mut **tx)
            .await?;
        self.adding(self.shares, |sql| {
            sql.push("(w.span > ").int(self.spans[0]);
            sql.push(" OR c.at >= ")
                .int(now - self.first_kept)
                .push(")");
        })
        .execute(&mut **tx)
        .await?;
        Ok(())
    }
}

/// Makes all sums from the orders again, if any is wrong, and tells how many were. The shop may be
/// open meanwhile: on Postgres nobody waits.
pub async fn correct(db: &Store, now: i64) -> Result<i64> {
    let mut tries = 0;
    loop {
        tries += 1;
        match correct_once(db, now).await {
            // A node was adding up when it began.
            Err(error) if error.is_transient() && tries < TRIES => {
                tracing::debug!(%error, "sums are corrected once more");
            }
            corrected => return corrected,
        }
    }
}

async fn correct_once(db: &Store, now: i64) -> Result<i64> {
    let mut tx = begin(db).await?;
    let mut turn = Sql::new("SELECT id FROM sum_turns WHERE id = 1");
    turn.push(db.dialect().for_update());
    turn.fetch_one(&mut *tx).await?;
    let mut wrong = 0;
    for rule in [WRONG_OF_ORDERS, WRONG_OF_VARIANTS] {
        let counted = Sql::new(&format!("SELECT COUNT(*) FROM ({rule}) wrong"));
        wrong += counted.fetch_value::<i64>(&mut *tx).await?;
    }
    if wrong == 0 {
        tx.rollback().await?;
        return Ok(0);
    }
    Sql::new("DELETE FROM sum_changes")
        .execute(&mut *tx)
        .await?;
    for kind in KINDS {
        kind.make_again(&mut tx, now).await?;
    }
    tx.commit().await?;
    Ok(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::explain::Planner;

    #[tokio::test]
    async fn short_spans_are_forgotten_by_the_key() {
        let planner = Planner::new().await;
        for kind in KINDS {
            let mut sql = Sql::new(&format!("DELETE FROM {} WHERE span = ", kind.sums));
            sql.int(kind.spans[0]).push(" AND begins < ").int(1);
            planner
                .by_index(sql, "PRIMARY KEY (span=? AND begins<?)")
                .await;
        }
        planner.db.close().await;
    }
}
