//! A slow reader loads the old product, an admin edits it, and only then the reader stores what it
//! has. Nobody may find that.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use server::{
    cache::ReadThrough,
    coordination::{Coordination, Topic, freshness::Freshness, process::InProcess, redis::Redis},
};
use tokio::sync::Semaphore;

use crate::servers;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_filler_does_not_poison_this_process() {
    let node: Arc<dyn Coordination> = Arc::new(InProcess::default());
    the_edit_wins(node.clone(), node).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_filler_does_not_poison_other_nodes() {
    let namespace = format!("test-{}", uuid::Uuid::new_v4().simple());
    let one = connected(&namespace).await;
    let other = connected(&namespace).await;
    the_edit_wins(one, other).await;
}

/// A node's own connection. This is not about time, so a busy machine is given some.
pub async fn connected(namespace: &str) -> Arc<dyn Coordination> {
    let (_, redis) = servers().await;
    let limit = Duration::from_secs(5);
    let node = Redis::start_with_limit(&redis.url(), namespace, limit).expect("the address is one");
    node.up(limit).await.expect("Redis answers");
    Arc::new(node)
}

/// What is in the database, and a door before which a reader waits with what it has read.
#[derive(Clone)]
struct Shelf {
    title: Arc<Mutex<&'static str>>,
    has_read: Arc<Semaphore>,
    door: Arc<Semaphore>,
}

impl Shelf {
    fn read(&self) -> String {
        self.title.lock().unwrap().to_string()
    }
}

async fn the_edit_wins(one: Arc<dyn Coordination>, other: Arc<dyn Coordination>) {
    let cache = |node: &Arc<dyn Coordination>| {
        ReadThrough::<String>::new("poison", 1 << 20, Freshness::new(node.clone()))
    };
    let (here, there) = (cache(&one), cache(&other));
    let topics = [Topic::product("storm-lamp")];
    let shelf = Shelf {
        title: Arc::new(Mutex::new("old")),
        has_read: Arc::new(Semaphore::new(0)),
        door: Arc::new(Semaphore::new(0)),
    };

    let slow = tokio::spawn({
        let (here, topics, shelf) = (here.clone(), topics.clone(), shelf.clone());
        async move {
            let load = move || {
                let shelf = shelf.clone();
                async move {
                    let title = shelf.read();
                    shelf.has_read.add_permits(1);
                    let _ = shelf.door.acquire().await;
                    Ok(title)
                }
            };
            here.get("storm-lamp", &topics, load).await
        }
    });
    let _ = shelf.has_read.acquire().await.expect("it is open");
    *shelf.title.lock().unwrap() = "new";
    other.bump(&topics).await.expect("the edit is announced");

    let quick = {
        let shelf = shelf.clone();
        move || {
            let shelf = shelf.clone();
            async move { Ok(shelf.read()) }
        }
    };
    // While the old title is on its way into the cache, and after it has got there.
    for moment in ["before", "after"] {
        for cache in [&here, &there] {
            let title = cache.get("storm-lamp", &topics, quick.clone()).await;
            assert_eq!(*title.expect("it is loaded"), "new", "{moment}");
        }
        if moment == "before" {
            shelf.door.add_permits(1);
            while !slow.is_finished() {
                tokio::task::yield_now().await;
            }
        }
    }
    // It asked before the edit and may well get the old one.
    assert_eq!(*slow.await.unwrap().expect("it is loaded"), "old");
}
