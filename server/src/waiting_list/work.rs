//! What happens to those who wait by itself: offers whose time is over go on, who wanted to be told is told, and nobody is
//! kept longer than needed.

use std::collections::BTreeSet;

use crate::{
    db::Sql,
    error::Result,
    outbox::{Mail, queue_all},
    sale::seen::push_seen,
    store::{ChangeSet, Store},
    waits::settle::{OfDrop, settle},
};

use super::{
    changed,
    store::{lock, try_lock},
};

const DAY: i64 = 24 * 60 * 60 * 1000;
/// How long a link is kept that nobody confirms.
const UNCONFIRMED: i64 = 2 * DAY;
/// How long it is remembered what became of a wish.
const ENDED: i64 = 30 * DAY;
/// How long anybody waits.
const LONGEST: i64 = 365 * DAY;
/// Those that are told in one transaction.
const AT_ONCE: i64 = 500;

pub async fn run(db: &Store, now: i64) -> Result<()> {
    // What fails of it keeps nothing else from being done.
    let passed_on = pass_on(db, now).await;
    let told = tell_all(db, now).await;
    let forgotten = forget_old(db, now).await;
    passed_on.and(told).and(forgotten)
}

/// Passes on what was kept for too long: a line of a drop in each transaction, which keeps its variant for no longer.
/// One that is locked or fails holds up no other: it is waited for when all others are done. The first error is told.
pub async fn pass_on(db: &Store, now: i64) -> Result<()> {
    let mut sql = Sql::new(
        "SELECT DISTINCT w.drop_id, w.variant_id FROM waits w JOIN drops d ON d.id = w.drop_id \
         WHERE w.state = 'offered' AND (w.offered_until <= ",
    );
    sql.int(now)
        .push(" OR d.state <> 'planned' OR d.closes_at <= ")
        .int(now)
        .push(") ORDER BY w.drop_id, w.variant_id");
    let due: Vec<(String, String)> = sql.fetch_all_as(db.reader()).await?;
    let (mut locked, mut failed) = (Vec::new(), Ok(()));
    for (drop_id, variant_id) in &due {
        let line = OfDrop {
            drop_id,
            variant_id,
        };
        match pass_on_line(db, now, line, Locked::Later).await {
            Ok(Turn::Had) => {}
            Ok(Turn::Locked) => locked.push(line),
            Err(error) if error.is_unavailable() => return Err(error),
            Err(error) => failed = failed.and(Err(error)),
        }
    }
    for line in locked {
        let passed_on = pass_on_line(db, now, line, Locked::WaitedFor).await;
        failed = failed.and(passed_on.map(drop));
    }
    failed
}

/// What to do about a variant that someone else has locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Locked {
    Later,
    WaitedFor,
}

/// Whether a line had its turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    Had,
    Locked,
}

async fn pass_on_line(db: &Store, now: i64, line: OfDrop<'_>, locked: Locked) -> Result<Turn> {
    let (mut tx, dialect) = (db.begin().await?, db.dialect());
    match locked {
        Locked::WaitedFor => lock(&mut tx, dialect, line.variant_id).await?,
        Locked::Later => {
            if !try_lock(&mut tx, dialect, line.variant_id).await? {
                tx.rollback().await?;
                return Ok(Turn::Locked);
            }
        }
    }
    if settle(&mut tx, dialect, now, line).await?.is_none() {
        tx.rollback().await?;
        return Ok(Turn::Had);
    }
    let mut changes = ChangeSet::default();
    changed::note(&mut tx, dialect, &mut changes, line.variant_id).await?;
    changes.commit(tx, db).await?;
    Ok(Turn::Had)
}

/// Tells all who wanted to know when there is some again.
async fn tell_all(db: &Store, now: i64) -> Result<()> {
    while tell_some(db, now).await? >= AT_ONCE as usize {}
    Ok(())
}

/// Tells some of those who wanted to know when there is some again, each once.
async fn tell_some(db: &Store, now: i64) -> Result<usize> {
    let dialect = db.dialect();
    let mut sql = Sql::new(
        "SELECT w.id FROM waits w JOIN variants v ON v.id = w.variant_id \
         JOIN products p ON p.id = v.product_id WHERE w.state = 'waiting' AND w.drop_id IS NULL AND ",
    );
    push_seen(&mut sql, "p", now)
        .push(
            " AND ((v.available > 0 AND NOT EXISTS (SELECT 1 FROM drop_lines l JOIN drops d ON d.id = l.drop_id \
             WHERE l.variant_id = v.id AND d.state = 'planned' AND (d.closes_at IS NULL OR d.closes_at > ",
        )
        .int(now)
        .push(") AND (d.reveal_at IS NOT NULL OR d.opens_at <= ")
        .int(now)
        .push(
            "))) OR EXISTS (SELECT 1 FROM drop_lines l JOIN drops d ON d.id = l.drop_id \
             WHERE l.variant_id = v.id AND l.remaining > 0 AND d.state = 'planned' AND d.opens_at <= ",
        )
        .int(now)
        .push(" AND (d.closes_at IS NULL OR d.closes_at > ")
        .int(now)
        .push("))) ORDER BY w.state_at, w.id LIMIT ")
        .int(AT_ONCE);
    let due: Vec<String> = sql.fetch_values(db.reader()).await?;
    if due.is_empty() {
        return Ok(0);
    }
    let due: BTreeSet<String> = due.into_iter().collect();
    let mut tx = db.begin().await?;
    // Of nodes that do it at once, one notes each.
    let mut sql = Sql::new("UPDATE waits SET state = 'told', state_at = ");
    sql.int(now)
        .push(" WHERE state = 'waiting' AND id")
        .among(dialect, &due)
        .push(" RETURNING id");
    let told: Vec<String> = sql.fetch_values(&mut *tx).await?;
    let mails = told
        .into_iter()
        .map(|wait_id| Mail::BackInStock { wait_id });
    let mails: Vec<Mail> = mails.collect();
    queue_all(&mut tx, dialect, now, &mails).await?;
    tx.commit().await?;
    Ok(due.len())
}

/// Forgets those whom nobody needs any more, as those who wait for a drop that has been over for long. What is kept for
/// someone ends first.
async fn forget_old(db: &Store, now: i64) -> Result<()> {
    let mut tx = db.begin().await?;
    let mut sql = Sql::new("DELETE FROM waits WHERE (state = 'asked' AND state_at <= ");
    sql.int(now - UNCONFIRMED)
        .push(") OR (state IN ('lapsed', 'ordered', 'told') AND state_at <= ")
        .int(now - ENDED)
        .push(") OR (state = 'waiting' AND state_at <= ")
        .int(now - LONGEST)
        .push(
            ") OR (state = 'waiting' AND drop_id IN (SELECT d.id FROM drops d WHERE d.closes_at <= ",
        )
        .int(now - ENDED)
        .push(" OR (d.state = 'called_off' AND d.state_at <= ")
        .int(now - ENDED)
        .push(")))");
    sql.execute(&mut *tx).await?;
    tx.commit().await?;
    Ok(())
}
