//! Waiting rooms in the database.

use std::collections::HashMap;

use super::state::{Arrival, COLUMNS, Room};
use crate::{
    admission::{
        flow::{Bucket, Flow},
        place::bucket_at,
        ticket::TicketId,
    },
    clock::{Authority, Clock},
    db::{Dialect, Sql, Tx, from_row},
    error::Result,
    sale::lines::TIMES,
    store::Store,
};

const DAY: i64 = 24 * 60 * 60 * 1000;
/// How long it is remembered after a drop who was let in and what of.
const KEPT: i64 = 30 * DAY;

/// A room with what the database's clock says.
struct TimedRoom {
    room: Room,
    clock: i64,
}

from_row!(TimedRoom { room: row, clock });

/// Keeps others from giving out tickets and from moving a room until the transaction ends; the room, and the time by
/// the clock that counts. `None` if it is off or was never on.
pub async fn lock(
    tx: &mut Tx,
    dialect: Dialect,
    clock: &dyn Clock,
    drop_id: &str,
) -> Result<Option<(Room, i64)>> {
    let mut sql = Sql::new("SELECT drop_id FROM drop_rooms WHERE is_on = 1 AND drop_id = ");
    sql.text(drop_id).push(dialect.for_update());
    if sql.fetch_optional(&mut **tx).await?.is_none() {
        return Ok(None);
    }
    // After the lock: what was committed while it was waited for counts.
    let mut sql = Sql::new("SELECT ");
    sql.push(COLUMNS).push(", ").push(TIMES).push(", ");
    sql.push(dialect.time())
        .push(" AS clock FROM drop_rooms r JOIN drops d ON d.id = r.drop_id WHERE r.drop_id = ")
        .text(drop_id);
    let timed: TimedRoom = sql.fetch_one_as(&mut **tx).await?;
    let now = match clock.authority() {
        Authority::Database => timed.clock,
        Authority::Itself => clock.now(),
    };
    Ok(Some((timed.room, now)))
}

/// Counts tickets that are given out.
pub async fn count(tx: &mut Tx, room: &Room, arrival: Arrival, ids: &[TicketId]) -> Result<()> {
    let more = i64::try_from(ids.len()).unwrap_or(i64::MAX);
    match arrival {
        Arrival::Closed => Ok(()),
        Arrival::Early => {
            sqlx::query(
                "UPDATE drop_rooms SET tickets = tickets + $1, mix = $2 WHERE drop_id = $3",
            )
            .bind(more)
            .bind(room.mixed(ids)?.hex())
            .bind(&room.drop_id)
            .execute(&mut **tx)
            .await?;
            Ok(())
        }
        Arrival::Late { bucket, drawn_at } => {
            sqlx::query(
                "INSERT INTO room_buckets (drop_id, bucket, tickets) VALUES ($1, $2, $3) \
                 ON CONFLICT (drop_id, bucket) DO UPDATE SET \
                 tickets = room_buckets.tickets + excluded.tickets",
            )
            .bind(&room.drop_id)
            .bind(i64::from(bucket))
            .bind(more)
            .execute(&mut **tx)
            .await?;
            sqlx::query("UPDATE drop_rooms SET drawn_at = $1, last_bucket = $2 WHERE drop_id = $3")
                .bind(drawn_at)
                .bind(i64::from(bucket))
                .bind(&room.drop_id)
                .execute(&mut **tx)
                .await?;
            Ok(())
        }
    }
}

/// Writes how far a room has come. Buckets of whom all are let in are not needed any more.
pub async fn write(tx: &mut Tx, drop_id: &str, drawn_at: i64, flow: &Flow) -> Result<()> {
    sqlx::query(
        "UPDATE drop_rooms SET drawn_at = $1, admitted_to = $2, lapsed_to = $3, let_in = $4, pace = $5, \
         moved_at = $6, steps = $7 WHERE drop_id = $8",
    )
    .bind(drawn_at)
    .bind(flow.admitted_to)
    .bind(flow.lapsed_to)
    .bind(flow.let_in)
    .bind(flow.pace)
    .bind(flow.moved_at)
    .bind(serde_json::to_string(&flow.steps)?)
    .bind(drop_id)
    .execute(&mut **tx)
    .await?;
    sqlx::query("DELETE FROM room_buckets WHERE drop_id = $1 AND bucket < $2")
        .bind(drop_id)
        .bind(i64::from(bucket_at(flow.admitted_to)))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Drops whose rooms are to be moved.
pub async fn open(db: &Store, now: i64) -> Result<Vec<String>> {
    let mut sql = Sql::new(
        "SELECT r.drop_id FROM drop_rooms r JOIN drops d ON d.id = r.drop_id \
         WHERE r.is_on = 1 AND d.state = 'planned' AND (d.opens_at <= ",
    );
    sql.int(now)
        .push(" OR d.opened_at IS NOT NULL) AND (d.closes_at IS NULL OR d.closes_at > ")
        .int(now)
        .push(") ORDER BY r.drop_id");
    sql.fetch_values(db.reader()).await
}

/// Notes that a node places fewer orders than come.
pub async fn note_strain(db: &Store, now: i64) -> Result<()> {
    let mut tx = db.begin().await?;
    sqlx::query("UPDATE drop_rooms SET strained_at = $1 WHERE is_on = 1")
        .bind(now)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(())
}

/// Units of a drop that can be had, and orders of it by tickets from a place on.
pub async fn there(tx: &mut Tx, drop_id: &str, from: i64) -> Result<(i64, i64)> {
    let mut sql = Sql::new(
        "SELECT (SELECT CAST(COALESCE(SUM(remaining), 0) AS BIGINT) FROM drop_lines WHERE drop_id = ",
    );
    sql.text(drop_id)
        .push(") AS units, (SELECT COUNT(*) FROM room_uses WHERE drop_id = ")
        .text(drop_id)
        .push(" AND place >= ")
        .int(from)
        .push(") AS used");
    sql.fetch_one_as(&mut **tx).await
}

struct BucketOfDrop {
    drop_id: String,
    bucket: Bucket,
}

from_row!(Bucket { bucket, tickets });

from_row!(BucketOfDrop {
    drop_id,
    bucket: row
});

/// Counts of tickets by drop, of those who came after the start and are not all let in, in their order.
pub async fn buckets<'a>(
    read: impl sqlx::Executor<'_, Database = sqlx::Any>,
    dialect: Dialect,
    drops: impl IntoIterator<Item = &'a str>,
) -> Result<HashMap<String, Vec<Bucket>>> {
    let mut sql = Sql::new("SELECT drop_id, bucket, tickets FROM room_buckets WHERE drop_id");
    sql.among(dialect, drops).push(" ORDER BY drop_id, bucket");
    let all: Vec<BucketOfDrop> = sql.fetch_all_as(read).await?;
    let mut of: HashMap<String, Vec<Bucket>> = HashMap::new();
    for one in all {
        of.entry(one.drop_id).or_default().push(one.bucket);
    }
    Ok(of)
}

/// All buckets of a room, with the one that those share who came before the start.
pub fn with_early(room: &Room, late: Vec<Bucket>) -> Vec<Bucket> {
    let early = Bucket {
        bucket: 0,
        tickets: room.tickets,
    };
    std::iter::once(early).chain(late).collect()
}

/// A room with the units of its drop that can be had.
pub struct StockedRoom {
    pub room: Room,
    pub units: i64,
}

from_row!(StockedRoom { room: row, units });

/// Those of drops that take place or did lately.
pub async fn all(db: &Store, now: i64) -> Result<Vec<StockedRoom>> {
    let mut sql = Sql::new("SELECT ");
    sql.push(COLUMNS).push(", ").push(TIMES).push(
        ", (SELECT CAST(COALESCE(SUM(l.remaining), 0) AS BIGINT) FROM drop_lines l \
         WHERE l.drop_id = d.id) AS units FROM drop_rooms r JOIN drops d ON d.id = r.drop_id \
         WHERE r.is_on = 1 AND d.state <> 'draft' AND (d.closes_at IS NULL OR d.closes_at > ",
    );
    sql.int(now - DAY).push(")");
    sql.fetch_all_as(db.reader()).await
}

/// Units of a drop that orders hold which are not paid.
pub async fn being_paid(db: &Store, drop_id: &str) -> Result<i64> {
    let mut sql = Sql::new(
        "SELECT CAST(COALESCE(SUM(l.quantity), 0) AS BIGINT) AS n FROM orders o \
         JOIN order_lines l ON l.order_id = o.id \
         WHERE o.status IN ('awaiting_confirmation', 'pending_payment') AND l.drop_id = ",
    );
    sql.text(drop_id);
    sql.fetch_value(db.reader()).await
}

/// Forgets who was let into drops that are long over.
pub async fn drop_old(db: &Store, now: i64) -> Result<()> {
    let mut tx = db.begin().await?;
    for forgotten in ["DELETE FROM room_uses", "DELETE FROM room_buckets"] {
        let mut sql = Sql::new(forgotten);
        sql.push(" WHERE drop_id IN (SELECT id FROM drops WHERE closes_at < ")
            .int(now - KEPT)
            .push(" OR (state = 'called_off' AND state_at < ")
            .int(now - KEPT)
            .push("))");
        sql.execute(&mut *tx).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The address of an account, if its mailbox has proven itself.
pub async fn proven_address(db: &Store, account_id: &str) -> Result<Option<String>> {
    let mut sql = Sql::new("SELECT email FROM accounts WHERE verified_at IS NOT NULL AND id = ");
    sql.text(account_id);
    sql.fetch_optional_value(db.reader()).await
}
