//! From the queue into batches: when one begins, and which orders go with it.

use std::{pin::pin, sync::Arc, time::Duration};

use futures_util::future;
use tokio::{
    sync::{Semaphore, mpsc},
    time::{Instant, sleep, sleep_until},
};

use super::{
    queue::{Job, Waiting, in_time},
    turn::Turn,
    worker::Worker,
};

/// Orders that are worth a batch beside another: see [`collected`].
const MANY: usize = 64;
/// What takes longer is a batch that is held up, or far larger than the one that waits for it.
const HELD_UP: Duration = Duration::from_millis(30);
/// From the beginning of a batch to that of the next, as long as fewer than [`FEW`] orders wait. Nobody notices, and at some
/// hundred orders a second it is the difference between batches of one and batches of eight.
const PACE: Duration = Duration::from_millis(20);
const FEW: usize = 32;

/// Places what waits, batch after batch, until nobody can order any more.
pub(super) async fn work(
    worker: Worker,
    mut jobs: mpsc::UnboundedReceiver<Job>,
    waiting: Waiting,
    stages: u32,
) {
    let worker = Arc::new(worker);
    let depth = metrics::gauge!("holdfast_order_queue_depth");
    // The name that the last version gave it, for one version more.
    let old_depth = metrics::gauge!("holdfast_lane_depth");
    let under_way = Arc::new(Semaphore::new(stages as usize));
    let turns = Arc::new(Semaphore::new(1));
    let mut next = Instant::now();
    loop {
        // First: what comes while these are waited for goes with this batch.
        let stage = under_way.clone().acquire_owned().await;
        let turn = turns.clone().acquire_owned().await;
        worker.lanes().gather().await;
        let (Ok(stage), Ok(turn)) = (stage, turn) else {
            return;
        };
        // All that is not this batch's.
        let others = under_way.acquire_many(stages - 1);
        let others = async { drop(others.await) };
        let Some(batch) = collected(&mut jobs, next, others, worker.most()).await else {
            return;
        };
        next = Instant::now() + PACE;
        let batch = in_time(batch);
        // Besides these.
        let left = waiting.count().saturating_sub(batch.len()) as f64;
        depth.set(left);
        old_depth.set(left);
        if batch.is_empty() {
            continue;
        }
        let placing = worker.clone().place(batch, Turn::of(turn));
        // Tasks of their own: a panic in a batch costs that batch, not the queue.
        tokio::spawn(async move {
            if let Err(error) = tokio::spawn(placing).await {
                tracing::error!(%error, "a batch of orders failed");
            }
            drop(stage);
        });
    }
}

/// What goes with the next batch, `most` at most, which are [`MANY`] or more; nothing once nobody can order any more.
///
/// Whatever a batch is of, it costs some twenty statements and their exchanges, as much as a dozen orders or two. Beside
/// [`MANY`] that is little, and to read them while the batch before is written keeps both the node and the database
/// busy. A few would only be split: of shoppers who wait for each other's answers, those who could have gone together
/// would go in a third and another third. So few wait until the `others` under way are done, as they would if there were
/// one stage, and no longer than a batch usually takes: who waits for the rows of others is to hold nobody up. And
/// fewer than [`FEW`] wait for `next`, which is when a batch of few may begin.
async fn collected<T>(
    jobs: &mut mpsc::UnboundedReceiver<T>,
    next: Instant,
    others: impl Future<Output = ()>,
    most: usize,
) -> Option<Vec<T>> {
    let mut batch = Vec::new();
    if jobs.recv_many(&mut batch, most).await == 0 {
        return None;
    }
    let others = pin!(others);
    let held_up = pin!(sleep(HELD_UP));
    let mut paced = pin!(sleep_until(next));
    while batch.len() < FEW && Instant::now() < next {
        let room = most - batch.len();
        tokio::select! {
            biased;
            () = &mut paced => break,
            more = jobs.recv_many(&mut batch, room) => if more == 0 {
                break;
            },
        }
    }
    let mut enough = future::select(others, held_up);
    while batch.len() < MANY {
        let room = most - batch.len();
        tokio::select! {
            biased;
            _ = &mut enough => break,
            more = jobs.recv_many(&mut batch, room) => if more == 0 {
                break;
            },
        }
    }
    // What has come in the meantime goes along.
    while batch.len() < most
        && let Ok(job) = jobs.try_recv()
    {
        batch.push(job);
    }
    Some(batch)
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;
    use tokio::{sync::oneshot, time::Instant};

    use super::*;
    use crate::orders::placement::queue::MAX_BATCH;

    fn filled(orders: usize) -> (mpsc::UnboundedSender<usize>, mpsc::UnboundedReceiver<usize>) {
        let (queue, jobs) = mpsc::unbounded_channel();
        for order in 0..orders {
            queue.send(order).expect("it is open");
        }
        (queue, jobs)
    }

    async fn never() {
        future::pending().await
    }

    #[tokio::test(start_paused = true)]
    async fn a_batch_by_itself_begins_with_its_first_order() {
        let (_queue, mut jobs) = filled(1);
        let batch = collected(&mut jobs, Instant::now(), async {}, MAX_BATCH).now_or_never();
        assert_eq!(batch, Some(Some(vec![0])));
    }

    #[tokio::test(start_paused = true)]
    async fn a_few_wait_for_the_pace_of_batches_and_more_do_not() {
        let began = Instant::now();
        let next = began + PACE;
        let (queue, mut jobs) = filled(1);
        let mut waits = Box::pin(collected(&mut jobs, next, async {}, MAX_BATCH));
        assert!((&mut waits).now_or_never().is_none(), "there is one");
        queue.send(1).expect("it is open");
        assert_eq!(waits.await, Some(vec![0, 1]));
        assert_eq!(began.elapsed(), PACE);

        let (_queue, mut jobs) = filled(FEW);
        let next = Instant::now() + PACE;
        let batch = collected(&mut jobs, next, async {}, MAX_BATCH).now_or_never();
        assert_eq!(batch.flatten(), Some((0..FEW).collect()));
    }

    #[tokio::test(start_paused = true)]
    async fn beside_another_it_begins_once_there_are_many_or_the_other_is_done() {
        let (queue, mut jobs) = filled(MANY - 1);
        let (done, other) = oneshot::channel::<()>();
        let others = async { drop(other.await) };
        let mut waits = Box::pin(collected(&mut jobs, Instant::now(), others, MAX_BATCH));
        assert!((&mut waits).now_or_never().is_none(), "there are few");
        done.send(()).expect("it waits");
        assert_eq!(waits.await.map(|batch| batch.len()), Some(MANY - 1));

        queue.send(0).expect("it is open");
        let mut waits = Box::pin(collected(&mut jobs, Instant::now(), never(), MAX_BATCH));
        assert!((&mut waits).now_or_never().is_none(), "there is one");
        for order in 1..MANY {
            queue.send(order).expect("it is open");
        }
        let batch = waits.now_or_never().flatten();
        assert_eq!(batch, Some((0..MANY).collect()));
    }

    #[tokio::test(start_paused = true)]
    async fn beside_one_that_is_held_up_nobody_waits_for_long() {
        let (_queue, mut jobs) = filled(3);
        let began = Instant::now();
        let batch = collected(&mut jobs, Instant::now(), never(), MAX_BATCH).await;
        assert_eq!(batch, Some(vec![0, 1, 2]));
        assert_eq!(began.elapsed(), HELD_UP);
    }

    #[tokio::test(start_paused = true)]
    async fn a_batch_is_no_larger_than_may_be_and_what_is_left_is_placed_when_the_queue_ends() {
        let (queue, mut jobs) = filled(MANY + MAX_BATCH + 2);
        drop(queue);
        let first = collected(&mut jobs, Instant::now(), never(), MANY).await;
        assert_eq!(first, Some((0..MANY).collect()));
        let second = collected(&mut jobs, Instant::now(), never(), MAX_BATCH).await;
        assert_eq!(second, Some((MANY..MANY + MAX_BATCH).collect()));
        let rest = collected(&mut jobs, Instant::now(), never(), MAX_BATCH).now_or_never();
        let last = MANY + MAX_BATCH;
        assert_eq!(rest, Some(Some(vec![last, last + 1])));
        assert_eq!(
            collected(&mut jobs, Instant::now(), async {}, MAX_BATCH).await,
            None
        );
    }
}
