//! What shows something that begins at a moment is used until then and no longer, by each node's clock.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering::SeqCst},
};

use server::{
    cache::ReadThrough,
    clock::{Clock, ManualClock},
    coordination::{Coordination, Topic, freshness::Freshness, process::InProcess},
};

use crate::poison::connected;

const NOON: i64 = 1_760_000_000_000;

/// Words, and until when they are right.
type Shown = (String, Option<i64>);

struct Node {
    cache: ReadThrough<Shown>,
    clock: Arc<ManualClock>,
    loads: Arc<AtomicUsize>,
}

impl Node {
    fn on(coordination: Arc<dyn Coordination>) -> Self {
        let clock = Arc::new(ManualClock::at(NOON - 5));
        let cache = ReadThrough::<Shown>::new("ending", 1 << 20, Freshness::new(coordination));
        Self {
            cache: cache.ending(clock.clone(), |shown: &Shown| shown.1),
            clock,
            loads: Arc::default(),
        }
    }

    async fn read(&self) -> String {
        let (clock, loads) = (self.clock.clone(), self.loads.clone());
        let load = move || {
            let (clock, loads) = (clock.clone(), loads.clone());
            async move {
                loads.fetch_add(1, SeqCst);
                Ok(match clock.now() < NOON {
                    true => ("before".to_owned(), Some(NOON)),
                    false => ("after".to_owned(), None),
                })
            }
        };
        let shown = self.cache.get("winter", &[Topic::lists()], load).await;
        shown.unwrap().0.clone()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_entry_of_this_process_ends_at_its_moment() {
    let node = Node::on(Arc::new(InProcess::default()));
    for (now, words) in [(NOON - 5, "before"), (NOON - 1, "before"), (NOON, "after")] {
        node.clock.set(now);
        for _ in 0..3 {
            assert_eq!(node.read().await, words, "at {now}");
        }
    }
    assert_eq!(node.loads.load(SeqCst), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_entry_that_has_ended_is_no_hit() {
    let node = Node::on(Arc::new(InProcess::default()));
    let other = || || async { Ok(("other".to_owned(), None)) };
    let hit = async || node.cache.hit("winter", &[Topic::lists()], other).await;
    assert!(hit().await.is_none(), "nothing is kept yet");
    node.read().await;
    assert!(hit().await.is_some());
    node.clock.set(NOON);
    assert!(hit().await.is_none(), "it has ended");
    node.read().await;
    assert_eq!(hit().await.unwrap().0, "after");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_has_ended_whenever_it_is_made_is_given_out_all_the_same() {
    let node = Node::on(Arc::new(InProcess::default()));
    let load = || async { Ok(("over".to_owned(), Some(NOON - 10))) };
    for _ in 0..3 {
        let shown = node.cache.get("winter", &[Topic::lists()], load).await;
        assert_eq!(shown.unwrap().0, "over");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_entry_of_all_nodes_ends_for_each_by_its_own_clock() {
    let namespace = format!("test-{}", uuid::Uuid::new_v4().simple());
    let here = Node::on(connected(&namespace).await);
    let there = Node::on(connected(&namespace).await);
    assert_eq!(here.read().await, "before");
    assert_eq!(there.read().await, "before");
    there.clock.set(NOON);
    assert_eq!(there.read().await, "after");
    assert_eq!(here.read().await, "before", "its clock is behind");
    here.clock.set(NOON);
    assert_eq!(here.read().await, "after");
    let loads = here.loads.load(SeqCst) + there.loads.load(SeqCst);
    assert_eq!(loads, 2, "both entries are shared");
}
