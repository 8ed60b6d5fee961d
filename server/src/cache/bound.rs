//! Entries that end at a moment of their own: when something that they show begins or ends.

use std::{sync::Arc, time::Duration};

use crate::clock::Clock;

/// How to tell when a value ends.
pub struct Bound<T> {
    clock: Arc<dyn Clock>,
    /// In milliseconds since 1970; `None` if nothing in it begins or ends.
    ends_at: fn(&T) -> Option<i64>,
}

impl<T> Clone for Bound<T> {
    fn clone(&self) -> Self {
        Self {
            clock: self.clock.clone(),
            ends_at: self.ends_at,
        }
    }
}

impl<T> Bound<T> {
    pub fn new(clock: Arc<dyn Clock>, ends_at: fn(&T) -> Option<i64>) -> Self {
        Self { clock, ends_at }
    }

    /// How much longer a value may be used, if it ends at all.
    pub fn left(&self, value: &T) -> Option<Duration> {
        let ends_at = (self.ends_at)(value)?;
        let left = ends_at.saturating_sub(self.clock.now());
        Some(Duration::from_millis(
            u64::try_from(left).unwrap_or_default(),
        ))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI64, Ordering};

    use super::*;
    use crate::{
        cache::ReadThrough,
        clock::ManualClock,
        coordination::{Topic, freshness::Freshness},
    };

    #[tokio::test]
    async fn an_entry_ends_at_its_moment_and_not_before() {
        let clock = Arc::new(ManualClock::at(1_000));
        let entries = ReadThrough::<(i64, i64)>::new("test", 1024 * 1024, Freshness::default())
            .ending(clock.clone(), |(_, ends_at)| Some(*ends_at));
        let made = Arc::new(AtomicI64::new(0));
        let read = async || {
            let (made, now) = (made.clone(), clock.now());
            let load = move || {
                let number = made.fetch_add(1, Ordering::Relaxed);
                // The next full minute.
                async move { Ok((number, (now / 60_000 + 1) * 60_000)) }
            };
            let entry = entries.get("a", &[Topic::lists()], load).await.unwrap();
            entry.0
        };
        assert_eq!((read().await, read().await), (0, 0));
        clock.set(59_999);
        assert_eq!(read().await, 0);
        let load = || || async { Ok((0, 0)) };
        let hit = async || entries.hit("a", &[Topic::lists()], load).await;
        assert!(hit().await.is_some());
        clock.set(60_000);
        assert!(hit().await.is_none(), "it has ended");
        assert_eq!((read().await, read().await), (1, 1));
    }

    #[tokio::test]
    async fn what_has_ended_when_it_is_made_is_given_out_once() {
        let clock = Arc::new(ManualClock::at(1_000));
        let entries = ReadThrough::<i64>::new("test", 1024 * 1024, Freshness::default())
            .ending(clock, |_| Some(0));
        let load = || async { Ok(7) };
        for _ in 0..3 {
            let entry = entries.get("a", &[Topic::lists()], load).await.unwrap();
            assert_eq!(*entry, 7);
        }
    }
}
