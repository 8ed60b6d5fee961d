//! Waiting rooms in the database.

use std::collections::HashMap;

use app::drops::room::{ROOM_MINUTES, RoomBinding};
use sqlx::any::AnyRow;

use crate::{
    admission::{
        flow::{Bucket, Flow, Rules, Step},
        gate::Gate,
        place::{Secret, Seed, bucket_after, bucket_at},
        ticket::TicketId,
    },
    clock::{Authority, Clock},
    db::{Dialect, FromRow, Get, Sql, Tx},
    error::{Error, Result},
    sale::{
        lines::{TIMES, seed},
        terms::{Phase, Times},
    },
    store::Store,
};

const MINUTE: i64 = 60 * 1000;
const DAY: i64 = 24 * 60 * MINUTE;
/// How long it is remembered after a drop who was let in and what of.
const KEPT: i64 = 30 * DAY;

/// A room that is on, with how far it has come.
#[derive(Debug, Clone)]
pub struct Room {
    pub drop_id: String,
    pub slug: String,
    pub times: Times,
    pub binding: RoomBinding,
    pub rules: Rules,
    secret: String,
    mix: String,
    /// Tickets that were given out before the start.
    pub tickets: i64,
    pub drawn_at: Option<i64>,
    last_bucket: u32,
    pub flow: Flow,
    /// When a node last placed fewer orders than came.
    pub strained_at: Option<i64>,
}

const COLUMNS: &str = "r.drop_id, r.binding, r.per_minute, r.minutes, r.secret, r.mix, r.tickets, r.drawn_at, \
    r.last_bucket, r.admitted_to, r.lapsed_to, r.let_in, r.pace, r.moved_at, r.steps, r.strained_at, d.slug";

impl FromRow for Room {
    fn from_row(row: &AnyRow) -> Result<Self> {
        let steps: Vec<Step> = serde_json::from_str(&row.text("steps")?)?;
        let last_bucket = row.int("last_bucket")?;
        Ok(Self {
            drop_id: row.text("drop_id")?,
            slug: row.text("slug")?,
            times: Times::from_row(row)?,
            binding: row.read("binding")?,
            rules: Rules {
                per_minute: row.int("per_minute")?,
                minutes: row.int("minutes")?,
            },
            secret: row.text("secret")?,
            mix: row.text("mix")?,
            tickets: row.int("tickets")?,
            drawn_at: row.maybe_int("drawn_at")?,
            last_bucket: u32::try_from(last_bucket).unwrap_or_default(),
            flow: Flow {
                admitted_to: row.int("admitted_to")?,
                lapsed_to: row.int("lapsed_to")?,
                let_in: row.int("let_in")?,
                pace: row.int("pace")?,
                moved_at: row.maybe_int("moved_at")?,
                steps,
            },
            strained_at: row.maybe_int("strained_at")?,
        })
    }
}

/// Where a ticket goes that is asked for now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    /// Before the start: into the bucket that all of them share.
    Early,
    /// Behind all who came before.
    Late { bucket: u32, drawn_at: i64 },
    /// None is given out.
    Closed,
}

impl Room {
    pub fn opens_at(&self) -> i64 {
        self.times.opens_at - ROOM_MINUTES * MINUTE
    }

    /// The first bucket into which tickets may come that are asked for now.
    pub fn filling(&self, drawn_at: i64, now: i64) -> u32 {
        let last = self.last_bucket.max(bucket_at(self.flow.admitted_to));
        bucket_after(drawn_at, now, last)
    }

    pub fn arrival(&self, now: i64) -> Arrival {
        let late = |drawn_at| Arrival::Late {
            bucket: self.filling(drawn_at, now),
            drawn_at,
        };
        match (self.times.phase(now), self.drawn_at) {
            (None | Some(Phase::Over), _) => Arrival::Closed,
            (Some(Phase::Before), None) if now < self.opens_at() => Arrival::Closed,
            (Some(Phase::Before), None) => Arrival::Early,
            (Some(Phase::Open), None) => late(now),
            (Some(Phase::Before | Phase::Open), Some(drawn_at)) => late(drawn_at),
        }
    }

    fn secret(&self) -> Result<Secret> {
        let secret = Secret::of_hex(&self.secret);
        secret.ok_or_else(|| Error::Invariant("a waiting room has no secret".to_owned()))
    }

    pub fn commitment(&self) -> Result<String> {
        Ok(self.secret()?.commitment())
    }

    /// Secret and mix, once places are drawn.
    pub fn revealed(&self) -> Option<(&str, &str)> {
        self.drawn_at
            .map(|_| (self.secret.as_str(), self.mix.as_str()))
    }

    pub fn seed(&self) -> Result<Option<Seed>> {
        let drawn = self.drawn_at.map(|_| seed(&self.secret, &self.mix));
        drawn.transpose()
    }

    pub fn gate(&self) -> Result<Gate> {
        Ok(Gate {
            seed: self.seed()?,
            admitted_to: self.flow.admitted_to,
            lapsed_to: self.flow.lapsed_to,
        })
    }

    /// What the ids of the tickets come to with these.
    fn mixed(&self, ids: &[TicketId]) -> Result<TicketId> {
        let before = TicketId::of_hex(&self.mix);
        let before =
            before.ok_or_else(|| Error::Invariant("a waiting room has no mix".to_owned()))?;
        Ok(ids.iter().fold(before, |mix, id| mix.with(*id)))
    }
}

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
    let row = sql.fetch_one(&mut **tx).await?;
    let now = match clock.authority() {
        Authority::Database => row.int("clock")?,
        Authority::Itself => clock.now(),
    };
    Ok(Some((Room::from_row(&row)?, now)))
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
    let row = sql.fetch_one(&mut **tx).await?;
    Ok((row.int("units")?, row.int("used")?))
}

/// Counts of tickets by drop, of those who came after the start and are not all let in, in their order.
pub async fn buckets<'a>(
    read: impl sqlx::Executor<'_, Database = sqlx::Any>,
    dialect: Dialect,
    drops: impl IntoIterator<Item = &'a str>,
) -> Result<HashMap<String, Vec<Bucket>>> {
    let mut sql = Sql::new("SELECT drop_id, bucket, tickets FROM room_buckets WHERE drop_id");
    sql.among(dialect, drops).push(" ORDER BY drop_id, bucket");
    let mut of: HashMap<String, Vec<Bucket>> = HashMap::new();
    for row in sql.fetch_all(read).await? {
        let one = Bucket {
            bucket: u32::try_from(row.int("bucket")?).unwrap_or_default(),
            tickets: row.int("tickets")?,
        };
        of.entry(row.text("drop_id")?).or_default().push(one);
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

/// Rooms of drops that take place or did lately, with the units of each that can be had.
pub async fn all(db: &Store, now: i64) -> Result<Vec<(Room, i64)>> {
    let mut sql = Sql::new("SELECT ");
    sql.push(COLUMNS).push(", ").push(TIMES).push(
        ", (SELECT CAST(COALESCE(SUM(l.remaining), 0) AS BIGINT) FROM drop_lines l \
         WHERE l.drop_id = d.id) AS units FROM drop_rooms r JOIN drops d ON d.id = r.drop_id \
         WHERE r.is_on = 1 AND d.state <> 'draft' AND (d.closes_at IS NULL OR d.closes_at > ",
    );
    sql.int(now - DAY).push(")");
    let rows = sql.fetch_all(db.reader()).await?;
    rows.iter()
        .map(|row| Ok((Room::from_row(row)?, row.int("units")?)))
        .collect()
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
    for table in ["room_uses", "room_buckets"] {
        let mut sql = Sql::new(&format!(
            "DELETE FROM {table} WHERE drop_id IN (SELECT id FROM drops WHERE closes_at < "
        ));
        sql.int(now - KEPT)
            .push(" OR (state = 'called_off' AND state_at < ")
            .int(now - KEPT)
            .push("))");
        sql.execute(&mut *tx).await?;
    }
    tx.commit().await?;
    Ok(())
}
