//! The database moves, or is far away.

use std::time::Duration;

use tokio::time::sleep;

use crate::{
    alone,
    faults::{SILENCE, Stage, a_sale},
    rig::{Cluster, Durability, Postgres, Proxy, Redis, Stop},
};

/// How long a transaction may take over a network this slow.
const PATIENCE: Duration = Duration::from_secs(30);

/// A primary with a standby that every commit waits for, behind one address.
struct Replicated {
    cluster: Cluster,
    address: Proxy,
    primary: Postgres,
    standby: Postgres,
    _redis: Redis,
}

impl Stage for Replicated {
    async fn open() -> Self {
        let primary = Postgres::start(Durability::Fast).await;
        let standby = primary.standby().await;
        let address = Proxy::before(primary.port).await;
        let redis = Redis::start().await;
        let cluster = Cluster::on_through(&primary, &address).await;
        let cluster = cluster.redis(&redis).nodes(3).patience(SILENCE);
        Self {
            cluster: cluster.start().await,
            address,
            primary,
            standby,
            _redis: redis,
        }
    }

    fn cluster(&self) -> &Cluster {
        &self.cluster
    }
}

/// While nobody is primary the address leads to a server that is gone, then to one that only reads.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_standby_takes_over_when_postgres_is_killed() {
    let _turn = alone().await;
    a_sale(async |shop: &mut Replicated, chance| {
        shop.primary.stop(Stop::Crash).await;
        sleep(chance.millis(0..1000)).await;
        shop.address.lead_to(shop.standby.port);
        shop.address.cut();
        sleep(chance.millis(500..1500)).await;
        shop.standby.promote().await;
    })
    .await;
}

/// Postgres and Redis somewhere else.
struct Remote {
    cluster: Cluster,
    to_postgres: Proxy,
    to_redis: Proxy,
    _postgres: Postgres,
    _redis: Redis,
}

impl Stage for Remote {
    async fn open() -> Self {
        let postgres = Postgres::start(Durability::Fast).await;
        let redis = Redis::start().await;
        let to_postgres = Proxy::before(postgres.port).await;
        let to_redis = Proxy::before(redis.port).await;
        let cluster = Cluster::on_through(&postgres, &to_postgres).await;
        let redis_at = vec![format!("redis://127.0.0.1:{}", to_redis.port)];
        let cluster = cluster.redis_at(redis_at).nodes(3).patience(PATIENCE);
        Self {
            cluster: cluster.start().await,
            to_postgres,
            to_redis,
            _postgres: postgres,
            _redis: redis,
        }
    }

    fn cluster(&self) -> &Cluster {
        &self.cluster
    }

    fn ended(&mut self) {
        self.to_postgres.delay(0..1);
        self.to_redis.delay(0..1);
    }
}

/// From one moment to the next everything takes its time, now longer and now shorter than the limits
/// that are set for Redis.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_network_is_slow_and_uneven() {
    let _turn = alone().await;
    a_sale(async |shop: &mut Remote, _| {
        shop.to_postgres.delay(5..60);
        shop.to_redis.delay(5..500);
        sleep(Duration::from_secs(4)).await;
        // A transaction of orders is a dozen round trips and is given up after 4 seconds.
        shop.to_postgres.delay(5..250);
        sleep(Duration::from_secs(4)).await;
        shop.to_postgres.delay(0..20);
    })
    .await;
}
