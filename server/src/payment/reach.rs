//! What a run that settles has found out about providers: nobody waits twice for one that does not answer, and what
//! asks nobody outside has its turn in any case.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use crate::error::{Error, ProviderError, Result};

/// Asked in vain this often in a row, a provider is asked no more: once or twice, it may be for the order's sake.
const IN_VAIN: u32 = 3;

pub struct Reach {
    began: Instant,
    /// How often in a row providers were asked in vain, by their names.
    in_vain: Mutex<HashMap<String, u32>>,
}

impl Reach {
    pub fn begin() -> Self {
        Self {
            began: Instant::now(),
            in_vain: Mutex::default(),
        }
    }

    /// Whether it has taken as long as this, so that nothing more should be begun.
    pub fn has_taken(&self, time: Duration) -> bool {
        self.began.elapsed() >= time
    }

    pub fn is_silent(&self, method: &str) -> bool {
        let in_vain = self.in_vain.lock().unwrap_or_else(PoisonError::into_inner);
        in_vain.get(method).is_some_and(|times| *times >= IN_VAIN)
    }

    /// Counts that a provider did not answer, if that is what came of asking it.
    pub fn note<T>(&self, method: &str, outcome: &Result<T>) {
        use ProviderError::{
            Declined, Interrupted, Misconfigured, NotNow, RateLimited, Refused, Unavailable,
        };
        let mut in_vain = self.in_vain.lock().unwrap_or_else(PoisonError::into_inner);
        match outcome {
            Err(Error::Payment(Interrupted(_) | RateLimited { .. } | Unavailable(_))) => {
                *in_vain.entry(method.to_owned()).or_default() += 1;
            }
            // That is an answer.
            Ok(_)
            | Err(Error::Payment(
                Declined { .. } | Misconfigured(_) | NotNow { .. } | Refused { .. },
            )) => {
                in_vain.remove(method);
            }
            // The shop's own fault.
            Err(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn down() -> Result<()> {
        let words = "no route".to_owned();
        Err(Error::Payment(ProviderError::Unavailable(words)))
    }

    #[test]
    fn a_provider_that_does_not_answer_is_asked_no_more_and_others_are() {
        let reach = Reach::begin();
        for _ in 0..3 {
            assert!(!reach.is_silent("stripe"));
            reach.note("stripe", &down());
            reach.note::<()>("other", &Err(Error::Busy));
        }
        assert!(reach.is_silent("stripe") && !reach.is_silent("other"));
    }

    #[test]
    fn a_provider_that_answers_for_other_orders_is_asked_on() {
        let reach = Reach::begin();
        let refused = Error::Payment(ProviderError::Refused {
            code: "amount".to_owned(),
            message: String::new(),
        });
        for answer in [Ok(()), Err(refused)] {
            reach.note("stripe", &down());
            reach.note("stripe", &down());
            reach.note("stripe", &answer);
        }
        reach.note("stripe", &down());
        assert!(!reach.is_silent("stripe"));
    }

    #[tokio::test(start_paused = true)]
    async fn a_run_knows_how_long_it_has_taken() {
        let reach = Reach::begin();
        assert!(!reach.has_taken(Duration::from_secs(10)));
        tokio::time::advance(Duration::from_secs(10)).await;
        assert!(reach.has_taken(Duration::from_secs(10)));
    }
}
