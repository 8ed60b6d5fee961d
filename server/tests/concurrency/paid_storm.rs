//! Buyers pay at a provider's page while nodes are killed, Redis dies, the provider is down for a while and
//! everything between them goes wrong by a seed. In the end the provider's books are the shop's, to the cent.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use app::shop::ShopSettings;
use reqwest::Client;
use secrecy::SecretString;
use serde_json::Value;
use server::{
    clock::{Clock, ManualClock, SystemClock},
    payment::{
        port,
        stripe::{Stripe, StripeSettings},
    },
    pictures::media::MediaStore,
    shop::Services,
};
use tokio::{task::JoinSet, time::sleep};

use crate::{
    alone,
    paid_books::paid_orders,
    provider::{Mischief, Provider, SECRET_KEY, Service, Settings, cards},
    rig::{Chance, Cluster, ClusterBuilder, Durability, Goods, Postgres, Redis, Shopper},
    sale::PATIENCE,
};

/// How many buy; `HOLDFAST_PAID_STORM=2000` asks for more, and for a provider that is down for longer.
const ASK: &str = "HOLDFAST_PAID_STORM";
const BUYERS: usize = 40;
const PRICE: i64 = 4900;
const WEBHOOK_SECRET: &str = "whsec_rig";
/// Between one buyer and the next.
const APART: u64 = 60;
/// How often a shopper presses a button that does not work.
const PRESSES: usize = 20;
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
    everybody_pays(shop, asked().unwrap_or(BUYERS), Some(&mut redis)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_providers_books_are_the_shops_while_the_only_node_dies() {
    let _turn = alone().await;
    // One file takes a seventh of what Postgres does.
    let buyers = asked().map_or(BUYERS / 2, |buyers| buyers.min(300));
    everybody_pays(Cluster::on_sqlite(), buyers, None).await;
}

/// What a shopper does who has an order to pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Course {
    PaysAndComesBack,
    PaysAndClosesThePage,
    Leaves,
}

impl Course {
    const fn of(n: usize) -> Self {
        match n % 5 {
            0 => Self::Leaves,
            1 | 2 => Self::PaysAndClosesThePage,
            _ => Self::PaysAndComesBack,
        }
    }
}

async fn everybody_pays(shop: ClusterBuilder, buyers: usize, redis: Option<&mut Redis>) {
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
    let units = i64::try_from(buyers * 9 / 10).unwrap();
    let lamp = shop.stock_one(Goods::new("Storm Lamp", PRICE, units)).await;

    let mut buying = JoinSet::new();
    for n in 0..buyers {
        let mut shopper = Shopper::new(shop.http.clone(), chance.branch());
        shopper.add(&nodes[n % nodes.len()], &lamp.variant, 1).await;
        let (nodes, http) = (nodes.clone(), shop.http.clone());
        let provider = provider.clone();
        let delay = chance.millis(0..APART * buyers as u64);
        buying.spawn(async move {
            sleep(delay).await;
            buy(shopper, &http, &nodes, &provider, n).await;
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

    settle(&shop, &provider).await;
    assert_books_agree(&shop, &provider, units, &lamp.variant).await;
    let checked = shop.nodes[0].run(&["check"], "");
    assert!(checked.status.success(), "{checked:?}");
}

async fn buy(mut shopper: Shopper, http: &Client, nodes: &[String], provider: &Provider, n: usize) {
    let at = |step: usize| nodes[(n + step) % nodes.len()].as_str();
    shopper.says = vec![
        ("email", format!("buyer{n}@example.com")),
        ("payment", "stripe".to_owned()),
    ];
    let outcome = shopper.place(nodes, Instant::now() + PATIENCE).await;
    if outcome.placed().is_none() {
        return;
    }
    let mut placed = shopper.said.clone();
    let token = placed["token"].as_str().unwrap_or_default().to_owned();
    for step in 0..PRESSES {
        if placed["pay_at"].is_string() {
            break;
        }
        sleep(Duration::from_millis(100)).await;
        if let Some(again) = press_pay(http, at(step), &token, n).await {
            placed = again;
        }
    }
    let Some(page) = placed["pay_at"].as_str() else {
        return;
    };
    let course = Course::of(n);
    if course == Course::Leaves {
        return;
    }
    provider.pay(page, cards::APPROVES).await;
    if course == Course::PaysAndComesBack {
        // A node that is dead tells them nothing, and they close the page.
        let page = format!("{}/orders/{token}?paid=yes", at(1));
        let request = http.get(page).header("x-forwarded-for", address(n));
        let _ = request.send().await;
    }
}

/// Each shopper has an address of their own, as behind a proxy.
fn address(n: usize) -> String {
    format!("10.7.{}.{}", n / 250, n % 250 + 1)
}

async fn press_pay(http: &Client, node: &str, token: &str, n: usize) -> Option<Value> {
    let request = http.post(format!("{node}/api/checkout/pay"));
    let request = request
        .header("accept", "application/json")
        .header("x-forwarded-for", address(n))
        .form(&[("token", token)]);
    let answer = request.send().await.ok()?;
    answer.json().await.ok()
}

/// Sees to its end what is not, as another node would whose clock is past every hold.
async fn settle(shop: &Cluster, provider: &Provider) {
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
    let node = Services::new(
        shop.db.clone(),
        clock.clone(),
        settings,
        media,
        vec![stripe],
    );
    let unsettled = "SELECT (SELECT COUNT(*) FROM orders WHERE status = 'pending_payment') \
         + (SELECT COUNT(*) FROM refunds WHERE status = 'owed') \
         + (SELECT COUNT(*) FROM payment_attempts WHERE status = 'pending') AS n";
    let mut rounds = 0;
    while shop.number(unsettled).await > 0 {
        assert!(rounds < ROUNDS, "it does not come to an end");
        rounds += 1;
        node.checkout.settle_overdue().await.unwrap();
        clock.advance(2 * MINUTE);
    }
}

async fn assert_books_agree(shop: &Cluster, provider: &Provider, units: i64, variant: &str) {
    let sold = paid_orders(&shop.db, provider.sums(), PRICE, "the storm").await;
    assert_eq!(shop.units(variant).await, units - sold);
    // However often an event came, and to whom: one step, and one e-mail.
    let steps = "SELECT COUNT(*) AS n FROM order_events WHERE kind = 'paid'";
    let mails = "SELECT COUNT(*) AS n FROM mails WHERE kind = 'order_confirmation'";
    assert_eq!(shop.number(steps).await, sold);
    assert_eq!(shop.number(mails).await, sold);
}
