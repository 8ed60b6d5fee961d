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

/// What a run asks providers for, in this order. All shares together fit into the turn of one node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// To send back what is owed.
    Owed,
    /// Whether what was sent back has arrived.
    Sent,
    /// Whether what is waited for was paid.
    Waiting,
    /// To give up what nobody has paid in time.
    Overdue,
}

impl Part {
    const ALL: [Self; 4] = [Self::Owed, Self::Sent, Self::Waiting, Self::Overdue];

    /// Its share of a run's time. What those before it leave is its own, too.
    const fn share(self) -> Duration {
        Duration::from_secs(match self {
            Self::Owed => 10,
            Self::Sent => 5,
            Self::Waiting => 7,
            Self::Overdue => 13,
        })
    }

    /// When its share is used up, counted from the begin of the run.
    fn ends(self) -> Duration {
        let until = Self::ALL.iter().position(|part| *part == self);
        let parts = Self::ALL.iter().take(until.unwrap_or_default() + 1);
        parts.map(|part| part.share()).sum()
    }
}

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

    /// Whether a part has had its share, so that nothing more of it is begun in this run.
    pub fn is_over(&self, part: Part) -> bool {
        self.began.elapsed() >= part.ends()
    }

    /// Whether a provider is asked for one more of a part.
    pub fn may_ask(&self, part: Part, method: &str) -> bool {
        !self.is_over(part) && !self.is_silent(method)
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
    async fn each_part_of_a_run_has_its_share_and_what_was_left_before_it() {
        let reach = Reach::begin();
        for (part, ends) in [
            (Part::Owed, 10),
            (Part::Sent, 15),
            (Part::Waiting, 22),
            (Part::Overdue, 35),
        ] {
            let taken = reach.began.elapsed();
            assert!(reach.may_ask(part, "stripe"), "{part:?} after {taken:?}");
            tokio::time::advance(Duration::from_secs(ends) - taken).await;
            assert!(reach.is_over(part) && !reach.may_ask(part, "stripe"));
        }
    }
}
