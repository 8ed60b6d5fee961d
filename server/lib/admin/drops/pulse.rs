//! Each node writes what it has counted of drops that are near, once a second, as one row for each: what is counted
//! in between costs nothing. In the database, so that one page has the figures of all nodes whether Redis is there or not.

use std::{
    collections::{BTreeMap, HashMap},
    time::Duration,
};

use app::drops::room::ROOM_MINUTES;

use crate::{
    clock::Clock,
    db::{Sql, Tx},
    error::Result,
    ids::new_id,
    sale::tally::{self, Counts},
    store::Store,
    telemetry::{self, Sample},
};

const EVERY: Duration = Duration::from_secs(1);
const LIMIT: Duration = Duration::from_secs(4);
const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const DAY: i64 = 24 * 60 * MINUTE;
/// A node of which nothing is new says so this often.
pub const HEARTBEAT: i64 = 5 * SECOND;
/// From so long before the start on, a little longer than its waiting room is open.
const AHEAD: i64 = (ROOM_MINUTES + 5) * MINUTE;
/// How long a drop is near after its end.
const AFTER: i64 = 10 * MINUTE;

/// What a node measures of itself.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Measured {
    queue: i64,
    busy: i64,
    lock_seconds: f64,
    locks: f64,
}

impl Measured {
    fn of(samples: &[Sample]) -> Self {
        let sum = |name: &str, has: &dyn Fn(&Sample) -> bool| -> f64 {
            let named = samples.iter().filter(|sample| sample.name == name);
            named
                .filter(|sample| has(sample))
                .map(|sample| sample.value)
                .sum()
        };
        let all = |_: &Sample| true;
        let busy = |sample: &Sample| sample.label("outcome") == Some("busy");
        Self {
            queue: sum("holdfast_order_queue_depth", &all) as i64,
            busy: sum("holdfast_orders_total", &busy) as i64,
            lock_seconds: sum("holdfast_lock_wait_seconds_sum", &all),
            locks: sum("holdfast_lock_wait_seconds_count", &all),
        }
    }

    /// The mean wait for a lock since then, in microseconds; 0 if none was asked for.
    fn lock_us_since(&self, before: &Self) -> i64 {
        let (seconds, locks) = (
            self.lock_seconds - before.lock_seconds,
            self.locks - before.locks,
        );
        match locks > 0.0 {
            true => (seconds / locks * 1_000_000.0).max(0.0) as i64,
            false => 0,
        }
    }
}

/// What a row says.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    counts: Counts,
    busy: i64,
    queue: i64,
    lock_us: i64,
}

/// One run of a node.
pub struct Pulse {
    run: String,
    began_at: i64,
    /// What was written last of each drop, and when.
    told: HashMap<String, (i64, Row)>,
    /// What had been refused for want of time when a drop was first written.
    busy_before: HashMap<String, i64>,
    measured: Measured,
}

impl Pulse {
    pub fn new(now: i64) -> Self {
        Self {
            run: new_id(),
            began_at: now,
            told: HashMap::new(),
            busy_before: HashMap::new(),
            measured: Measured::default(),
        }
    }

    /// Writes what is new of drops that are near, and of others that something was counted of.
    pub async fn tick(&mut self, db: &Store, now: i64) -> Result<()> {
        let counted = tally::since_start();
        let new: Vec<&str> = counted
            .iter()
            .filter(|(id, counts)| {
                let told = self.told.get(*id);
                told.is_none_or(|(_, row)| row.counts != **counts)
            })
            .map(|(id, _)| id.as_str())
            .collect();
        let drops: Vec<String> = near(db, now, &new).fetch_values(db.reader()).await?;
        if drops.is_empty() {
            return Ok(());
        }
        let measured = Measured::of(&telemetry::samples());
        let due = self.due(now, drops, &counted, measured);
        self.measured = measured;
        if due.is_empty() {
            return Ok(());
        }
        let mut tx = db.begin().await?;
        for (drop_id, row) in &due {
            write(
                &mut tx,
                (drop_id.as_str(), self.run.as_str()),
                (self.began_at, now),
                row,
            )
            .await?;
        }
        tx.commit().await?;
        let told = due.into_iter().map(|(id, row)| (id, (now, row)));
        self.told.extend(told);
        Ok(())
    }

    fn due(
        &mut self,
        now: i64,
        drops: Vec<String>,
        counted: &BTreeMap<String, Counts>,
        measured: Measured,
    ) -> Vec<(String, Row)> {
        let lock_us = measured.lock_us_since(&self.measured);
        let mut due = Vec::new();
        for drop_id in drops {
            let before = self.busy_before.entry(drop_id.clone());
            let before = *before.or_insert(measured.busy);
            let row = Row {
                counts: counted.get(&drop_id).cloned().unwrap_or_default(),
                busy: measured.busy - before,
                queue: measured.queue,
                lock_us,
            };
            let is_due = self
                .told
                .get(&drop_id)
                .is_none_or(|(at, told)| *told != row || (now - at).abs() >= HEARTBEAT);
            if is_due {
                due.push((drop_id, row));
            }
        }
        due
    }
}

/// Drops that are near, and those of these that are there.
fn near(db: &Store, now: i64, counted: &[&str]) -> Sql {
    let mut sql =
        Sql::new("SELECT d.id FROM drops d WHERE (d.state = 'planned' AND d.opens_at <= ");
    sql.int(now + AHEAD)
        .push(" AND (d.opens_at > ")
        .int(now - DAY)
        .push(" OR d.closes_at > ")
        .int(now - AFTER)
        .push(") AND (d.closes_at IS NULL OR d.closes_at > ")
        .int(now - AFTER)
        .push("))");
    if !counted.is_empty() {
        sql.push(" OR d.id").among(db.dialect(), counted);
    }
    sql
}

async fn write(
    tx: &mut Tx,
    (drop_id, run): (&str, &str),
    (began_at, now): (i64, i64),
    row: &Row,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO drop_nodes (drop_id, run, began_at, told_at, arrivals, orders, units, refusals, \
         busy, queue, lock_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
         ON CONFLICT (drop_id, run) DO UPDATE SET told_at = excluded.told_at, \
         arrivals = excluded.arrivals, orders = excluded.orders, units = excluded.units, \
         refusals = excluded.refusals, busy = excluded.busy, queue = excluded.queue, \
         lock_us = excluded.lock_us",
    )
    .bind(drop_id)
    .bind(run)
    .bind(began_at)
    .bind(now)
    .bind(row.counts.arrivals)
    .bind(row.counts.orders)
    .bind(row.counts.units)
    .bind(serde_json::to_string(&row.counts.refusals)?)
    .bind(row.busy)
    .bind(row.queue)
    .bind(row.lock_us)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes for as long as it is polled.
pub async fn keep_telling(db: &Store, clock: &dyn Clock) {
    let mut every = tokio::time::interval(EVERY);
    every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut pulse = Pulse::new(clock.now());
    let mut failing = false;
    loop {
        every.tick().await;
        let told = tokio::time::timeout(LIMIT, pulse.tick(db, clock.now())).await;
        let failed = match told {
            Ok(Ok(())) => None,
            Ok(Err(error)) => Some(error.to_string()),
            Err(_) => Some("it took too long".to_owned()),
        };
        // Said once, not every second.
        if let Some(error) = &failed
            && !failing
        {
            tracing::warn!(%error, "figures of drops are not written, and will be later");
        }
        failing = failed.is_some();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(seconds: f64, locks: f64, busy: i64) -> Measured {
        Measured {
            lock_seconds: seconds,
            locks,
            busy,
            ..Measured::default()
        }
    }

    #[test]
    fn a_wait_is_the_mean_since_the_last_look() {
        let before = measured(1.0, 10.0, 0);
        assert_eq!(measured(1.5, 20.0, 0).lock_us_since(&before), 50_000);
        assert_eq!(before.lock_us_since(&before), 0, "none was asked for");
        let text = "holdfast_order_queue_depth 7\n\
            holdfast_orders_total{outcome=\"busy\"} 5\n\
            holdfast_orders_total{outcome=\"stands\"} 90\n";
        let read = Measured::of(&telemetry::parse(text));
        assert_eq!((read.queue, read.busy), (7, 5));
    }

    #[test]
    fn a_row_is_written_when_it_is_new_and_now_and_then() {
        let mut pulse = Pulse::new(0);
        let drops = || vec!["d".to_owned()];
        let mut counted = BTreeMap::new();
        let due = |pulse: &mut Pulse, now: i64, counted: &BTreeMap<String, Counts>, busy| {
            let due = pulse.due(now, drops(), counted, measured(0.0, 0.0, busy));
            let rows: Vec<Row> = due.iter().map(|(_, row)| row.clone()).collect();
            let told = due.into_iter().map(|(id, row)| (id, (now, row)));
            pulse.told.extend(told);
            rows
        };
        assert_eq!(due(&mut pulse, 0, &counted, 3)[0].busy, 0, "since this row");
        assert!(due(&mut pulse, SECOND, &counted, 3).is_empty());
        assert_eq!(due(&mut pulse, 2 * SECOND, &counted, 5)[0].busy, 2);
        assert_eq!(
            due(&mut pulse, 2 * SECOND + HEARTBEAT, &counted, 5).len(),
            1
        );
        counted.insert(
            "d".to_owned(),
            Counts {
                orders: 1,
                ..Counts::default()
            },
        );
        let at = 3 * SECOND + HEARTBEAT;
        assert_eq!(due(&mut pulse, at, &counted, 5)[0].counts.orders, 1);
    }
}
