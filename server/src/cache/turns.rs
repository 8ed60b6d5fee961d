//! Loading without a cache: many who want the same share a load, but never one that began before
//! they came.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
};

use app::error::ShopError;
use futures_util::future::{BoxFuture, FutureExt, Shared};

type Answer<T> = Result<Arc<T>, ShopError>;
type Next<T> = Shared<BoxFuture<'static, Answer<T>>>;

/// Names whose turns are kept though nobody may be waiting any more.
const KEPT: usize = 1024;

/// One load at a time for each name; who comes while one is under way waits for the next.
pub struct Turns<T>(Arc<Mutex<State<T>>>);

struct State<T> {
    /// Loads that have not begun: they may still be joined.
    next: HashMap<String, Next<T>>,
    /// Held while a name is loaded.
    turn: HashMap<String, Weak<tokio::sync::Mutex<()>>>,
}

impl<T> Clone for Turns<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> Default for Turns<T> {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(State {
            next: HashMap::new(),
            turn: HashMap::new(),
        })))
    }
}

impl<T: Send + Sync + 'static> Turns<T> {
    /// What `load` brings, begun after this call, for this caller or for one who waits as well.
    pub async fn load<F, Fut>(&self, name: &str, load: F) -> Answer<T>
    where
        F: FnOnce() -> Fut + Send + 'static,
        Fut: Future<Output = Result<T, ShopError>> + Send,
    {
        self.next(name, load).await
    }

    fn next<F, Fut>(&self, name: &str, load: F) -> Next<T>
    where
        F: FnOnce() -> Fut + Send + 'static,
        Fut: Future<Output = Result<T, ShopError>> + Send,
    {
        let mut state = self.state();
        if let Some(next) = state.next.get(name) {
            return next.clone();
        }
        let turn = state.turn_of(name);
        let (turns, of) = (self.clone(), name.to_owned());
        let next = async move {
            let _turn = turn.lock().await;
            // From here on it is under way.
            turns.state().next.remove(&of);
            load().await.map(Arc::new)
        }
        .boxed()
        .shared();
        state.next.insert(name.to_owned(), next.clone());
        next
    }

    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> State<T> {
    fn turn_of(&mut self, name: &str) -> Arc<tokio::sync::Mutex<()>> {
        if let Some(turn) = self.turn.get(name).and_then(Weak::upgrade) {
            return turn;
        }
        if self.turn.len() > KEPT {
            self.turn.retain(|_, turn| turn.strong_count() > 0);
            // A load whose callers have all left is not begun by anybody.
            self.next
                .retain(|_, next| next.strong_count().unwrap_or_default() > 1);
        }
        let turn = Arc::new(tokio::sync::Mutex::new(()));
        self.turn.insert(name.to_owned(), Arc::downgrade(&turn));
        turn
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::sync::Notify;

    use super::*;

    #[tokio::test]
    async fn who_comes_while_a_load_is_under_way_shares_the_next_one() {
        let turns = Turns::<usize>::default();
        let (loads, gate) = (Arc::new(AtomicUsize::new(0)), Arc::new(Notify::new()));
        let load = || {
            let (loads, gate) = (loads.clone(), gate.clone());
            move || async move {
                let number = loads.fetch_add(1, Ordering::SeqCst);
                gate.notified().await;
                Ok(number)
            }
        };
        let begin = || {
            let (turns, load) = (turns.clone(), load());
            tokio::spawn(async move { turns.load("lamp", load).await })
        };
        let first = begin();
        while loads.load(Ordering::SeqCst) == 0 {
            tokio::task::yield_now().await;
        }
        let later: Vec<_> = (0..100).map(|_| begin()).collect();
        tokio::task::yield_now().await;
        gate.notify_one();
        assert_eq!(first.await.unwrap().as_deref(), Ok(&0));
        gate.notify_one();
        for answer in later {
            assert_eq!(answer.await.unwrap().as_deref(), Ok(&1));
        }
        assert_eq!(loads.load(Ordering::SeqCst), 2);
    }

    #[tokio::test]
    async fn a_load_is_taken_over_when_whoever_began_it_leaves() {
        let turns = Turns::<usize>::default();
        let left = turns.next("lamp", || async { Ok(1) });
        drop(left);
        assert_eq!(
            turns.load("lamp", || async { Ok(2) }).await.as_deref(),
            Ok(&1)
        );
        assert_eq!(
            turns.load("lamp", || async { Ok(3) }).await.as_deref(),
            Ok(&3)
        );
    }
}
