//! Pages come from memory and are never older than the last edit. Real nodes, real Redis.

mod bounds;
mod edited;
mod ending;
mod fresh;
mod outages;
mod poison;
#[path = "../rig/mod.rs"]
mod rig;
mod same_bytes;
mod stampede;

use tokio::sync::{Mutex, MutexGuard, OnceCell};

use rig::{Cluster, ClusterBuilder, Durability, Postgres, Redis};

async fn servers() -> &'static (Postgres, Redis) {
    static SERVERS: OnceCell<(Postgres, Redis)> = OnceCell::const_new();
    SERVERS
        .get_or_init(|| async {
            (
                Postgres::start(Durability::Fast).await,
                Redis::start().await,
            )
        })
        .await
}

/// A cluster on servers that stay up. Each has its own database and namespace.
async fn nodes(nodes: usize) -> ClusterBuilder {
    let (postgres, redis) = servers().await;
    Cluster::on(postgres).await.redis(redis).nodes(nodes)
}

/// One at a time: they would only slow each other down.
async fn alone() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::const_new(());
    TURN.lock().await
}
