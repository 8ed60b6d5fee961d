//! Buyers of what is on the shelf, or of a drop, pay at a provider's page while nodes are killed, Redis dies, the provider
//! is down for a while and everything between them goes wrong by a seed. In the end the provider's books are the shop's,
//! to the cent.

mod ordered;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use app::shop::ShopSettings;
use secrecy::SecretString;
use server::{
    clock::{Clock, ManualClock, SystemClock},
    payment::{
        port,
        stripe::{Stripe, StripeSettings},
    },
    pictures::media::MediaStore,
    shop::Services,
    store::Store,
};
use tempfile::TempDir;
use tokio::{task::JoinSet, time::sleep};

use crate::{
    alone,
    faults::Source,
    paid_books::{self, courses::Courses, walk::walk},
    provider::{Mischief, Provider, SECRET_KEY, Service, Settings},
    rig::{
        Chance, Cluster, ClusterBuilder, Desk, DropLine, Durability, Goods, Outcome, Owner,
        PlannedDrop, Postgres, Redis, Shopper, Stocked, remaining,
    },
    sale::PATIENCE,
};
use ordered::{Ordered, Shop};

/// How many buy; `HOLDFAST_PAID_STORM=1000` asks for more, and for a provider that is down for longer.
const ASK: &str = "HOLDFAST_PAID_STORM";
const BUYERS: usize = 40;
/// What each wants.
const UNITS_EACH: usize = 2;
const PRICE: i64 = 2450;
/// What a drop leaves on the shelf.
const SPARE: i64 = 7;
/// Before a drop begins, in milliseconds.
const BEGINS_IN: i64 = 4_000;
pub const WEBHOOK_SECRET: &str = "whsec_rig";
/// All say that they have this address, so that one account can cancel for each.
const EMAIL: &str = "kim@example.com";
/// Between one buyer and the next, in milliseconds.
const APART: u64 = 60;
/// The same for many: those who come while the provider is down try again and again, all at once in the end, and that is more
/// than a debug build serves.
const MANY_APART: u64 = 150;
/// Far more than any run needs.
const ROUNDS: usize = 300;
const MINUTE: i64 = 60 * 1000;

fn asked() -> Option<usize> {
    std::env::var(ASK).ok().and_then(|text| text.parse().ok())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_providers_books_are_the_shops_while_nodes_and_redis_die() {
    let _turn = alone().await;
    let postgres = Postgres::start(Durability::Fast).await;
    let mut redis = Redis::start().await;
    let shop = Cluster::on(&postgres).await.redis(&redis).nodes(3);
    let buyers = asked().unwrap_or(BUYERS);
    everybody_pays(shop, Source::Shelf, buyers, Some(&mut redis)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_providers_books_are_those_of_a_drop_while_nodes_and_redis_die() {
    let _turn = alone().await;
    let postgres = Postgres::start(Durability::Fast).await;
    let mut redis = Redis::start().await;
    let shop = Cluster::on(&postgres).await.redis(&redis).nodes(3);
    let buyers = asked().unwrap_or(BUYERS);
    everybody_pays(shop, Source::Drop, buyers, Some(&mut redis)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_providers_books_are_the_shops_while_the_only_node_dies() {
    let _turn = alone().await;
    // One file takes a seventh of what Postgres does.
    let buyers = asked().map_or(BUYERS / 2, |buyers| buyers.min(300));
    everybody_pays(Cluster::on_sqlite(), Source::Shelf, buyers, None).await;
}

/// A drop of so many, which has begun; others stay on the shelf.
async fn begun(shop: &Cluster, (admin, node): (&Desk, &str), of: (&Stocked, i64)) -> PlannedDrop {
    let (product, units) = of;
    let line = DropLine {
        product,
        price: "",
        units,
        limit: "",
    };
    let owner = Owner { desk: admin, node };
    let drop = owner.plan(shop, "Lights", BEGINS_IN, &[line]).await;
    drop.begun(shop).await;
    drop
}

async fn everybody_pays(
    shop: ClusterBuilder,
    source: Source,
    buyers: usize,
    redis: Option<&mut Redis>,
) {
    let mut chance = Chance::new();
    let provider = Arc::new(
        Provider::start(Settings {
            mischief: Mischief::full(chance.seed),
            retries: 3,
            ..Settings::default()
        })
        .await,
    );
    let mut shop = shop
        .env("HOLDFAST_STRIPE_SECRET_KEY", SECRET_KEY)
        .env("HOLDFAST_STRIPE_WEBHOOK_SECRET", WEBHOOK_SECRET)
        .env("HOLDFAST_STRIPE_API", &provider.url())
        .start()
        .await;
    let nodes = shop.addresses();
    // Each event goes to two nodes, where there are two.
    for node in nodes.iter().take(2) {
        provider.send_to(&format!("{node}/hooks/stripe"), WEBHOOK_SECRET);
    }
    // Some find nothing left.
    let units = i64::try_from(buyers * UNITS_EACH * 9 / 10).unwrap();
    let spare = match source {
        Source::Shelf => 0,
        Source::Drop => SPARE,
    };
    let goods = Goods::new("Storm Lamp", PRICE, units + spare);
    let lamp = shop.stock_one(goods).await;
    let (first, http) = (&shop.nodes[0], &shop.http);
    let seen = Arc::new(Shop {
        admin: Desk::open(first, http.clone()).await,
        shopper: Desk::of_customer(first, http.clone(), &shop.db, EMAIL).await,
        nodes: nodes.clone(),
        http: http.clone(),
        db: shop.db.clone(),
    });
    let courses = Arc::new(Courses::of(chance.seed));

    let mut shoppers = Vec::new();
    let apart = asked().map_or(APART, |_| MANY_APART);
    for n in 0..buyers {
        let mut shopper = Shopper::new(shop.http.clone(), chance.branch());
        let quantity = i64::try_from(UNITS_EACH).unwrap();
        shopper
            .add(&nodes[n % nodes.len()], &lamp.variant, quantity)
            .await;
        shoppers.push((shopper, chance.millis(0..apart * buyers as u64)));
    }
    let drop = match source {
        Source::Shelf => None,
        Source::Drop => Some(begun(&shop, (&seen.admin, nodes[0].as_str()), (&lamp, units)).await),
    };
    let mut buying = JoinSet::new();
    for (n, (shopper, delay)) in shoppers.into_iter().enumerate() {
        let (seen, provider, courses) = (seen.clone(), provider.clone(), courses.clone());
        buying.spawn(async move {
            sleep(delay).await;
            buy(shopper, seen, &provider, &courses, n).await;
        });
    }
    let down = match asked() {
        Some(_) => Duration::from_secs(60),
        None => Duration::from_secs(2),
    };
    let last = shop.nodes.len() - 1;
    sleep(chance.millis(300..900)).await;
    shop.nodes[last].kill();
    sleep(chance.millis(200..700)).await;
    provider.set_service(Service::Down);
    shop.nodes[last].start_again().await;
    if let Some(redis) = redis {
        redis.kill();
        sleep(chance.millis(200..1200)).await;
        redis.start_again().await;
    }
    sleep(down).await;
    provider.set_service(Service::Up);
    buying.join_all().await;
    provider.quiet().await;

    let whose = format!("seed {}", chance.seed);
    settle(&shop, &provider, &whose).await;
    let held = paid_books::assert_equal(&shop.db, &provider, &whose).await;
    let on_shelf = shop.units(&lamp.variant).await;
    match &drop {
        None => assert_eq!(on_shelf, units - held, "{whose}"),
        // What was cancelled or refunded went back to the drop, which goes on.
        Some(drop) => {
            let left = remaining(&shop, &drop.id).await;
            assert_eq!((left, on_shelf), (units - held, SPARE), "{whose}");
        }
    }
    let checked = shop.nodes[0].run(&["check"], "");
    assert!(checked.status.success(), "{checked:?}");
    courses.assert_all_walked();
}

async fn buy(
    mut shopper: Shopper,
    shop: Arc<Shop>,
    provider: &Provider,
    courses: &Courses,
    n: usize,
) {
    shopper.says = vec![
        ("email", EMAIL.to_owned()),
        ("payment", "stripe".to_owned()),
    ];
    let outcome = shopper.place(&shop.nodes, Instant::now() + PATIENCE).await;
    assert_ne!(outcome, Outcome::Unanswered, "everybody has an answer");
    if outcome.placed().is_none() {
        return;
    }
    let token = shopper.said["token"].as_str().expect("an order has one");
    let page = shopper.said["pay_at"].as_str().map(str::to_owned);
    let order = Ordered::new(shop, token, n);
    walk(&order, provider, courses, page).await;
}

/// Another node, in this process, whose clock is past every hold.
pub struct Ahead {
    pub node: Services,
    pub clock: Arc<ManualClock>,
    /// Where its pictures would be.
    _folder: TempDir,
}

pub fn ahead(db: &Store, provider: &Provider) -> Ahead {
    let (key, secret) = (
        SecretString::from(SECRET_KEY),
        SecretString::from(WEBHOOK_SECRET),
    );
    let settings = StripeSettings::new(&key, &secret).unwrap();
    let settings = settings.at(&provider.url(), &provider.url()).unwrap();
    let stripe: Arc<dyn port::Provider> = Arc::new(Stripe::new(settings).unwrap());
    let clock = Arc::new(ManualClock::at(SystemClock.now() + 31 * MINUTE));
    let folder = tempfile::tempdir().expect("there is room for pictures");
    let media = MediaStore::local(folder.path()).expect("there is room for pictures");
    let settings = ShopSettings {
        currency: "EUR".to_owned(),
        base_url: "http://shop.test".to_owned(),
        ..ShopSettings::default()
    };
    let node = Services::new(db.clone(), clock.clone(), settings, media, vec![stripe]);
    Ahead {
        node,
        clock,
        _folder: folder,
    }
}

/// What is not at its end: orders, refunds and payments.
pub const UNSETTLED: &str = "SELECT (SELECT COUNT(*) FROM orders WHERE status = 'pending_payment') \
     + (SELECT COUNT(*) FROM refunds WHERE status = 'owed') \
     + (SELECT COUNT(*) FROM payment_attempts WHERE status = 'pending') AS n";

/// Sees to its end what is not, as another node would whose clock is past every hold, and compares the books as it
/// does at night.
async fn settle(shop: &Cluster, provider: &Provider, whose: &str) {
    let Ahead { node, clock, .. } = &ahead(&shop.db, provider);
    let mut rounds = 0;
    while shop.number(UNSETTLED).await > 0 {
        assert!(rounds < ROUNDS, "{whose}: it does not come to an end");
        rounds += 1;
        node.checkout.settle_overdue().await.unwrap();
        clock.advance(2 * MINUTE);
    }
    paid_books::compare(node, clock, provider, whose).await;
}
