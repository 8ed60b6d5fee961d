//! Giving back what nobody knows to hold.
//!
//! A call that takes a lock or a lease may be carried out though its answer never comes, or comes
//! when the caller has gone. What it took would be held until its time ends.

use std::sync::Arc;

use tokio::sync::mpsc;

use super::{
    super::Token,
    link::{Call, Link},
};

/// So many may wait for Redis to come back; the rest end with their time.
const WAITING: usize = 1024;
/// After so many it is left to end with its time.
const TRIES: usize = 3;

struct Owed {
    keys: Vec<String>,
    token: Token,
}

pub struct Releases {
    queue: mpsc::Sender<Owed>,
}

/// A call under way. Unless it is settled, what it may have taken is given back.
#[must_use]
pub struct Pending<'a> {
    owed: Option<Owed>,
    queue: &'a mpsc::Sender<Owed>,
}

impl Releases {
    /// The noting end, and the work to be spawned.
    pub fn new(link: Arc<Link>) -> (Self, impl Future<Output = ()> + Send + 'static) {
        let (queue, owed) = mpsc::channel(WAITING);
        (Self { queue }, serve(link, owed))
    }

    /// To be noted before the call is sent.
    pub fn pending(&self, keys: &[String], token: &Token) -> Pending<'_> {
        Pending {
            owed: Some(Owed {
                keys: keys.to_vec(),
                token: token.clone(),
            }),
            queue: &self.queue,
        }
    }
}

impl Pending<'_> {
    /// The answer came: the one who asked knows what is held.
    pub fn settle(mut self) {
        self.owed = None;
    }
}

impl Drop for Pending<'_> {
    fn drop(&mut self) {
        if let Some(owed) = self.owed.take() {
            // A full queue leaves it to end with its time.
            let _ = self.queue.try_send(owed);
        }
    }
}

async fn serve(link: Arc<Link>, mut owed: mpsc::Receiver<Owed>) {
    let call = release();
    while let Some(Owed { keys, token }) = owed.recv().await {
        for _ in 0..TRIES {
            link.breaker.until_closed().await;
            let released = link.call::<i64>(&call, keys.clone(), vec![token.0.clone().into()]);
            if released.await.is_ok() {
                break;
            }
        }
    }
}

pub fn release() -> Call {
    Call::new("release", include_str!("release.lua"))
}
