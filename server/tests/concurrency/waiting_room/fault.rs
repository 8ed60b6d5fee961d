//! What a waiting room has to get over.

use std::time::Duration;

use futures_util::future::join_all;
use tokio::time::sleep;

use crate::rig::{Chance, Cluster, Durability, Postgres, Redis, Stop};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It is killed, and starts again, empty.
    Redis,
    /// Each node is killed once, whichever it is that moves the room.
    Nodes,
    /// It crashes, and then loses its connections.
    Database,
}

pub struct Shop {
    pub cluster: Cluster,
    postgres: Postgres,
    redis: Redis,
}

pub async fn open() -> Shop {
    let postgres = Postgres::start(Durability::Fast).await;
    let redis = Redis::start().await;
    let cluster = Cluster::on(&postgres).await.redis(&redis).nodes(3);
    Shop {
        cluster: cluster.start().await,
        postgres,
        redis,
    }
}

pub async fn fails(fault: Fault, shop: &mut Shop, chance: &mut Chance) {
    match fault {
        Fault::Redis => {
            shop.redis.kill();
            sleep(Duration::from_secs(4)).await;
            shop.redis.start_again().await;
        }
        Fault::Nodes => {
            let last = chance.pick(0..shop.cluster.nodes.len());
            let all = 0..shop.cluster.nodes.len();
            let (last, first): (Vec<usize>, Vec<usize>) = all.partition(|node| *node == last);
            for killed in [first, last] {
                let nodes = shop.cluster.nodes.iter_mut().enumerate();
                let mut nodes: Vec<_> = nodes
                    .filter(|(number, _)| killed.contains(number))
                    .map(|(_, node)| node)
                    .collect();
                nodes.iter_mut().for_each(|node| node.kill());
                sleep(chance.millis(500..2_000)).await;
                join_all(nodes.iter_mut().map(|node| node.start_again())).await;
            }
        }
        Fault::Database => {
            shop.postgres.restart(Stop::Crash).await;
            for _ in 0..3 {
                sleep(chance.millis(200..1_000)).await;
                shop.postgres.cut_connections().await;
            }
        }
    }
}
