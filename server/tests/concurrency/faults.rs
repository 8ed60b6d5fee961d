//! Something dies in the midst of a sale, at a random moment, be it of what is on the shelf or of a drop. Shoppers send
//! their orders again, each with its own key, until they have an answer.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use server::db::{Db, Get, Sql};
use sqlx::any::AnyRow;
use tokio::time::sleep;

use crate::{
    alone,
    rig::{
        Chance, Cluster, Desk, DropLine, Durability, Goods, Owner, PlannedDrop, Postgres, Redis,
        Stocked, Stop, remaining, until,
    },
    sale::{Arrival, Buyer, Queue},
};

/// If it is set to a number, so many come to one sale with each fault, a drop's. docs/concurrency.md has the command.
const ASK: &str = "HOLDFAST_FAULTS";
/// Sales with the same fault, each in a shop of its own, at the same time.
const SALES: [Source; 2] = [Source::Shelf, Source::Drop];
/// Before a drop begins, in milliseconds.
const BEGINS_IN: i64 = 4_000;
/// Shoppers come to the till for this long.
const RUSH: Duration = Duration::from_millis(2500);
/// How long shoppers wait for one answer before they try elsewhere.
pub const SILENCE: Duration = Duration::from_secs(3);

/// Where the units come from that everybody wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    Shelf,
    /// A drop that has just begun, for which all was set aside.
    Drop,
}

/// How many units there are, and how many want one. Some come before the fault, too few to take everything however slow
/// it is to come, and the rest as it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Crowd {
    units: usize,
    early: usize,
    late: usize,
}

impl Crowd {
    const USUAL: Self = Self {
        units: 120,
        early: 100,
        late: 80,
    };

    /// So many people, and as many units for each of them as usual.
    const fn of(people: usize) -> Self {
        let Self { units, early, late } = Self::USUAL;
        let all = early + late;
        Self {
            units: people * units / all,
            early: people * early / all,
            late: people * late / all,
        }
    }
}

fn asked() -> Option<usize> {
    std::env::var(ASK).ok().and_then(|text| text.parse().ok())
}

/// A shop, and everything in it that may die.
pub trait Stage {
    async fn open() -> Self;
    fn cluster(&self) -> &Cluster;
    /// When everybody was served.
    fn ended(&mut self) {}
}

struct Shop {
    cluster: Cluster,
    postgres: Postgres,
    redis: Redis,
}

impl Stage for Shop {
    async fn open() -> Self {
        let postgres = Postgres::start(Durability::Fast).await;
        let redis = Redis::start().await;
        let cluster = Cluster::on(&postgres).await.redis(&redis).nodes(3);
        Self {
            cluster: cluster.patience(SILENCE).start().await,
            postgres,
            redis,
        }
    }

    fn cluster(&self) -> &Cluster {
        &self.cluster
    }

    /// If it was paused: everybody was served while it was.
    fn ended(&mut self) {
        self.redis.resume();
    }
}

/// Lets `fault` do its worst in the midst of sales, at a random moment of each. It is to leave what it
/// was let loose on so that a shop can be run.
async fn a_sale_with(fault: impl AsyncFn(&mut Shop, &mut Chance)) {
    let _turn = alone().await;
    if let Some(people) = asked() {
        a_sale_of(Source::Drop, Crowd::of(people), &fault).await;
        return;
    }
    let sales = SALES
        .into_iter()
        .map(|source| a_sale_of(source, Crowd::USUAL, &fault));
    join_all(sales).await;
}

pub async fn a_sale<S: Stage>(fault: impl AsyncFn(&mut S, &mut Chance)) {
    a_sale_of(Source::Shelf, Crowd::USUAL, fault).await;
}

/// A drop of all there is, which has begun.
async fn begun(shop: &Cluster, lamp: &Stocked, units: i64) -> PlannedDrop {
    let desk = Desk::open(&shop.nodes[0], shop.http.clone()).await;
    let nodes = shop.addresses();
    let owner = Owner {
        desk: &desk,
        node: &nodes[0],
    };
    let line = DropLine {
        product: lamp,
        price: "",
        units,
        limit: "",
    };
    let drop = owner.plan(shop, "Lights", BEGINS_IN, &[line]).await;
    drop.begun(shop).await;
    drop
}

async fn a_sale_of<S: Stage>(
    source: Source,
    crowd: Crowd,
    fault: impl AsyncFn(&mut S, &mut Chance),
) {
    let mut chance = Chance::new();
    let mut shop = S::open().await;
    let units = i64::try_from(crowd.units).expect("they are few");
    let goods = Goods::new("Storm Lamp", 4900, units);
    let lamp = shop.cluster().stock_one(goods).await;
    let early = Queue::for_one_each(shop.cluster(), &mut chance, &lamp, crowd.early).await;
    let late = Queue::for_one_each(shop.cluster(), &mut chance, &lamp, crowd.late).await;
    let drop = match source {
        Source::Shelf => None,
        Source::Drop => Some(begun(shop.cluster(), &lamp, units).await),
    };

    let rush = early.order(&mut chance, Arrival::Within(RUSH));
    rush.has_placed(chance.pick(1..crowd.units / 2)).await;
    let began = Instant::now();
    let late = late.order(&mut chance, Arrival::Within(RUSH));
    fault(&mut shop, &mut chance).await;
    let mut sold = rush.ended().await;
    sold.buyers.extend(late.ended().await.buyers);
    shop.ended();

    let sold_on = |buyer: &Buyer| buyer.outcome.placed().is_some() && buyer.ended > began;
    assert!(sold.buyers.iter().any(sold_on), "it fell in the middle");
    assert_eq!(sold.placed(), crowd.units, "{:?}", sold.answers());
    assert_eq!(shop.cluster().units(&lamp.variant).await, 0);
    if let Some(drop) = drop {
        assert_eq!(remaining(shop.cluster(), &drop.id).await, 0);
    }
    sold.assert_fair(shop.cluster()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn redis_is_killed_and_started_again() {
    a_sale_with(async |shop, chance| {
        shop.redis.kill();
        sleep(chance.millis(0..1500)).await;
        shop.redis.start_again().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn redis_is_paused() {
    a_sale_with(async |shop, _| {
        shop.redis.pause();
        sleep(Duration::from_secs(5)).await;
    })
    .await;
}

/// The lock runs out under a node that holds it and does not know, with a transaction begun. What it
/// does when it wakes up spoils nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_that_holds_the_lock_is_paused_past_its_time() {
    a_sale_with(async |shop, _| {
        let caught = pause_a_lock_holder(shop).await;
        sleep(Duration::from_secs(7)).await;
        for node in caught {
            shop.cluster.nodes[node].resume();
        }
    })
    .await;
}

/// Keeps hold of what everybody wants until a node that has the lock waits for it in the database,
/// and pauses that node.
async fn pause_a_lock_holder(shop: &mut Shop) -> Vec<usize> {
    let db = shop.cluster.db.clone();
    let mut holding = db.begin().await.expect("the database answers");
    let hold = Sql::new("SELECT id FROM variants FOR UPDATE");
    hold.fetch_all(&mut *holding).await.expect("they are there");
    let (mut caught, mut held) = (Vec::new(), None);
    let limit = Duration::from_secs(30);
    until("a node waits with a lock", limit, async || {
        let before = (lock(shop).await, waiting(&db).await);
        // The one that has the lock has come to the row by now, if it is not one without it who waits.
        sleep(Duration::from_millis(300)).await;
        (held, caught) = (lock(shop).await, waiting(&db).await);
        held.is_some() && !caught.is_empty() && before == (held.clone(), caught.clone())
    })
    .await;
    for node in &caught {
        shop.cluster.nodes[*node].pause();
    }
    holding.rollback().await.expect("the database answers");
    // One that is awake would be done with its batch now.
    sleep(Duration::from_secs(1)).await;
    assert_eq!(lock(shop).await, held, "the holder sleeps");
    caught
}

/// Numbers of the nodes that wait for a row.
async fn waiting(db: &Db) -> Vec<usize> {
    let sql = Sql::new(
        "SELECT DISTINCT application_name AS name FROM pg_stat_activity \
         WHERE datname = current_database() AND wait_event_type = 'Lock' ORDER BY name",
    );
    let rows = sql.fetch_all(db.reader()).await.expect("Postgres tells");
    let number = |row: &AnyRow| -> Option<usize> {
        row.text("name").ok()?.strip_prefix("node-")?.parse().ok()
    };
    rows.iter().filter_map(number).collect()
}

/// The token under which something is locked, if anything is.
async fn lock(shop: &Shop) -> Option<String> {
    let pattern = format!("{{{}}}:lock:*", shop.cluster.namespace);
    let keys = shop.redis.command(&format!("KEYS {pattern}")).await?;
    let key = keys.lines().find(|line| line.contains(":lock:"))?;
    let token = shop.redis.command(&format!("GET {key}")).await?;
    token.lines().nth(1).map(str::to_owned)
}

/// Its shoppers go on at the others, with the keys they have.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_is_killed() {
    a_sale_with(async |shop, chance| {
        // Not the one that is asked for the books afterwards.
        let killed = chance.pick(1..shop.cluster.nodes.len());
        shop.cluster.nodes[killed].kill();
        sleep(chance.millis(500..2000)).await;
        shop.cluster.nodes[killed].start_again().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_is_restarted() {
    a_sale_with(async |shop, _| shop.postgres.restart(Stop::Orderly).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_crashes() {
    a_sale_with(async |shop, _| shop.postgres.restart(Stop::Crash).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_connection_is_dropped_again_and_again() {
    a_sale_with(async |shop, chance| {
        for _ in 0..5 {
            shop.postgres.cut_connections().await;
            shop.redis.cut_connections().await;
            sleep(chance.millis(50..400)).await;
        }
    })
    .await;
}
