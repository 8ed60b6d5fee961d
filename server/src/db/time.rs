//! The database's time, which all nodes use.

use std::{
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use tokio::time::Instant;

use super::{Db, Get, Sql};
use crate::{
    clock::{Authority, Clock, SystemClock},
    error::Result,
};

/// Between two looks at the database's clock.
const EVERY: Duration = Duration::from_secs(5);
/// A look that takes longer says too little.
const PATIENCE: Duration = Duration::from_secs(2);

/// What the database's clock said, and when it was asked by a clock that nobody sets.
#[derive(Debug, Clone, Copy)]
struct Look {
    time: i64,
    /// When the answer was there.
    at: Instant,
}

/// A clock that follows the database's. It is never ahead of it, by as much as a look takes behind, and never
/// goes back.
#[derive(Clone)]
pub struct DatabaseClock(Arc<Shared>);

struct Shared {
    look: RwLock<Look>,
    /// The latest time that it has told.
    told: AtomicI64,
}

impl DatabaseClock {
    /// With a first look.
    pub async fn of(db: &Db) -> Result<Self> {
        let look = look(db).await?;
        Ok(Self(Arc::new(Shared {
            told: AtomicI64::new(look.time),
            look: RwLock::new(look),
        })))
    }

    /// Looks once more.
    pub async fn measure(&self, db: &Db) -> Result<()> {
        let look = look(db).await?;
        let off = look.time - SystemClock.now();
        metrics::gauge!("holdfast_clock_offset_seconds").set(off as f64 / 1000.0);
        *self.0.look.write().unwrap_or_else(PoisonError::into_inner) = look;
        Ok(())
    }

    /// Looks now and then, for as long as it is polled. While the database does not answer, time goes on by
    /// this machine's.
    pub async fn follow(&self, db: &Db) {
        let mut every = tokio::time::interval(EVERY);
        every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            every.tick().await;
            match tokio::time::timeout(PATIENCE, self.measure(db)).await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => tracing::debug!(%error, "the database's clock was not read"),
                Err(_) => tracing::debug!("the database's clock was not read in time"),
            }
        }
    }
}

async fn look(db: &Db) -> Result<Look> {
    let mut sql = Sql::new("SELECT ");
    sql.push(db.dialect().time()).push(" AS clock");
    let row = sql.fetch_one(db.control()).await?;
    // Taken once the answer is here: what it says was so some time before.
    let at = Instant::now();
    let time = row.int("clock")?;
    Ok(Look { time, at })
}

impl Clock for DatabaseClock {
    fn now(&self) -> i64 {
        let look = *self.0.look.read().unwrap_or_else(PoisonError::into_inner);
        let since = i64::try_from(look.at.elapsed().as_millis()).unwrap_or(i64::MAX);
        let now = look.time.saturating_add(since);
        self.0.told.fetch_max(now, Ordering::SeqCst).max(now)
    }

    fn authority(&self) -> Authority {
        Authority::Database
    }
}
