//! When what shoppers see changes by itself. Everything that is kept of the catalogue is kept under the last
//! such moment, so nobody finds what was made before it: see
//! [`Freshness::stamp`](crate::coordination::freshness::Freshness::stamp).

use std::sync::{Arc, PoisonError, RwLock};

use async_trait::async_trait;
use sqlx::{Any, Pool};

use super::{lines::TIMES, terms::Times};
use crate::{
    clock::Clock,
    coordination::{Unavailable, moments::Moments},
    db::Sql,
    error::Result,
};

/// The moments of all drops, as they were planned in one generation.
struct Known {
    generation: String,
    /// In their order.
    moments: Arc<[i64]>,
}

pub struct DropMoments {
    reader: Pool<Any>,
    clock: Arc<dyn Clock>,
    known: RwLock<Option<Known>>,
    reading: tokio::sync::Mutex<()>,
}

impl DropMoments {
    pub fn new(reader: Pool<Any>, clock: Arc<dyn Clock>) -> Self {
        Self {
            reader,
            clock,
            known: RwLock::default(),
            reading: tokio::sync::Mutex::default(),
        }
    }

    fn known(&self, generation: &str) -> Option<Arc<[i64]>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let known = known.as_ref()?;
        (known.generation == generation).then(|| known.moments.clone())
    }

    async fn moments(&self, generation: &str) -> Result<Arc<[i64]>> {
        if let Some(moments) = self.known(generation) {
            return Ok(moments);
        }
        let _turn = self.reading.lock().await;
        if let Some(moments) = self.known(generation) {
            return Ok(moments);
        }
        let mut sql = Sql::new("SELECT ");
        sql.push(TIMES)
            .push(" FROM drops d WHERE d.state = 'planned'");
        let times: Vec<Times> = sql.fetch_all_as(&self.reader).await?;
        let moments = ordered(&times);
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = Some(Known {
            generation: generation.to_owned(),
            moments: moments.clone(),
        });
        Ok(moments)
    }
}

fn ordered(times: &[Times]) -> Arc<[i64]> {
    let mut moments: Vec<i64> = times.iter().flat_map(Times::moments).collect();
    moments.sort_unstable();
    moments.dedup();
    moments.into()
}

/// The last of `moments`, which are in their order, that has passed.
fn last(moments: &[i64], now: i64) -> i64 {
    let passed = moments.partition_point(|moment| *moment <= now);
    passed.checked_sub(1).map_or(0, |at| moments[at])
}

#[async_trait]
impl Moments for DropMoments {
    async fn last(&self, generation: &str) -> Result<i64, Unavailable> {
        let moments = self.moments(generation).await;
        let moments = moments.map_err(|error| {
            tracing::debug!(%error, "drops cannot be read, so nothing is kept");
            Unavailable
        })?;
        Ok(last(&moments, self.clock.now()))
    }
}

#[cfg(test)]
mod tests {
    use super::last;

    #[test]
    fn a_moment_has_passed_when_it_is_there() {
        let moments = [10, 20];
        let at = [9, 10, 19, 20, 99].map(|now| last(&moments, now));
        assert_eq!(at, [0, 10, 10, 20, 20]);
        assert_eq!(last(&[], 5), 0);
    }
}
