//! Orders that are paid at the page of the tests' payment provider: placing, the page, the card, and what the
//! provider tells the shop of it. The provider is a part of this program, so its work counts as load.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::task::JoinSet;

use crate::{
    load::{
        carts::{self, Cart, Filling, Item, Pays},
        client::{Connection, get},
        cpu::{Used, rested_shop},
        run::Measured,
    },
    provider::{Provider, SECRET_KEY, Settings, Visit, cards},
    rig::Cluster,
};

use super::{
    base,
    orders::{self, address},
    report::{Ground, Report},
    series::{PLACED, Series},
};

const SHOPPERS: usize = 64;
const WEBHOOK_SECRET: &str = "whsec_rig";
/// One of so many has a card that is declined, and leaves.
const DECLINED: usize = 20;
/// More shoppers a second than any run has.
const FASTEST: f64 = 2_000.0;
/// What is counted as an answer where there is none by HTTP: the card was declined.
const NOT_PAID: u16 = 402;

pub async fn rows(report: &mut Report, ground: &Ground<'_>) {
    let mut plain = base::one_row(ground.postgres).await;
    let provider = Arc::new(Provider::start(Settings::default()).await);
    let cluster = Cluster::on(ground.postgres)
        .await
        .redis(ground.redis)
        .env("HOLDFAST_STRIPE_SECRET_KEY", SECRET_KEY)
        .env("HOLDFAST_STRIPE_WEBHOOK_SECRET", WEBHOOK_SECRET)
        .env("HOLDFAST_STRIPE_API", &provider.url())
        .start()
        .await;
    let hooks = format!("{}/hooks/stripe", cluster.nodes[0].base());
    provider.send_to(&hooks, WEBHOOK_SECRET);
    let hot = orders::hot(&cluster.db, "Storm Lamp").await;
    let mut paid = Series::new(format!(
        "Postgres + Redis: hot variant, paid at a provider's page, {SHOPPERS} shoppers at once, 5 % \
         declined"
    ));
    for run in 0..ground.pace.runs {
        plain.run(ground.pace.time).await;
        let seed = 80 + run as u64;
        paid.push(shop(&cluster, &provider, &hot, ground.pace.time, seed).await);
    }
    plain.rows().for_each(|row| report.add(row));
    let ratio = paid.ratio(&plain.best());
    let row = paid.row().claim(ratio, "× plain transaction", None);
    report.add(row.note("from sending the order to being back in the shop"));
    provider.quiet().await;
    let captured = provider.sums().values().filter(|sum| sum.0 > 0).count();
    let kept = "SELECT COUNT(*) AS n FROM orders WHERE captured_minor > 0";
    let kept = cluster.number(kept).await;
    if usize::try_from(kept) != Ok(captured) {
        let told = format!("the provider took money for {captured} orders, the shop for {kept}");
        report.wrong(told);
    }
    report.audit("the orders at a provider's page", &cluster.nodes[0]);
}

/// All shoppers, one after another on each of their connections.
async fn shop(
    cluster: &Cluster,
    provider: &Arc<Provider>,
    hot: &Item,
    time: Duration,
    seed: u64,
) -> Measured {
    let most = (FASTEST * time.as_secs_f64()) as usize;
    let filling = Filling::of(std::slice::from_ref(hot), most, seed);
    let carts = Arc::new(carts::fill(&cluster.db, &filling).await);
    let node = address(&cluster.nodes[0]);
    let watched = rested_shop().await;
    let (before, began) = (Used::now(&watched), Instant::now());
    let (next, counted) = (Arc::new(AtomicUsize::new(0)), Arc::new(Mutex::default()));
    let mut shopping = JoinSet::new();
    for _ in 0..SHOPPERS {
        let opened = Connection::open(node).await;
        let mut connection = opened.expect("the node takes connections");
        let (carts, next, provider) = (carts.clone(), next.clone(), provider.clone());
        let counted: Arc<Mutex<Counted>> = counted.clone();
        shopping.spawn(async move {
            while began.elapsed() < time {
                let n = next.fetch_add(1, Ordering::Relaxed);
                let Some(cart) = carts.get(n) else { return };
                let asked = Instant::now();
                // 0 is a connection that broke.
                let bought = buy(&mut connection, node, cart, &provider, n).await;
                let status = bought.unwrap_or_default();
                let micros = u32::try_from(asked.elapsed().as_micros()).unwrap_or(u32::MAX);
                if let Ok(mut counted) = counted.lock() {
                    *counted.statuses.entry(status).or_default() += 1;
                    counted.latencies.push(micros);
                }
                if status == 0 {
                    return;
                }
            }
        });
    }
    while let Some(ended) = shopping.join_next().await {
        ended.expect("a shopper's task ends well");
    }
    let seconds = began.elapsed().as_secs_f64();
    let cpu = Used::now(&watched).since(&before);
    let counted = match counted.lock() {
        Ok(mut counted) => std::mem::take(&mut *counted),
        Err(_) => Counted::default(),
    };
    Measured::new(counted.statuses, seconds, counted.latencies, cpu)
}

#[derive(Default)]
struct Counted {
    statuses: BTreeMap<u16, usize>,
    latencies: Vec<u32>,
}

/// The status of the last answer, from the order to the order's page.
async fn buy(
    connection: &mut Connection,
    node: std::net::SocketAddr,
    cart: &Cart,
    provider: &Provider,
    n: usize,
) -> std::io::Result<u16> {
    let answer = connection.call(&cart.place(node, Pays::AtProvider)).await?;
    if answer.status != PLACED {
        return Ok(answer.status);
    }
    let placed = answer.json();
    let Some(page) = placed["pay_at"].as_str() else {
        return Ok(NOT_PAID);
    };
    let card = match n % DECLINED {
        0 => cards::DECLINES,
        _ => cards::APPROVES,
    };
    let Visit::Back(to) = provider.pay(page, card).await else {
        return Ok(NOT_PAID);
    };
    // The address of the shop's own page, without its origin.
    let path = to.splitn(4, '/').nth(3).unwrap_or_default();
    let from = cart.shopper().to_string();
    let headers = [("Accept", "text/html"), ("X-Forwarded-For", from.as_str())];
    let back = get(node, &format!("/{path}"), &headers);
    Ok(connection.call(&back).await?.status)
}
