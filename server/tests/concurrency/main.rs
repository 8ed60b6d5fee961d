//! Everybody buys at once: from real processes, while things die. After every sale the books agree,
//! every shopper has been told the truth, and exactly as many units are sold as there were.

mod brakes;
mod crowded_room;
mod disk;
mod drops;
mod edits;
mod encrypted;
mod failover;
mod faults;
mod few_files;
mod given_back;
mod one_buyer;
#[path = "../paid_books/mod.rs"]
mod paid_books;
mod paid_storm;
#[path = "../provider/mod.rs"]
mod provider;
#[path = "../rig/mod.rs"]
mod rig;
mod sale;
mod sold_out;
mod twice;
mod waiting_room;

use tokio::sync::{Mutex, MutexGuard, OnceCell};

use rig::{Cluster, ClusterBuilder, Durability, Postgres, Redis};

/// Servers for the sales in which they stay up. Each sale has its own database and namespace.
async fn three_nodes() -> ClusterBuilder {
    static SERVERS: OnceCell<(Postgres, Redis)> = OnceCell::const_new();
    let (postgres, redis) = SERVERS
        .get_or_init(|| async {
            (
                Postgres::start(Durability::Fast).await,
                Redis::start().await,
            )
        })
        .await;
    Cluster::on(postgres).await.redis(redis).nodes(3)
}

/// One sale at a time: several would only slow each other down, and none would be a rush.
async fn alone() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::const_new(());
    TURN.lock().await
}
