//! How many events of one network are read at once: anybody can send bodies whose signature has to be computed before
//! it is known to be wrong. Who sends many of these is read one by one. Others are not kept waiting by that, and nothing
//! is refused: what is signed waits at most for what its own network sends.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
    time::Duration,
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::coordination::buckets::{Bucket, Buckets, Draw, Drawing, Drawn};

/// Bodies of one network that are read at once.
const AT_ONCE: u32 = 16;
/// So many may be forged before its network is read one by one, and one more each so often. A provider whose secret was
/// changed here and not there sends wrong ones, too.
const FORGED: u32 = 32;
const FORGED_EACH: Duration = Duration::from_secs(2);
/// From so many on, networks of which nothing is read are forgotten.
const REMEMBERED: usize = 4096;

#[derive(Default)]
pub struct Lanes {
    known: Mutex<HashMap<String, Weak<Semaphore>>>,
    forged: Buckets,
}

/// How much a network has sent lately that was not signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forged {
    Some,
    Many,
}

/// A place in the lane of a network, until it is dropped.
pub struct Lane {
    _held: Option<OwnedSemaphorePermit>,
}

impl Lanes {
    /// Waits for a place in the lane of a network; for all of them if it has sent many forged ones.
    pub async fn enter(&self, network: &str) -> Lane {
        let places = match self.draw(network, Drawing::Look) {
            Forged::Some => 1,
            Forged::Many => AT_ONCE,
        };
        let held = self.lane(network).acquire_many_owned(places).await;
        Lane { _held: held.ok() }
    }

    /// Counts something that was not signed.
    pub fn forged(&self, network: &str) -> Forged {
        let before = self.draw(network, Drawing::Look);
        self.draw(network, Drawing::Count);
        before
    }

    fn draw(&self, network: &str, how: Drawing) -> Forged {
        let bucket = Bucket {
            key: network.into(),
            name: "forged",
            holds: FORGED,
            each: FORGED_EACH,
        };
        match self.forged.draw(&[Draw { bucket, how }]) {
            Drawn::All => Forged::Some,
            Drawn::Empty { .. } => Forged::Many,
        }
    }

    fn lane(&self, network: &str) -> Arc<Semaphore> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(lane) = known.get(network).and_then(Weak::upgrade) {
            return lane;
        }
        if known.len() >= REMEMBERED {
            known.retain(|_, lane| lane.strong_count() > 0);
        }
        let lane = Arc::new(Semaphore::new(AT_ONCE as usize));
        known.insert(network.to_owned(), Arc::downgrade(&lane));
        lane
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn who_forges_many_is_read_one_by_one_and_others_are_not() {
        let lanes = Lanes::default();
        for _ in 0..FORGED {
            assert_eq!(lanes.forged("a"), Forged::Some);
        }
        assert_eq!(lanes.forged("a"), Forged::Many);
        let first = lanes.enter("a").await;
        let mut second = Box::pin(lanes.enter("a"));
        assert!((&mut second).now_or_never().is_none());
        let mut others = Vec::new();
        for _ in 0..AT_ONCE {
            others.push(lanes.enter("b").await);
        }
        assert!(lanes.enter("b").now_or_never().is_none());
        drop(first);
        drop(second.await);
        // After a while it is as any other.
        tokio::time::advance(FORGED_EACH * 100).await;
        let _first = lanes.enter("a").await;
        assert!(lanes.enter("a").now_or_never().is_some());
    }

    #[tokio::test]
    async fn networks_that_are_gone_are_forgotten() {
        let lanes = Lanes::default();
        for n in 0..2 * REMEMBERED {
            lanes.enter(&n.to_string()).await;
        }
        let known = lanes.known.lock().unwrap().len();
        assert!(known <= REMEMBERED, "{known}");
    }
}
