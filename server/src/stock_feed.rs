//! How many there are of what shoppers look at, told to them as it changes.
//!
//! One task per node reads for all of them, from the first watcher to the last, so the database
//! answers one query per [`EVERY`] at most, whatever the number of shoppers. Events only say where
//! to look: numbers come from the database.

mod registry;
mod state;

use std::{
    future::pending,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use app::catalog::{stock::StockUpdate, types::Units};
use tokio::{
    sync::{
        Notify,
        broadcast::{self, error::RecvError},
    },
    time::{Instant, MissedTickBehavior, interval_at, sleep_until, timeout},
};

pub use registry::{Limits, Registry, Streams, Subscription};
use state::{Changes, OnSale, State};

use crate::{
    coordination::Event,
    db::{Sql, from_row},
    error::Result,
    sale::{lines::Lines, seen::push_seen, taken, terms::Shelf},
    store::Store,
};

/// The least time between two reads, and so between two updates of a watcher.
pub const EVERY: Duration = Duration::from_millis(350);
/// How long at most a change stays unseen that no event tells of: one that was lost, a product
/// taken off sale, an import by another process.
const EVERYTHING: Duration = Duration::from_secs(5);
/// How far ahead the start or the end of a drop is waited for: what comes later is found when everything is read.
const AHEAD: Duration = Duration::from_secs(10);
/// A read that takes longer is given up and begun again.
const TIMEOUT: Duration = Duration::from_secs(5);
/// How many updates a watcher may be behind before it is given all numbers again.
const BEHIND: usize = 32;

/// The live stock of one node.
#[derive(Clone)]
pub struct StockFeed(Arc<Shared>);

struct Shared {
    db: Store,
    registry: Registry,
    state: Mutex<State>,
    /// Tells the task that there is something to do, or nobody left to do it for.
    wake: Notify,
    told: broadcast::Sender<Arc<Changes>>,
}

impl StockFeed {
    pub fn new(db: Store, limits: Limits) -> Self {
        Self(Arc::new(Shared {
            db,
            registry: Registry::new(Streams::Stock, limits),
            state: Mutex::default(),
            wake: Notify::new(),
            told: broadcast::Sender::new(BEHIND),
        }))
    }

    /// Room for one more shopper who stays; `client` is the address it comes from. `None` when
    /// the node, or this client, has as many as it may.
    pub fn subscribe(&self, client: &str) -> Option<Subscription> {
        self.0.registry.take(client)
    }

    /// Watches variants, by their ids, for as long as what is returned lives.
    pub fn watch(&self, ids: Vec<String>) -> Watcher {
        let told = self.0.told.subscribe();
        let mut state = self.0.state();
        state.watch(&ids);
        if !state.tended {
            state.tended = true;
            tokio::spawn(tend(self.0.clone()));
        }
        drop(state);
        self.0.wake.notify_one();
        Watcher {
            shared: self.0.clone(),
            ids,
            told,
            seen: 0,
        }
    }
}

/// Someone who wants to know of some variants.
pub struct Watcher {
    shared: Arc<Shared>,
    ids: Vec<String>,
    told: broadcast::Receiver<Arc<Changes>>,
    /// The last round whose numbers this watcher has.
    seen: u64,
}

impl Watcher {
    /// The numbers of all variants watched, at once or as soon as they have been read.
    pub async fn all(&mut self) -> StockUpdate {
        loop {
            if let Some((round, variants)) = self.shared.state().known(&self.ids) {
                self.seen = round;
                return StockUpdate { variants };
            }
            // Whatever is told is a reason to look again, even that some of it was missed.
            if let Err(RecvError::Closed) = self.told.recv().await {
                return pending().await;
            }
        }
    }

    /// The next numbers that differ from those of before.
    pub async fn next(&mut self) -> StockUpdate {
        loop {
            let changes = match self.told.recv().await {
                Ok(changes) => changes,
                Err(RecvError::Lagged(_)) => return self.all().await,
                Err(RecvError::Closed) => return pending().await,
            };
            // What was told before all was asked for is out of date.
            if changes.round <= self.seen {
                continue;
            }
            let ours = self.ids.iter().filter_map(|id| changes.variants.get(id));
            let variants: Vec<_> = ours.cloned().collect();
            if !variants.is_empty() {
                return StockUpdate { variants };
            }
        }
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        let mut state = self.shared.state();
        state.leave(&self.ids);
        if !state.is_watched() {
            self.shared.wake.notify_one();
        }
    }
}

/// What the task is to do.
enum Next {
    Read(Instant),
    Wait,
    End,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next(&self) -> Next {
        let mut state = self.state();
        if !state.is_watched() {
            state.tended = false;
            return Next::End;
        }
        if !state.is_due() {
            return Next::Wait;
        }
        let now = Instant::now();
        Next::Read(state.read.map_or(now, |read| now.max(read + EVERY)))
    }

    fn heard(&self, event: Result<Event, RecvError>) {
        let mut state = self.state();
        match event {
            Ok(Event::Stock { variants }) => state.are_due(variants),
            Ok(Event::Missed) | Err(_) => state.everything_is_due(),
        }
    }

    /// Reads what is due and tells what is different. What could not be read stays due.
    async fn read(&self) -> Result<(), LostDatabase> {
        let ids = self.state().take_due();
        let read = timeout(TIMEOUT, read_units(&self.db, &ids)).await;
        let mut state = self.state();
        state.read = Some(Instant::now());
        let outcome = match read {
            Ok(Ok(read)) => {
                // Told under the lock: who asks for all numbers has them of this round, or not.
                state.turns_in(read.turn);
                if let Some(changes) = state.keep(ids, &read) {
                    // Nobody may be left to hear it.
                    let _ = self.told.send(Arc::new(changes));
                }
                Ok(())
            }
            failed => {
                state.are_due(ids);
                Err(match failed {
                    Ok(Err(error)) => error.to_string(),
                    _ => "no answer in time".to_owned(),
                })
            }
        };
        drop(state);
        outcome.map_err(LostDatabase)
    }
}

/// Why nothing could be read.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct LostDatabase(String);

/// Reads for all watchers, until there are none.
async fn tend(shared: Arc<Shared>) {
    // Before anything is read: what changes after the read is heard of.
    let mut events = shared.db.freshness().subscribe();
    let mut open = true;
    let mut everything = interval_at(Instant::now() + EVERYTHING, EVERYTHING);
    everything.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut failing = false;
    loop {
        let due = match shared.next() {
            Next::Read(at) => Some(at),
            Next::Wait => None,
            Next::End => return,
        };
        let turn = shared.state().turn;
        tokio::select! {
            () = shared.wake.notified() => {}
            event = events.recv(), if open => {
                open = !matches!(event, Err(RecvError::Closed));
                shared.heard(event);
            }
            _ = everything.tick() => shared.state().everything_is_due(),
            () = reached(turn) => {
                let mut state = shared.state();
                state.turn = None;
                state.everything_is_due();
            }
            () = reached(due) => {
                let outcome = shared.read().await;
                // Said once, not at every try.
                if let Err(error) = &outcome && !failing {
                    tracing::warn!(%error, "live stock cannot be read and will be retried");
                }
                failing = outcome.is_err();
            }
        }
    }
}

async fn reached(at: Option<Instant>) {
    match at {
        Some(at) => sleep_until(at).await,
        None => pending().await,
    }
}

/// How long it is until the first of these moments that is soon, in milliseconds since 1970 as `now` is.
fn first_ahead(moments: impl Iterator<Item = i64>, now: i64) -> Option<Duration> {
    let ahead = moments.filter(|at| *at > now).min()?;
    let ahead = Duration::from_millis(ahead.abs_diff(now));
    (ahead <= AHEAD).then_some(ahead)
}

/// A variant without what drops say of it.
struct OnShelf {
    id: String,
    units: Units,
    price_minor: i64,
    sold_from: i64,
    low_stock: i64,
}

from_row!(OnShelf {
    id,
    units: row,
    price_minor,
    sold_from,
    low_stock,
});

/// What there is of those that are on sale.
async fn read_units(db: &Store, ids: &[String]) -> Result<OnSale> {
    let now = db.now();
    let mut sql = Sql::new(
        "SELECT v.id, v.available, CASE WHEN v.tracked = 1 THEN v.stock ELSE v.available END AS on_shelf, \
         v.price_minor, p.sold_from, (SELECT low_stock FROM shop_settings WHERE id = 1) AS low_stock \
         FROM variants v JOIN products p ON p.id = v.product_id WHERE v.id",
    );
    sql.push(db.dialect().in_json_array(1))
        .bind(serde_json::to_string(ids)?);
    sql.push(" AND ");
    push_seen(&mut sql, "p", now);
    let mut connection = db.reader().acquire().await?;
    let rows: Vec<OnShelf> = sql.fetch_all_as(&mut *connection).await?;
    let seen: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    let lines = Lines::of_variants(&mut connection, db.dialect(), now, &seen).await?;
    metrics::counter!("holdfast_stock_reads_total").increment(1);
    let beside = rows.iter().map(|row| row.sold_from);
    let moments = lines.all().flat_map(|line| line.times.moments());
    let moments = moments.chain(beside);
    let mut read = OnSale {
        turn: first_ahead(moments, now),
        ..OnSale::default()
    };
    for row in rows {
        read.low_stock = row.low_stock;
        let shelf = Shelf {
            active: true,
            shown_from: 0,
            sold_from: row.sold_from,
            units: row.units.available,
            price_minor: row.price_minor,
        };
        let there = lines.terms(&row.id, shelf).there(row.units);
        read.units.insert(row.id, there);
    }
    let sold_out = read.units.iter().filter(|(_, units)| units.available <= 0);
    let sold_out: Vec<&str> = sold_out.map(|(id, _)| id.as_str()).collect();
    let taken = taken::of_variants(&mut connection, db.dialect(), &sold_out).await?;
    let paying = taken
        .into_iter()
        .map(|(id, taken)| (id, (taken.units, taken.minutes(now))));
    read.paying = paying.collect();
    Ok(read)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{AHEAD, first_ahead};

    #[test]
    fn what_begins_soon_is_waited_for() {
        let ahead = |moments: &[i64]| first_ahead(moments.iter().copied(), 1_000);
        assert_eq!(ahead(&[]), None);
        assert_eq!(ahead(&[900, 1_000]), None, "that has passed");
        let soon = Some(Duration::from_millis(1));
        assert_eq!(ahead(&[5_000, 1_001, 900]), soon);
        let most = i64::try_from(AHEAD.as_millis()).unwrap();
        assert_eq!(ahead(&[1_000 + most]), Some(AHEAD));
        assert_eq!(ahead(&[1_001 + most]), None, "there is a read before");
    }
}
