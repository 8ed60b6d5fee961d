//! How many orders make a batch: fewer for a while, once the database had no room for so many.
//!
//! Each order takes up to four turns, and Postgres has room for some twelve thousand locks of all its sessions, unless it
//! is set otherwise. Batches of several nodes may want more at once.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use super::queue::MAX_BATCH;

/// For so long batches stay small.
const SMALL: Duration = Duration::from_secs(60);
/// There is room for so many in any case.
const LEAST: usize = 64;

#[derive(Default)]
pub(super) struct BatchSize {
    /// How many there was room for, and since when that is known.
    small: Mutex<Option<(usize, Instant)>>,
}

impl BatchSize {
    pub fn most(&self) -> usize {
        let small = self.small.lock().unwrap_or_else(PoisonError::into_inner);
        match *small {
            Some((most, since)) if since.elapsed() < SMALL => most,
            _ => MAX_BATCH,
        }
    }

    /// There was no room for so many.
    pub fn note_too_large(&self, orders: usize) {
        let most = (orders / 2).clamp(LEAST, MAX_BATCH);
        let mut small = self.small.lock().unwrap_or_else(PoisonError::into_inner);
        *small = Some((most, Instant::now()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn batches_are_small_for_a_while_after_one_was_too_large() {
        let size = BatchSize::default();
        assert_eq!(size.most(), MAX_BATCH);
        size.note_too_large(600);
        assert_eq!(size.most(), 300);
        size.note_too_large(300);
        assert_eq!(size.most(), 150);
        size.note_too_large(2);
        assert_eq!(size.most(), LEAST);
        tokio::time::advance(SMALL).await;
        assert_eq!(size.most(), MAX_BATCH);
    }
}
