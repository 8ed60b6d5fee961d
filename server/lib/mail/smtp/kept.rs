//! Connections that wait for the next mail.

use std::{
    ops::ControlFlow,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
    time::Duration,
};

use tokio::time::{Instant, sleep};

use super::super::send::AT_ONCE;

/// How long a connection is kept that nobody needs, or up to twice as long.
const KEPT: Duration = Duration::from_secs(60);

/// At most as many as there are mails on their way at once.
pub struct Kept<C> {
    waiting: Mutex<Waiting<C>>,
    /// How one ends that nobody needs.
    end: fn(C),
}

struct Waiting<C> {
    /// With the time it was last used; the one used last at the end.
    connections: Vec<(C, Instant)>,
    /// Whether a task ends those that nobody needs.
    is_swept: bool,
}

impl<C: Send + 'static> Kept<C> {
    pub fn new(end: fn(C)) -> Arc<Self> {
        Arc::new(Self {
            waiting: Mutex::new(Waiting {
                connections: Vec::new(),
                is_swept: false,
            }),
            end,
        })
    }

    /// The one used last, so that after a rush the others end.
    pub fn take(&self) -> Option<C> {
        let (connection, _) = self.waiting().connections.pop()?;
        Some(connection)
    }

    /// Must not be in the middle of a mail.
    pub fn put(self: &Arc<Self>, connection: C) {
        let mut waiting = self.waiting();
        if waiting.connections.len() >= AT_ONCE {
            drop(waiting);
            (self.end)(connection);
            return;
        }
        waiting.connections.push((connection, Instant::now()));
        if !waiting.is_swept {
            waiting.is_swept = true;
            tokio::spawn(sweep(Arc::downgrade(self)));
        }
    }

    /// Ends those that nobody needed. Over once none is left.
    fn sweep(&self) -> ControlFlow<()> {
        let mut waiting = self.waiting();
        let mut by_age = waiting.connections.iter();
        let old = by_age.position(|(_, used)| used.elapsed() < KEPT);
        let old = old.unwrap_or(waiting.connections.len());
        let old: Vec<(C, Instant)> = waiting.connections.drain(..old).collect();
        let is_over = waiting.connections.is_empty();
        waiting.is_swept = !is_over;
        drop(waiting);
        for (connection, _) in old {
            (self.end)(connection);
        }
        match is_over {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting<C>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Ends with the mail server, too.
async fn sweep<C: Send + 'static>(kept: Weak<Kept<C>>) {
    loop {
        sleep(KEPT).await;
        let Some(kept) = kept.upgrade() else {
            return;
        };
        if kept.sweep().is_break() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_there(connection: &Arc<()>) -> bool {
        Arc::strong_count(connection) > 1
    }

    #[tokio::test(start_paused = true)]
    async fn a_connection_ends_that_nobody_needs_and_no_other() {
        let kept = Kept::new(drop);
        let (one, two) = (Arc::new(()), Arc::new(()));
        kept.put(one.clone());
        sleep(KEPT / 2).await;
        kept.put(two.clone());
        sleep(KEPT).await;
        assert!(!is_there(&one) && is_there(&two));

        // Used again, it is young again.
        let used = kept.take().expect("one is left");
        kept.put(used);
        sleep(KEPT / 2 + KEPT / 4).await;
        assert!(is_there(&two));
        sleep(2 * KEPT).await;
        assert!(!is_there(&two));

        // Once none was left.
        kept.put(one.clone());
        sleep(2 * KEPT).await;
        assert!(!is_there(&one));
    }

    #[tokio::test]
    async fn the_one_used_last_is_used_first() {
        let kept = Kept::new(drop);
        kept.put(1);
        kept.put(2);
        assert_eq!(
            [kept.take(), kept.take(), kept.take()],
            [Some(2), Some(1), None]
        );
    }

    #[tokio::test]
    async fn no_more_are_kept_than_mails_are_on_their_way() {
        let kept = Kept::new(drop);
        let connection = Arc::new(());
        for _ in 0..=AT_ONCE {
            kept.put(connection.clone());
        }
        assert_eq!(Arc::strong_count(&connection), 1 + AT_ONCE);
    }
}
