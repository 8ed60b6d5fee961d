//! How often strangers may ask for something, each counted by a key. Each node counts by itself.

use std::{
    num::NonZeroU32,
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
    time::Duration,
};

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

/// Keys that are remembered before those are looked for that have asked for nothing for a while.
const REMEMBERED: usize = 10_000;

/// So many at once for each key, and one more after each while.
pub struct Quotas {
    limiter: DefaultKeyedRateLimiter<String>,
    /// With more keys than this, some may be forgotten. To look for those takes as long as there are keys, so it is done
    /// when there are twice as many as the last time: in a rush nobody is forgotten, and nobody waits for it.
    most: AtomicUsize,
}

impl Quotas {
    pub fn at_once(burst: u32, each: Duration) -> Self {
        let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
        let quota = Quota::with_period(each).unwrap_or(Quota::per_hour(NonZeroU32::MIN));
        Self {
            limiter: RateLimiter::keyed(quota.allow_burst(burst)),
            most: AtomicUsize::new(REMEMBERED),
        }
    }

    /// Whether this key may ask once more, which is counted.
    pub fn take(&self, key: &str) -> bool {
        self.forget_some();
        self.limiter.check_key(&key.to_owned()).is_ok()
    }

    fn forget_some(&self) {
        let most = self.most.load(Relaxed);
        if self.limiter.len() <= most {
            return;
        }
        // One of those who come at the same time.
        if self
            .most
            .compare_exchange(most, usize::MAX, Relaxed, Relaxed)
            .is_ok()
        {
            self.limiter.retain_recent();
            let next = (2 * self.limiter.len()).max(REMEMBERED);
            self.most.store(next, Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    const HOUR: Duration = Duration::from_secs(3_600);

    #[test]
    fn each_key_is_counted_for_itself() {
        let quotas = Quotas::at_once(2, HOUR);
        assert_eq!(
            ["a", "a", "a"].map(|key| quotas.take(key)),
            [true, true, false]
        );
        assert!(quotas.take("b"));
    }

    #[test]
    fn those_who_have_not_asked_for_a_while_are_forgotten() {
        let quotas = Quotas::at_once(1, Duration::from_nanos(1));
        for key in 0..5 * REMEMBERED {
            quotas.take(&key.to_string());
        }
        assert!(quotas.limiter.len() <= REMEMBERED + 1);
    }

    /// 60,000 people ask within a moment: each is as quick as the first ones. Were all looked at for each, it took minutes.
    #[test]
    fn in_a_rush_nobody_waits_for_those_who_are_forgotten() {
        let quotas = Quotas::at_once(1, HOUR);
        let began = Instant::now();
        for key in 0..6 * REMEMBERED {
            assert!(quotas.take(&key.to_string()));
        }
        let took = began.elapsed();
        assert!(took < Duration::from_secs(20), "{took:?}");
        assert_eq!(quotas.limiter.len(), 6 * REMEMBERED, "all are counted");
        assert!(!quotas.take("0"));
    }
}
