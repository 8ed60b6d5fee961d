//! Whether Redis may be asked.

use std::fmt::Display;

use tokio::sync::watch;

use super::super::Unavailable;

/// Opens with the first failure; only the recovery closes it.
///
/// Even numbers are periods in which Redis answers, odd ones are those between. A reply counts only
/// within the period it was asked for in: what came before an outage is not to be trusted after it.
pub struct Breaker {
    period: watch::Sender<u64>,
}

/// A period in which Redis answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period(u64);

fn is_open(period: u64) -> bool {
    period % 2 == 1
}

impl Breaker {
    /// Open until the first recovery.
    pub fn new() -> Self {
        metrics::gauge!("holdfast_redis_up").set(0.0);
        Self {
            period: watch::Sender::new(1),
        }
    }

    /// The period to ask in. While the breaker is open there is none, and nobody waits for one.
    pub fn period(&self) -> Result<Period, Unavailable> {
        let period = *self.period.borrow();
        if is_open(period) {
            Err(Unavailable)
        } else {
            Ok(Period(period))
        }
    }

    pub fn is_current(&self, period: Period) -> bool {
        *self.period.borrow() == period.0
    }

    /// Ends `period`, if it has not ended yet: a late failure says nothing about a later period.
    pub fn open(&self, period: Period, cause: &dyn Display) {
        let opened = self.period.send_if_modified(|current| {
            let ends = *current == period.0;
            *current += u64::from(ends);
            ends
        });
        if opened {
            metrics::gauge!("holdfast_redis_up").set(0.0);
            metrics::counter!("holdfast_redis_breaker_opened_total").increment(1);
            tracing::warn!(%cause, "Redis does not answer: continuing without it");
        }
    }

    /// For the recovery alone.
    pub fn close(&self) {
        let closed = self.period.send_if_modified(|current| {
            let begins = is_open(*current);
            *current += u64::from(begins);
            begins
        });
        if closed {
            metrics::gauge!("holdfast_redis_up").set(1.0);
            tracing::info!("Redis answers");
        }
    }

    pub async fn until_open(&self) {
        // The sender lives as long as `self`.
        let _ = self.period.subscribe().wait_for(|p| is_open(*p)).await;
    }

    pub async fn until_closed(&self) {
        let _ = self.period.subscribe().wait_for(|p| !is_open(*p)).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_late_failure_does_not_end_a_later_period() {
        let breaker = Breaker::new();
        assert_eq!(breaker.period(), Err(Unavailable));
        breaker.close();
        let first = breaker.period().expect("closed");
        breaker.open(first, &"gone");
        assert!(!breaker.is_current(first));
        breaker.close();
        let second = breaker.period().expect("closed again");
        breaker.open(first, &"late");
        assert!(breaker.is_current(second));
    }
}
