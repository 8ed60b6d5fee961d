//! Batches that overlap: what one writes, or waits for, holds nobody up who wants something else.

use std::{sync::Arc, time::Duration};

use app::{
    checkout::types::{PlaceOrder, Placed},
    error::{ErrorKind, ShopResult},
};
use async_trait::async_trait;
use futures_util::future::join_all;
use server::{
    cart::token,
    coordination::{
        CacheScope, Coordination, Event, Found, Health, LockOutcome, Token, Topic, Unavailable,
        VersionStamp,
        buckets::{Draw, Drawn},
        freshness::Freshness,
        process::InProcess,
    },
    db::{Db, Sql},
    error::Result,
    orders::placement::{
        batch::{Intent, Outcome},
        queue::OrderQueue,
        refusal::Refusal,
    },
    store::Store,
};
use tokio::{sync::broadcast, task::JoinHandle};

use crate::{
    placing_again::waiting,
    placing_together::intent,
    support::{Goods, Kind, Stocked, TestShop, cash, order, run},
};

/// Keeps orders for what costs 10.00 between their decision and the taking of their units, as long as someone holds
/// the lock.
const STOP: [&str; 2] = [
    "CREATE FUNCTION stop_here() RETURNS trigger LANGUAGE plpgsql AS \
     $$ BEGIN PERFORM pg_advisory_xact_lock(4711); RETURN NEW; END $$",
    "CREATE TRIGGER stop_here BEFORE UPDATE OF sold ON variants \
     FOR EACH ROW WHEN (OLD.price_minor = 1000) EXECUTE FUNCTION stop_here()",
];
const HOLD: &str = "SELECT CAST(pg_advisory_xact_lock(4711) AS TEXT) AS turn";

/// The order of someone who has nothing in common with others.
fn by(buyer: u8, total_minor: i64) -> PlaceOrder {
    let mut order = order(cash(), total_minor);
    order.contact.email = format!("buyer-{buyer}@example.com");
    order.contact.address_line1 = format!("Quay {buyer}");
    order.network = format!("203.0.113.{buyer}");
    order
}

fn placing(shop: &TestShop, cart: String, order: PlaceOrder) -> JoinHandle<ShopResult<Placed>> {
    let shop = shop.clone();
    tokio::spawn(async move { shop.place(&cart, order).await })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_being_written_holds_nobody_up_who_wants_something_else() {
    run(Kind::Postgres, |shop: TestShop| async move {
        for sql in STOP {
            shop.execute(sql).await;
        }
        let rope = shop.stock(Goods::named("Rope").price(1000).units(2)).await;
        let lamp = shop.stock(Goods::named("Lamp").price(2000).units(3)).await;
        // The first order of a shop makes a key that others wait for.
        let key = shop.cart(&[(lamp.variant(), 1)]).await;
        shop.place(&key, by(3, 2000)).await.unwrap();
        let of_rope = shop.cart(&[(rope.variant(), 1)]).await;
        let of_lamp = shop.cart(&[(lamp.variant(), 1)]).await;
        let mut held = shop.db().begin().await.unwrap();
        Sql::new(HOLD).fetch_all(&mut *held).await.unwrap();

        let first = placing(&shop, of_rope, by(1, 1000));
        waiting(&shop, 1).await;
        let other = shop.place(&of_lamp, by(2, 2000)).await.unwrap();

        assert_eq!(other.total_minor, 2000);
        assert!(!first.is_finished());
        held.commit().await.unwrap();
        assert_eq!(first.await.unwrap().unwrap().total_minor, 1000);
        let left = [
            shop.units(rope.variant()).await,
            shop.units(lamp.variant()).await,
        ];
        assert_eq!(left, [1, 1]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_wants_the_same_is_decided_after_what_is_being_written() {
    run(Kind::Postgres, |shop: TestShop| async move {
        for sql in STOP {
            shop.execute(sql).await;
        }
        let rope = shop.stock(Goods::named("Rope").price(1000).units(1)).await;
        let carts = [
            shop.cart(&[(rope.variant(), 1)]).await,
            shop.cart(&[(rope.variant(), 1)]).await,
        ];
        let mut held = shop.db().begin().await.unwrap();
        Sql::new(HOLD).fetch_all(&mut *held).await.unwrap();

        let [first, second] = carts;
        let first = placing(&shop, first, by(1, 1000));
        waiting(&shop, 1).await;
        let second = placing(&shop, second, by(2, 1000));
        // It has read its cart, and waits for the row.
        waiting(&shop, 2).await;
        held.commit().await.unwrap();

        first.await.unwrap().unwrap();
        let refused = second.await.unwrap().unwrap_err();
        assert_eq!(refused.kind, ErrorKind::SoldOut);
        assert_eq!(
            (shop.orders().await, shop.units(rope.variant()).await),
            (1, 0)
        );
    })
    .await;
}

/// A lock is of the variants of one batch: what wants one of them and another waits until it is given back.
#[tokio::test]
async fn who_waits_for_a_lock_of_the_same_node_keeps_nobody_else_waiting_for_long() {
    run(Kind::Postgres, |shop: TestShop| async move {
        for sql in STOP {
            shop.execute(sql).await;
        }
        let rope = shop.stock(Goods::named("Rope").price(1000).units(9)).await;
        let lamp = shop.stock(Goods::named("Lamp").price(2000).units(9)).await;
        let tarp = shop.stock(Goods::named("Tarp").price(3000).units(9)).await;
        // The first order of a shop makes a key that others wait for.
        let key = shop.cart(&[(lamp.variant(), 1)]).await;
        shop.place(&key, by(1, 2000)).await.unwrap();
        let cluster = Arc::new(Cluster(InProcess::default()));
        let db: &Db = shop.db();
        let store = Store::new(db.clone(), Freshness::new(cluster));
        let defaults = shop.services.settings.defaults().clone();
        let queue = OrderQueue::open(store, shop.clock.clone(), defaults, 100);
        let mut held = shop.db().begin().await.unwrap();
        Sql::new(HOLD).fetch_all(&mut *held).await.unwrap();

        let (mut ropes, mut both) = (Vec::new(), Vec::new());
        for buyer in [2, 3] {
            ropes.push(of(&shop, &[&rope], by(buyer, 1000)).await);
            both.push(of(&shop, &[&rope, &lamp], by(buyer + 10, 3000)).await);
        }
        let cold = of(&shop, &[&tarp], by(4, 3000)).await;
        let ropes = crowd(&queue, ropes);
        waiting(&shop, 1).await;
        let both = crowd(&queue, both);
        let cold = queue.place(cold).await;
        assert!(matches!(cold, Ok(Outcome::Placed(_))), "{cold:?}");
        assert!(!ropes.is_finished() && !both.is_finished());

        held.commit().await.unwrap();
        for answers in [ropes, both] {
            for answer in answers.await.unwrap() {
                assert!(matches!(answer, Ok(Outcome::Placed(_))), "{answer:?}");
            }
        }
        let left = [
            shop.units(rope.variant()).await,
            shop.units(lamp.variant()).await,
        ];
        assert_eq!(left, [5, 6]);
    })
    .await;
}

/// One of each.
async fn of(shop: &TestShop, goods: &[&Stocked], order: PlaceOrder) -> Intent {
    let lines = goods.iter().map(|one| (one.variant(), 1));
    let cart = shop.cart(&lines.collect::<Vec<_>>()).await;
    Intent {
        cart_hash: token::key(&cart),
        contact: order.contact,
        network: order.network,
        expected_total_minor: order.expected_total_minor,
        ..intent(shop, goods[0], "nobody").await
    }
}

/// Longer than anything takes here.
const LONG: Duration = Duration::from_secs(60);

/// In one thread all orders of a crowd are in the queue before any is looked at.
#[tokio::test]
async fn who_waits_for_the_lock_of_a_hot_variant_keeps_nobody_else_waiting() {
    run(Kind::Sqlite, beside_a_lock).await;
    run(Kind::Postgres, beside_a_lock).await;
}

async fn beside_a_lock(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(1000).units(20)).await;
    let lamp = shop.stock(Goods::named("Lamp").price(1000).units(20)).await;
    let cluster = Arc::new(Cluster(InProcess::default()));
    let db: &Db = shop.db();
    let store = Store::new(db.clone(), Freshness::new(cluster.clone()));
    let defaults = shop.services.settings.defaults().clone();
    let queue = OrderQueue::open(store, shop.clock.clone(), defaults, 100);

    let key = [rope.variant().to_owned()];
    let token = lock(&cluster, &key).await;
    let hot = crowd(&queue, intents(&shop, &rope, "first").await);
    let cold = intent(&shop, &lamp, "other").await;
    let cold = queue.place(cold).await;
    assert!(matches!(cold, Ok(Outcome::Placed(_))), "{cold:?}");
    assert!(!hot.is_finished(), "another node has the lock");
    assert_eq!(cluster.unlock(&key, &token).await, Ok(1));
    for answer in hot.await.unwrap() {
        assert!(matches!(answer, Ok(Outcome::Placed(_))), "{answer:?}");
    }
    assert_eq!(shop.units(rope.variant()).await, 12);
    // It was given back.
    let token = lock(&cluster, &key).await;

    let late = crowd(&queue, intents(&shop, &rope, "late").await);
    for answer in late.await.unwrap() {
        let busy = matches!(answer, Ok(Outcome::Refused(Refusal::Overloaded)));
        assert!(busy, "{answer:?}");
    }
    assert_eq!(shop.orders().await, 9);
    assert_eq!(cluster.unlock(&key, &token).await, Ok(1));
}

/// A batch is looked at in part, and as a whole if some of it has to wait.
#[tokio::test]
async fn of_a_large_batch_only_those_wait_who_want_what_another_node_sells() {
    run(Kind::Sqlite, in_a_large_batch).await;
    run(Kind::Postgres, in_a_large_batch).await;
}

async fn in_a_large_batch(shop: TestShop) {
    const ORDERS: usize = 40;
    let rope = shop.stock(Goods::named("Rope").price(1000).units(60)).await;
    let lamp = shop.stock(Goods::named("Lamp").price(1000).units(20)).await;
    let cluster = Arc::new(Cluster(InProcess::default()));
    let db: &Db = shop.db();
    let store = Store::new(db.clone(), Freshness::new(cluster.clone()));
    let defaults = shop.services.settings.defaults().clone();
    let queue = OrderQueue::open(store, shop.clock.clone(), defaults, 100);
    let mut wanted = Vec::new();
    for nth in 0..ORDERS {
        wanted.push(intent(&shop, &rope, &format!("buyer-{nth}")).await);
    }
    let cold = intent(&shop, &lamp, "other").await;

    let key = [rope.variant().to_owned()];
    let token = lock(&cluster, &key).await;
    let hot = crowd(&queue, wanted);
    // They are in the queue before this one.
    tokio::task::yield_now().await;
    let cold = queue.place(cold).await;
    assert!(matches!(cold, Ok(Outcome::Placed(_))), "{cold:?}");
    assert!(!hot.is_finished(), "another node has the lock");
    assert_eq!(cluster.unlock(&key, &token).await, Ok(1));
    for answer in hot.await.unwrap() {
        assert!(matches!(answer, Ok(Outcome::Placed(_))), "{answer:?}");
    }
    assert_eq!(shop.units(rope.variant()).await, 20);
}

/// In one thread nothing is taken off the queue before someone waits.
#[tokio::test]
async fn who_comes_when_no_more_can_wait_is_refused_at_once() {
    run(Kind::Sqlite, at_a_full_queue).await;
    run(Kind::Postgres, at_a_full_queue).await;
}

async fn at_a_full_queue(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(1000).units(20)).await;
    let defaults = shop.services.settings.defaults().clone();
    let queue = OrderQueue::open(shop.db().clone(), shop.clock.clone(), defaults, 2);
    let mut intents = intents(&shop, &rope, "buyer").await.into_iter();
    let mut next = || intents.next().expect("there are eight");

    assert_eq!(queue.has_room(), Ok(()));
    let waiting = [queue.place(next()), queue.place(next())];
    assert!(!queue.lags());
    assert_eq!(queue.has_room(), Err(Refusal::Overloaded));
    assert!(queue.lags());
    let refused = queue.place(next()).await;
    let is_busy = matches!(refused, Ok(Outcome::Refused(Refusal::Overloaded)));
    assert!(is_busy, "{refused:?}");

    for placed in join_all(waiting).await {
        assert!(matches!(placed, Ok(Outcome::Placed(_))), "{placed:?}");
    }
    assert_eq!(queue.has_room(), Ok(()));
    assert_eq!(shop.orders().await, 2);
}

async fn intents(shop: &TestShop, goods: &Stocked, crowd: &str) -> Vec<Intent> {
    let mut intents = Vec::new();
    for nth in 0..8 {
        intents.push(intent(shop, goods, &format!("{crowd}-{nth}")).await);
    }
    intents
}

/// Orders at once.
fn crowd(queue: &OrderQueue, intents: Vec<Intent>) -> JoinHandle<Vec<Result<Outcome>>> {
    let queue = queue.clone();
    tokio::spawn(async move { join_all(intents.into_iter().map(|one| queue.place(one))).await })
}

/// Takes the lock as soon as it is free.
async fn lock(cluster: &Cluster, key: &[String]) -> Token {
    loop {
        match cluster.try_lock(key, LONG).await {
            Ok(LockOutcome::Granted { token, .. }) => return token,
            Ok(LockOutcome::Held) => tokio::task::yield_now().await,
            Err(Unavailable) => panic!("it is in this process"),
        }
    }
}

/// What nodes share, in this process.
struct Cluster(InProcess);

#[async_trait]
impl Coordination for Cluster {
    fn scope(&self) -> CacheScope {
        CacheScope::Cluster
    }

    fn health(&self) -> Health {
        self.0.health()
    }

    async fn stamp(&self, topics: &[Topic]) -> Result<VersionStamp, Unavailable> {
        self.0.stamp(topics).await
    }

    async fn bump(&self, topics: &[Topic]) -> Result<(), Unavailable> {
        self.0.bump(topics).await
    }

    async fn bump_all(&self) -> Result<(), Unavailable> {
        self.0.bump_all().await
    }

    async fn find(&self, key: &str, lease: Duration) -> Result<Found, Unavailable> {
        self.0.find(key, lease).await
    }

    async fn store(
        &self,
        key: &str,
        value: Vec<u8>,
        ttl: Duration,
        lease: &Token,
    ) -> Result<(), Unavailable> {
        self.0.store(key, value, ttl, lease).await
    }

    async fn give_back(&self, key: &str, lease: &Token) -> Result<(), Unavailable> {
        self.0.give_back(key, lease).await
    }

    async fn try_lock(&self, keys: &[String], ttl: Duration) -> Result<LockOutcome, Unavailable> {
        self.0.try_lock(keys, ttl).await
    }

    async fn unlock(&self, keys: &[String], token: &Token) -> Result<usize, Unavailable> {
        self.0.unlock(keys, token).await
    }

    async fn are_wanted(&self, keys: &[String]) -> Result<bool, Unavailable> {
        self.0.are_wanted(keys).await
    }

    fn freed(&self) -> broadcast::Receiver<Arc<str>> {
        self.0.freed()
    }

    async fn draw(&self, draws: &[Draw]) -> Result<Drawn, Unavailable> {
        self.0.draw(draws).await
    }

    fn publish(&self, event: Event) {
        self.0.publish(event);
    }

    fn subscribe(&self) -> broadcast::Receiver<Event> {
        self.0.subscribe()
    }
}
