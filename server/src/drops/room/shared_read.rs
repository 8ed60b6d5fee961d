//! What many ask for at the same time is read by one of them, however long it takes.

use std::sync::{PoisonError, RwLock};

use tokio::{sync::Mutex, time::Instant};

use crate::error::{Error, Result};

pub struct SharedRead<T> {
    last: RwLock<Option<Kept<T>>>,
    /// Held while something is read: when the last read began that failed.
    reading: Mutex<Option<Instant>>,
}

struct Kept<T> {
    /// When the read began: what was before then is in it.
    began: Instant,
    value: T,
}

impl<T> Default for SharedRead<T> {
    fn default() -> Self {
        Self {
            last: RwLock::new(None),
            reading: Mutex::new(None),
        }
    }
}

impl<T: Clone> SharedRead<T> {
    /// What was read last, if it is good enough by when that began.
    pub fn known(&self, does: impl Fn(Instant, &T) -> bool) -> Option<T> {
        let last = self.last.read().unwrap_or_else(PoisonError::into_inner);
        let kept = last.as_ref()?;
        does(kept.began, &kept.value).then(|| kept.value.clone())
    }

    /// The same, read again if it is not. A read that began after one has asked is good enough for them, and they fail
    /// with it: were each to read for themselves, thousands who wait for a slow database would wait for each other.
    pub async fn get(
        &self,
        does: impl Fn(Instant, &T) -> bool,
        read: impl Future<Output = Result<T>>,
    ) -> Result<T> {
        if let Some(value) = self.known(&does) {
            return Ok(value);
        }
        let asked = Instant::now();
        let mut failed = self.reading.lock().await;
        let is_good = |began: Instant, value: &T| began >= asked || does(began, value);
        if let Some(value) = self.known(is_good) {
            return Ok(value);
        }
        if failed.is_some_and(|began| began >= asked) {
            return Err(Error::Unavailable);
        }
        let began = Instant::now();
        let value = match read.await {
            Ok(value) => value,
            Err(error) => {
                *failed = Some(began);
                return Err(error);
            }
        };
        let kept = Kept {
            began,
            value: value.clone(),
        };
        *self.last.write().unwrap_or_else(PoisonError::into_inner) = Some(kept);
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::atomic::{AtomicUsize, Ordering::SeqCst},
        time::Duration,
    };

    use futures_util::future::{join, join_all};
    use tokio::time::sleep;

    use super::*;

    /// Longer than what is read is good for: nothing ever is.
    const SLOW: Duration = Duration::from_secs(2);

    #[derive(Default)]
    struct Asked {
        shared: SharedRead<usize>,
        reads: AtomicUsize,
    }

    impl Asked {
        /// Which read it was.
        async fn get(&self) -> Result<usize> {
            let read = async {
                let number = self.reads.fetch_add(1, SeqCst);
                sleep(SLOW).await;
                Ok(number)
            };
            self.shared.get(|_, _| false, read).await
        }

        async fn fails(&self) -> Result<usize> {
            let read = async {
                self.reads.fetch_add(1, SeqCst);
                sleep(SLOW).await;
                Err(Error::Busy)
            };
            self.shared.get(|_, _| true, read).await
        }
    }

    #[tokio::test(start_paused = true)]
    async fn one_slow_read_is_for_all_who_had_asked() {
        let asked = Asked::default();
        let began = Instant::now();
        let all = join_all((0..1_000).map(|_| asked.get())).await;
        assert!(all.iter().all(|read| matches!(read, Ok(0))));
        assert!(began.elapsed() <= SLOW * 2, "{:?}", began.elapsed());
        assert_eq!(asked.reads.load(SeqCst), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn who_asks_meanwhile_is_told_of_what_was_read_after_that() {
        let asked = Asked::default();
        let later = async {
            sleep(SLOW / 2).await;
            join_all((0..1_000).map(|_| asked.get())).await
        };
        let (first, others) = join(asked.get(), later).await;
        assert!(matches!(first, Ok(0)));
        assert!(others.iter().all(|read| matches!(read, Ok(1))));
        assert_eq!(asked.reads.load(SeqCst), 2);
    }

    #[tokio::test(start_paused = true)]
    async fn what_fails_for_one_fails_for_all_who_had_asked() {
        let asked = Asked::default();
        let all = join_all((0..1_000).map(|_| asked.fails())).await;
        assert!(all.iter().all(Result::is_err));
        assert_eq!(asked.reads.load(SeqCst), 1);
        assert!(asked.get().await.is_ok(), "it is tried again");
    }
}
