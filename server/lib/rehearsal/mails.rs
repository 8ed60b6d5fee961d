//! E-mails of a rehearsal: written as ever, and given to nobody.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use async_trait::async_trait;
use lettre::Message;

use super::figures::{MailFigures, millis};
use crate::mail::send::{MailError, Transport};

/// How long the last e-mail is waited for.
const PATIENCE: Duration = Duration::from_secs(120);
const LOOK: Duration = Duration::from_millis(50);

/// Where e-mails go that nobody gets.
#[derive(Clone, Default)]
pub struct Nowhere(Arc<Written>);

#[derive(Default)]
struct Written {
    count: AtomicUsize,
    last: Mutex<Option<Instant>>,
}

#[async_trait]
impl Transport for Nowhere {
    async fn carry(&self, _: &str, message: Message) -> Result<(), MailError> {
        // As for a mail server.
        drop(message.formatted());
        let mut last = self.0.last.lock().unwrap_or_else(PoisonError::into_inner);
        *last = Some(Instant::now());
        self.0.count.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }
}

impl Nowhere {
    /// Waits until an e-mail is written for each order, for a while.
    pub async fn written(&self, orders: usize, began: Instant) -> MailFigures {
        let end = Instant::now() + PATIENCE;
        while self.0.count.load(Ordering::SeqCst) < orders && Instant::now() < end {
            tokio::time::sleep(LOOK).await;
        }
        let last = *self.0.last.lock().unwrap_or_else(PoisonError::into_inner);
        let took = last.map(|last| last.saturating_duration_since(began));
        MailFigures {
            written: self.0.count.load(Ordering::SeqCst),
            written_in_ms: took.map_or(0, millis),
        }
    }
}
