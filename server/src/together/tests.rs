//! One batch after another.

use std::sync::{
    Mutex,
    atomic::{AtomicUsize, Ordering::SeqCst},
};

use futures_util::{FutureExt as _, future::join_all};
use tokio::sync::Semaphore;

use super::*;

/// A number that is never doubled.
const STUCK: i64 = i64::MAX;

/// A number that fails, and costs no other anything.
const ODD_ONE: i64 = 1001;

fn doubled(number: i64) -> Result<i64> {
    match number {
        ODD_ONE => Err(Error::Invariant("the odd one".to_owned())),
        number => Ok(number * 2),
    }
}

/// Doubles numbers. A batch with a zero fails, one with a negative number panics.
struct Doubling {
    go: Semaphore,
    batches: Mutex<Vec<Vec<i64>>>,
    /// How many are done by themselves, and how many were at most.
    alone: AtomicUsize,
    most_alone: AtomicUsize,
}

#[async_trait]
impl Work for Arc<Doubling> {
    type Request = i64;
    type Answer = i64;

    const MOST: usize = 8;

    async fn all(&self, asked: Vec<i64>) -> Result<Vec<Result<i64>>> {
        self.batches.lock().unwrap().push(asked.clone());
        self.go.acquire().await.unwrap().forget();
        assert!(
            asked.iter().all(|number| *number >= 0),
            "this test panics here"
        );
        match asked.contains(&0) {
            true => Err(Error::Busy),
            false => Ok(asked.into_iter().map(doubled).collect()),
        }
    }

    async fn one(&self, asked: i64) -> Result<i64> {
        let alone = self.alone.fetch_add(1, SeqCst) + 1;
        self.most_alone.fetch_max(alone, SeqCst);
        tokio::task::yield_now().await;
        self.alone.fetch_sub(1, SeqCst);
        match asked {
            0 => Err(Error::Invariant("zero".to_owned())),
            STUCK => std::future::pending().await,
            number => Ok(number * 2),
        }
    }
}

fn doubling() -> (Arc<Doubling>, Together<Arc<Doubling>>) {
    let work = Arc::new(Doubling {
        go: Semaphore::new(0),
        batches: Mutex::default(),
        alone: AtomicUsize::default(),
        most_alone: AtomicUsize::default(),
    });
    (work.clone(), Together::new(work))
}

#[tokio::test]
async fn what_comes_while_a_batch_is_on_its_way_goes_with_the_next() {
    let (work, together) = doubling();
    let mut first = Box::pin(together.ask(7));
    assert!((&mut first).now_or_never().is_none());
    while work.batches.lock().unwrap().is_empty() {
        tokio::task::yield_now().await;
    }
    let mut rest = Box::pin(join_all((1..=4).map(|number| together.ask(number))));
    assert!((&mut rest).now_or_never().is_none());
    work.go.add_permits(2);
    assert_eq!(first.await.unwrap(), 14);
    let answers: Vec<i64> = rest.await.into_iter().map(Result::unwrap).collect();
    assert_eq!(answers, [2, 4, 6, 8]);
    let batches = work.batches.lock().unwrap();
    assert_eq!(*batches, [vec![7], vec![1, 2, 3, 4]]);
}

/// Doubles numbers, two batches at once.
struct TwoAtOnce(Arc<Doubling>);

#[async_trait]
impl Work for TwoAtOnce {
    type Request = i64;
    type Answer = i64;

    const UNDER_WAY: usize = 2;

    async fn all(&self, asked: Vec<i64>) -> Result<Vec<Result<i64>>> {
        self.0.all(asked).await
    }
}

#[tokio::test]
async fn where_two_batches_are_on_their_way_what_comes_goes_with_the_third() {
    let (work, _) = doubling();
    let together = Together::new(TwoAtOnce(work.clone()));
    let begun = async |count: usize| {
        while work.batches.lock().unwrap().len() < count {
            tokio::task::yield_now().await;
        }
    };
    let mut first = Box::pin(together.ask(7));
    assert!((&mut first).now_or_never().is_none());
    begun(1).await;
    let mut second = Box::pin(together.ask(8));
    assert!((&mut second).now_or_never().is_none());
    begun(2).await;
    let mut rest = Box::pin(join_all((1..=3).map(|number| together.ask(number))));
    assert!((&mut rest).now_or_never().is_none());
    for _ in 0..9 {
        tokio::task::yield_now().await;
    }
    assert_eq!(work.batches.lock().unwrap().len(), 2);
    work.go.add_permits(3);
    assert_eq!(first.await.unwrap(), 14);
    assert_eq!(second.await.unwrap(), 16);
    let answers: Vec<i64> = rest.await.into_iter().map(Result::unwrap).collect();
    assert_eq!(answers, [2, 4, 6]);
    let batches = work.batches.lock().unwrap();
    assert_eq!(*batches, [vec![7], vec![8], vec![1, 2, 3]]);
}

#[tokio::test]
async fn one_that_cannot_be_done_costs_the_others_nothing() {
    let (work, together) = doubling();
    work.go.add_permits(2);
    let answers = join_all([1, 0, 3].map(|number| together.ask(number))).await;
    assert!(matches!(
        answers.as_slice(),
        [Ok(2), Err(Error::Invariant(_)), Ok(6)]
    ));
}

#[tokio::test]
async fn what_failed_together_is_done_by_four_at_once() {
    let (work, together) = doubling();
    work.go.add_permits(1);
    let answers = join_all((0..8).map(|number| together.ask(number))).await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 7);
    assert_eq!(work.batches.lock().unwrap().len(), 1);
    assert_eq!(work.most_alone.load(SeqCst), 4);
}

#[tokio::test]
async fn one_that_fails_in_a_batch_that_was_done_fails_alone() {
    let (work, together) = doubling();
    work.go.add_permits(1);
    let answers = join_all([1, ODD_ONE, 3].map(|number| together.ask(number))).await;
    assert!(matches!(
        answers.as_slice(),
        [Ok(2), Err(Error::Invariant(_)), Ok(6)]
    ));
    assert_eq!(*work.batches.lock().unwrap(), [vec![1, ODD_ONE, 3]]);
}

#[tokio::test]
async fn a_panic_costs_its_own_batch_alone() {
    let (work, together) = doubling();
    work.go.add_permits(2);
    assert!(matches!(together.ask(-1).await, Err(Error::Invariant(_))));
    assert_eq!(together.ask(5).await.unwrap(), 10);
}

#[tokio::test(start_paused = true)]
async fn a_batch_that_hangs_is_done_one_by_one_and_holds_up_no_other() {
    let (work, together) = doubling();
    let (stuck, seven) = tokio::join!(together.ask(STUCK), together.ask(7));
    assert!(matches!(stuck, Err(Error::Busy)), "{stuck:?}");
    assert_eq!(seven.unwrap(), 14);
    work.go.add_permits(1);
    assert_eq!(together.ask(5).await.unwrap(), 10);
}

#[tokio::test(start_paused = true)]
async fn what_has_waited_too_long_is_not_begun() {
    let (work, together) = doubling();
    // One batch after another hangs.
    let answers = join_all((1..=48).map(|number| together.ask(number))).await;
    assert!(matches!(answers.first(), Some(Ok(2))), "{answers:?}");
    assert!(
        matches!(answers.last(), Some(Err(Error::Busy))),
        "{answers:?}"
    );
    assert_eq!(work.batches.lock().unwrap().len(), 4);
}
