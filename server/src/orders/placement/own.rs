//! The locks that batches of this node hold. The next batch waits for them here, and asks for nothing meanwhile.

use std::{
    collections::BTreeSet,
    sync::{Mutex, MutexGuard, PoisonError},
};

use tokio_util::sync::{CancellationToken, DropGuard};

use crate::coordination::lock::Lock;

#[derive(Default)]
pub(super) struct OwnLocks(Mutex<Vec<Own>>);

struct Own {
    keys: BTreeSet<String>,
    given_back: CancellationToken,
}

/// A lock that a batch holds.
pub(super) struct Held {
    pub lock: Lock,
    /// Tells, when it is dropped, that it is held no more.
    told: DropGuard,
}

impl OwnLocks {
    /// Waits until none of these is held by a batch of this node.
    pub async fn are_back(&self, keys: &BTreeSet<String>) {
        while let Some(given_back) = self.found(keys) {
            given_back.cancelled().await;
        }
    }

    fn found(&self, keys: &BTreeSet<String>) -> Option<CancellationToken> {
        let mut all = self.all();
        all.retain(|own| !own.given_back.is_cancelled());
        let own = all.iter().find(|own| !own.keys.is_disjoint(keys));
        own.map(|own| own.given_back.clone())
    }

    pub fn note(&self, keys: BTreeSet<String>, lock: Lock) -> Held {
        let given_back = CancellationToken::new();
        let told = given_back.clone().drop_guard();
        self.all().push(Own { keys, given_back });
        Held { lock, told }
    }

    fn all(&self) -> MutexGuard<'_, Vec<Own>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    /// Gives it back in a task of its own: to wait for that while a hundred shoppers are answered cost a batch a
    /// seventh of its time.
    pub fn give_back(self) {
        let Self { lock, told } = self;
        tokio::spawn(async move {
            lock.release().await;
            drop(told);
        });
    }
}
