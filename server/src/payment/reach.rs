//! What a run that settles has found out about providers: nobody waits twice for one that does not answer, and what
//! asks nobody outside has its turn in any case.

use std::{
    collections::HashSet,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use crate::error::{Error, ProviderError};

pub struct Reach {
    began: Instant,
    /// Names of providers that did not answer.
    silent: Mutex<HashSet<String>>,
}

impl Reach {
    pub fn begin() -> Self {
        Self {
            began: Instant::now(),
            silent: Mutex::default(),
        }
    }

    /// Whether the run has taken as long as this, so that nothing more should be begun.
    pub fn has_taken(&self, time: Duration) -> bool {
        self.began.elapsed() >= time
    }

    pub fn is_silent(&self, method: &str) -> bool {
        let silent = self.silent.lock().unwrap_or_else(PoisonError::into_inner);
        silent.contains(method)
    }

    /// Remembers that a provider does not answer, if that is what the error says.
    pub fn note(&self, method: &str, error: &Error) {
        use ProviderError::{Interrupted, RateLimited, Unavailable};
        if let Error::Payment(Interrupted(_) | RateLimited { .. } | Unavailable(_)) = error {
            let mut silent = self.silent.lock().unwrap_or_else(PoisonError::into_inner);
            silent.insert(method.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_provider_that_does_not_answer_is_asked_no_more_and_others_are() {
        let reach = Reach::begin();
        let down = Error::Payment(ProviderError::Unavailable("no route".to_owned()));
        reach.note("stripe", &down);
        let refused = Error::Payment(ProviderError::Refused {
            code: "amount".to_owned(),
            message: String::new(),
        });
        reach.note("other", &refused);
        assert!(reach.is_silent("stripe") && !reach.is_silent("other"));
        assert!(!reach.has_taken(Duration::from_secs(10)));
        tokio::time::advance(Duration::from_secs(10)).await;
        assert!(reach.has_taken(Duration::from_secs(10)));
    }
}
