//! Work that takes a core and much memory: a bounded number of it at once.

use tokio::sync::Semaphore;

use crate::error::{Error, Result};

/// Does the work in a thread of its own, when it is its turn. The turn ends with the work, not with
/// the request that waits for it: a client that hangs up makes no room for another.
pub async fn in_turn<T: Send + 'static>(
    turns: &'static Semaphore,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T> {
    let turn = turns.acquire().await;
    let turn = turn.map_err(|_| Error::Invariant("nobody closes it".to_owned()))?;
    let work = move || {
        let _turn = turn;
        work()
    };
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| Error::Invariant(format!("hashing failed: {error}")))
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use tokio::sync::oneshot;

    use super::*;

    #[tokio::test]
    async fn a_turn_is_kept_until_the_work_is_done_also_if_nobody_waits_for_it() {
        let turns: &'static Semaphore = Box::leak(Box::new(Semaphore::new(1)));
        let (begins, has_begun) = oneshot::channel();
        let (finish, may_finish) = mpsc::channel::<()>();
        let waiting = tokio::spawn(in_turn(turns, move || {
            begins.send(()).expect("the test waits for this");
            may_finish.recv().expect("the test says when");
        }));
        has_begun.await.expect("the work begins");
        waiting.abort();
        assert!(waiting.await.unwrap_err().is_cancelled());
        assert_eq!(turns.available_permits(), 0, "the work goes on");
        finish.send(()).expect("the work is not done");
        in_turn(turns, || ())
            .await
            .expect("the next one has its turn");
        assert_eq!(turns.available_permits(), 1);
    }
}
