//! Two nodes that are coordinated.

use std::{sync::Arc, time::Duration};

use server::coordination::{
    Coordination, Health, LockOutcome, Topic, VersionStamp,
    process::InProcess,
    redis::{CALL, Redis},
};
use tokio::time::Instant;

const ASK: &str = "HOLDFAST_TEST_REDIS_URL";

/// Longer than anything takes here on the busiest machine.
pub const PATIENCE: Duration = Duration::from_secs(20);

pub struct Nodes {
    pub one: Arc<dyn Coordination>,
    pub other: Arc<dyn Coordination>,
}

/// Where there is no other node, this one is met again.
pub async fn in_process() -> Nodes {
    let one: Arc<dyn Coordination> = Arc::new(InProcess::default());
    let other = one.clone();
    Nodes { one, other }
}

/// On the shared test server, where a namespace of their own keeps them from other tests' nodes.
pub async fn through_redis() -> Nodes {
    let url = std::env::var(ASK).unwrap_or_else(|_| {
        panic!(
            "{ASK} is not set, so there is no Redis to test on: run `cargo xtask test`, which \
             starts one"
        )
    });
    let namespace = format!("test-{}", uuid::Uuid::new_v4().simple());
    patiently_on(&url, &namespace).await
}

/// With calls that wait as long as it takes, for what is not about time.
pub async fn patiently_on(url: &str, namespace: &str) -> Nodes {
    let node = || Redis::start_with_limit(url, namespace, PATIENCE).expect("an address");
    let nodes = Nodes {
        one: Arc::new(node()),
        other: Arc::new(node()),
    };
    nodes.up().await;
    nodes
}

/// With the limits of a shop in service.
pub async fn on(url: &str) -> Nodes {
    let node = || Arc::new(Redis::start(url, "test").expect("an address"));
    let nodes = Nodes {
        one: node(),
        other: node(),
    };
    nodes.up().await;
    nodes
}

impl Nodes {
    pub async fn up(&self) {
        for node in [&self.one, &self.other] {
            until("Redis is in reach", async || node.health() == Health::Up).await;
        }
    }
}

/// Stamps, however busy the machine is.
pub async fn stamp(node: &Arc<dyn Coordination>, topics: &[Topic]) -> VersionStamp {
    let deadline = Instant::now() + PATIENCE;
    loop {
        match node.stamp(topics).await {
            Ok(stamp) => return stamp,
            Err(away) => assert!(Instant::now() < deadline, "{away}"),
        }
        tokio::time::sleep(CALL).await;
    }
}

/// Waits for what must come to be.
pub async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !holds().await {
        assert!(Instant::now() < deadline, "in vain: {what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// Of a lock or lease whose answer may come too late: it is to be free for the next try.
pub const BRIEF: Duration = Duration::from_millis(500);

/// Takes a lock and gives it back, however busy the machine is.
pub async fn lock_and_unlock(node: &Arc<dyn Coordination>, keys: &[String]) {
    until("a lock", async || {
        let Ok(LockOutcome::Granted { token, .. }) = node.try_lock(keys, BRIEF).await else {
            return false;
        };
        node.unlock(keys, &token).await == Ok(keys.len())
    })
    .await;
}

#[macro_export]
macro_rules! on_both_back_ends {
    ($($name:ident),* $(,)?) => {
        mod in_process {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $name() {
                    super::$name($crate::nodes::in_process().await).await;
                }
            )*
        }

        mod through_redis {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $name() {
                    super::$name($crate::nodes::through_redis().await).await;
                }
            )*
        }
    };
}
