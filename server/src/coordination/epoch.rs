//! The catalogue's epoch in the database: for changes that nodes could not be told of.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering},
    },
    time::Duration,
};

use sqlx::{Any, Pool};
use tokio::time::{Instant, timeout};

use crate::{
    db::{Db, Sql},
    error::Result,
};

/// How old a node's look at the epoch may be while others may announce through it. Who raises the
/// epoch waits so long before it answers; and fifty looks a second of each node cost a database nothing.
pub const LEASE: Duration = Duration::from_millis(20);
/// How long a request waits for a look: long enough for a database that is only busy. One that does
/// not answer is gone, and takes no edit that others would have to hear of from it.
const TIMEOUT: Duration = Duration::from_secs(1);
/// The same while the last look did not come back.
const PATIENCE_WHILE_GONE: Duration = Duration::from_millis(30);
/// After a look that nobody waited for any longer the next one is not tried sooner.
const PAUSE: Duration = Duration::from_millis(200);

/// What this process knows of the epoch.
#[derive(Clone, Default)]
pub struct Epoch(Arc<Known>);

#[derive(Default)]
struct Known {
    number: AtomicI64,
    /// Changes that are not in the database's epoch yet.
    owed: AtomicU64,
    last: Mutex<Option<Look>>,
    looking: Arc<tokio::sync::Mutex<()>>,
    /// The last look failed, or took longer than [`TIMEOUT`].
    is_gone: AtomicBool,
}

/// A look that has ended, however it did.
#[derive(Clone, Copy)]
struct Look {
    /// From when on someone may look again, and everyone else uses this one.
    ageing: Instant,
    /// From when on no one uses it.
    until: Instant,
}

/// Of the last look, for a call.
#[derive(Debug, PartialEq, Eq)]
enum Age {
    Fresh,
    Ageing,
    Old,
}

impl Epoch {
    pub fn number(&self) -> i64 {
        self.0.number.load(Ordering::SeqCst)
    }

    /// Whether this process changed something that no other knows of.
    pub fn is_owed(&self) -> bool {
        self.0.owed.load(Ordering::SeqCst) > 0
    }

    /// Raises the epoch for a change, now or as soon as the database takes it. When this returns,
    /// every node that looks has seen it.
    pub async fn raise(&self, db: &Db) {
        self.0.owed.fetch_add(1, Ordering::SeqCst);
        if self.settle(db).await {
            tokio::time::sleep(LEASE).await;
        }
    }

    /// Raises the epoch for what is owed. Tells whether nothing is owed of what was before.
    pub async fn settle(&self, db: &Db) -> bool {
        let owed = self.0.owed.load(Ordering::SeqCst);
        if owed == 0 {
            return true;
        }
        match raise(db).await {
            Ok(number) => {
                self.0.number.fetch_max(number, Ordering::SeqCst);
                // Another caller may have settled the same: what is owed twice is only raised twice.
                let less = |now: u64| Some(now.saturating_sub(owed));
                let _ = self
                    .0
                    .owed
                    .fetch_update(Ordering::SeqCst, Ordering::SeqCst, less);
                true
            }
            Err(error) => {
                tracing::warn!(%error, "a change could not be announced yet and will be retried");
                false
            }
        }
    }

    /// Looks, unless someone has within [`LEASE`] or since the call.
    pub async fn refresh(&self, reader: &Pool<Any>) {
        let called = Instant::now();
        match self.age(called) {
            Age::Fresh => return,
            Age::Ageing => {
                // Someone looks now, so that nobody has to wait when this look is too old.
                if let Ok(turn) = self.0.looking.clone().try_lock_owned() {
                    let (this, reader) = (self.clone(), reader.clone());
                    tokio::spawn(async move {
                        this.renew(&reader).await;
                        drop(turn);
                    });
                }
                return;
            }
            Age::Old => {}
        }
        let (this, reader) = (self.clone(), reader.clone());
        // In a task of its own, which is always polled: a caller that is not would keep the turn, and
        // with it everybody.
        let looking = tokio::spawn(async move {
            let _turn = this.0.looking.lock().await;
            if this.age(called) == Age::Old {
                this.renew(&reader).await;
            }
        });
        let _ = looking.await;
    }

    /// For the one that has the turn.
    async fn renew(&self, reader: &Pool<Any>) {
        // Before the look: what is raised while it is under way may not be in it.
        let began = Instant::now();
        let is_seen = if self.0.is_gone.load(Ordering::SeqCst) {
            let (this, reader) = (self.clone(), reader.clone());
            // It goes on when nobody waits for it: a database that is back is noticed, however slow
            // it is.
            let looking = tokio::spawn(async move { this.look_in_time(&reader).await });
            matches!(timeout(PATIENCE_WHILE_GONE, looking).await, Ok(Ok(true)))
        } else {
            self.look_in_time(reader).await
        };
        let (ageing, until) = if is_seen {
            (began + LEASE * 3 / 4, began + LEASE)
        } else {
            let until = Instant::now() + PAUSE;
            (until, until)
        };
        let look = Look { ageing, until };
        *self.0.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(look);
    }

    /// Tells whether the database answered.
    async fn look_in_time(&self, reader: &Pool<Any>) -> bool {
        let looked = timeout(TIMEOUT, self.look(reader)).await;
        let is_seen = matches!(looked, Ok(Ok(())));
        self.0.is_gone.store(!is_seen, Ordering::SeqCst);
        is_seen
    }

    fn age(&self, call: Instant) -> Age {
        let last = *self.0.last.lock().unwrap_or_else(PoisonError::into_inner);
        match last {
            // Also for those who called before it began.
            Some(look) if call < look.ageing => Age::Fresh,
            Some(look) if Instant::now() < look.until => Age::Ageing,
            _ => Age::Old,
        }
    }

    pub async fn look(&self, reader: &Pool<Any>) -> Result<()> {
        let number = Sql::new("SELECT number FROM catalog_epoch")
            .fetch_value(reader)
            .await?;
        self.0.number.fetch_max(number, Ordering::SeqCst);
        Ok(())
    }
}

async fn raise(db: &Db) -> Result<i64> {
    let mut tx = db.begin().await?;
    let number = Sql::new("UPDATE catalog_epoch SET number = number + 1 RETURNING number")
        .fetch_value(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(number)
}

#[cfg(test)]
mod tests {
    use futures_util::future::FutureExt;
    use sqlx::any::{AnyPoolOptions, install_default_drivers};

    use super::*;

    /// With one connection: who holds it lets looks wait as long as a database that is busy.
    async fn database() -> Pool<Any> {
        install_default_drivers();
        let pool = AnyPoolOptions::new().max_connections(1);
        let pool = pool.connect("sqlite::memory:").await.unwrap();
        for sql in [
            "CREATE TABLE catalog_epoch (number BIGINT NOT NULL)",
            "INSERT INTO catalog_epoch VALUES (7)",
        ] {
            sqlx::query(sql).execute(&pool).await.unwrap();
        }
        pool
    }

    #[tokio::test]
    async fn a_busy_database_is_waited_for() {
        let pool = database().await;
        let epoch = Epoch::default();
        let busy = pool.acquire().await.unwrap();
        let release = async {
            tokio::time::sleep(10 * PATIENCE_WHILE_GONE).await;
            drop(busy);
        };
        tokio::join!(epoch.refresh(&pool), release);
        assert_eq!(epoch.number(), 7);
    }

    #[tokio::test]
    async fn one_that_is_gone_is_waited_for_once_and_noticed_when_it_is_back() {
        let pool = database().await;
        let epoch = Epoch::default();
        let busy = pool.acquire().await.unwrap();
        epoch.refresh(&pool).await;
        assert!(epoch.0.is_gone.load(Ordering::SeqCst));
        tokio::time::sleep(PAUSE).await;
        let again = Instant::now();
        epoch.refresh(&pool).await;
        assert!(again.elapsed() < TIMEOUT, "nobody waits so long twice");
        drop(busy);
        let back = async {
            while epoch.number() != 7 {
                epoch.refresh(&pool).await;
                tokio::time::sleep(LEASE).await;
            }
        };
        timeout(60 * TIMEOUT, back).await.expect("it is noticed");
        assert!(!epoch.0.is_gone.load(Ordering::SeqCst));
    }

    #[tokio::test]
    async fn those_who_come_during_a_look_share_the_next() {
        let pool = database().await;
        let epoch = Epoch::default();
        let called = Instant::now();
        epoch.refresh(&pool).await;
        let later = Instant::now() + LEASE;
        tokio::time::sleep_until(later).await;
        assert_eq!(epoch.age(called), Age::Fresh, "it was begun since");
        assert_eq!(epoch.age(later), Age::Old);
    }

    #[tokio::test]
    async fn a_caller_that_is_not_polled_keeps_nobody_waiting() {
        let pool = database().await;
        let epoch = Epoch::default();
        let busy = pool.acquire().await.unwrap();
        let mut idle = Box::pin(epoch.refresh(&pool));
        assert!(idle.as_mut().now_or_never().is_none(), "it has begun");
        // Its look is under way, or it would not be the first one.
        while epoch.0.looking.try_lock().is_ok() {
            tokio::task::yield_now().await;
        }
        drop(busy);
        let others = timeout(60 * TIMEOUT, epoch.refresh(&pool)).await;
        others.expect("others look");
        assert_eq!(epoch.number(), 7);
        drop(idle);
    }

    #[tokio::test]
    async fn a_look_is_renewed_before_it_is_too_old() {
        let pool = database().await;
        let epoch = Epoch::default();
        epoch.refresh(&pool).await;
        let ageing = |epoch: &Epoch| {
            let mut last = epoch.0.last.lock().unwrap();
            let look = last.as_mut().unwrap();
            look.ageing = Instant::now();
            look.until = look.ageing + TIMEOUT;
            look.until
        };
        let first = ageing(&epoch);
        let busy = pool.acquire().await.unwrap();
        assert_eq!(epoch.age(Instant::now()), Age::Ageing);
        epoch.refresh(&pool).await;
        assert_eq!(
            epoch.0.last.lock().unwrap().unwrap().until,
            first,
            "nobody waited"
        );
        drop(busy);
        let renewed = async {
            while epoch.0.last.lock().unwrap().unwrap().until == first {
                tokio::task::yield_now().await;
            }
        };
        timeout(60 * TIMEOUT, renewed).await.expect("it is renewed");
    }
}
