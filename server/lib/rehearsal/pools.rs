//! How much of the pools of connections is in use, looked at again and again.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio_util::task::AbortOnDropHandle;

use super::figures::PoolFigures;
use crate::db::{Db, PoolUse};

const EVERY: Duration = Duration::from_millis(5);

/// Looks for as long as it is there.
pub struct PoolWatch {
    seen: Arc<Mutex<Vec<PoolFigures>>>,
    _work: AbortOnDropHandle<()>,
}

impl PoolWatch {
    pub fn begin(db: &Db) -> Self {
        let seen = Arc::<Mutex<Vec<PoolFigures>>>::default();
        let (db, noted) = (db.clone(), seen.clone());
        let work = tokio::spawn(async move {
            let mut every = tokio::time::interval(EVERY);
            every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
            loop {
                every.tick().await;
                let mut all = noted.lock().unwrap_or_else(PoisonError::into_inner);
                for pool in db.pools() {
                    note(&mut all, &pool);
                }
            }
        });
        Self {
            seen,
            _work: AbortOnDropHandle::new(work),
        }
    }

    pub fn end(self) -> Vec<PoolFigures> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.clone()
    }
}

fn note(all: &mut Vec<PoolFigures>, pool: &PoolUse) {
    let at = all.iter().position(|one| one.name == pool.name);
    let at = at.unwrap_or_else(|| {
        all.push(PoolFigures {
            name: pool.name,
            max: pool.max,
            most_used: 0,
            looks: 0,
            full: 0,
        });
        all.len() - 1
    });
    let one = &mut all[at];
    one.looks += 1;
    one.most_used = one.most_used.max(pool.used);
    one.full += u32::from(pool.used >= pool.max);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pool_is_full_when_all_that_it_may_open_are_in_use() {
        let mut all = Vec::new();
        for used in [0, 11, 12, 3] {
            note(
                &mut all,
                &PoolUse {
                    name: "all",
                    used,
                    idle: 0,
                    max: 12,
                },
            );
        }
        assert_eq!(all.len(), 1);
        let one = &all[0];
        assert_eq!((one.looks, one.full, one.most_used), (4, 1, 12));
        assert_eq!(one.full_percent(), 25);
    }
}
