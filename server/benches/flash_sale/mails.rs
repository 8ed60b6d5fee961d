//! B8: the highest rate of orders at which their e-mails go out as fast as they come, to a mail server that
//! takes 20 ms for each, and what an order costs then, all in.

use std::time::Duration;

use crate::{
    load::{carts::Item, cpu::rested_shop, open::Arrivals, run::Measured, table::Bound},
    rig::{Cluster, MailServer, Manner},
};

use super::{
    orders::{self, OrderMix, WARM_UP, address},
    report::{Ground, Report},
    series::Series,
};

const A_MAIL: Duration = Duration::from_millis(20);
/// Orders a second that are tried first; doubled until e-mails pile up.
const FIRST: f64 = 20.0;
const MOST: f64 = 5_000.0;
/// How often the range is halved then.
const HALVINGS: usize = 3;
/// E-mails wait for the next look at the outbox; what comes in more than so many seconds piles up.
const WAITING: f64 = 3.0;
/// E-mails would not pile up in less.
const SHORTEST: Duration = Duration::from_secs(4);
/// To send what is left before the next rate is tried.
const DRAIN: Duration = Duration::from_secs(60);

pub async fn rows(report: &mut Report, ground: &Ground<'_>) {
    let mails = MailServer::start_counting(Manner::TakesItsTime(A_MAIL)).await;
    let cluster = Cluster::on(ground.postgres)
        .await
        .redis(ground.redis)
        .env("SMTP_URL", &mails.url)
        .env("HOLDFAST_MAIL_FROM", "shop@example.com")
        .start()
        .await;
    let shop = Shop {
        hot: orders::hot(&cluster.db, "Storm Lamp").await,
        time: (ground.pace.long / 3).max(SHORTEST),
        cluster,
    };
    let mut series = Series::new(format!(
        "Postgres + Redis: orders and their e-mails, to a mail server of {} ms",
        A_MAIL.as_millis()
    ));
    let before = mails.mails();
    for turn in 0..ground.pace.runs {
        series.push(shop.fastest(500 + 100 * turn as u64).await);
    }
    let sent = mails.mails() - before;
    let row = series.row().note(&format!("{sent} e-mails in all"));
    report.add(row.claim(
        series.shop_ms(),
        "ms of CPU an order, e-mails and all",
        Some(Bound::AtMost(1.0)),
    ));
    if sent == 0 {
        report.wrong("no e-mail was sent".to_owned());
    }
    report.audit("the orders with e-mails", &shop.cluster.nodes[0]);
}

struct Shop {
    cluster: Cluster,
    hot: Item,
    time: Duration,
}

impl Shop {
    /// What was measured at the highest rate that was kept up with.
    async fn fastest(&self, seed: u64) -> Measured {
        let (mut rate, mut seed) = (FIRST, seed);
        let mut kept_up: Option<(f64, Measured)> = None;
        let mut too_fast = None;
        let mut halvings = 0;
        while halvings < HALVINGS && rate <= MOST {
            seed += 1;
            let (measured, waiting) = self.try_at(rate, seed).await;
            eprintln!("at {rate:.0} orders/s {waiting} e-mails wait");
            if waiting as f64 > rate * WAITING {
                too_fast = Some(rate);
            } else {
                kept_up = Some((rate, measured));
            }
            let slow = kept_up.as_ref().map_or(0.0, |(rate, _)| *rate);
            rate = match too_fast {
                Some(fast) => {
                    halvings += 1;
                    f64::midpoint(slow, fast)
                }
                None => rate * 2.0,
            };
        }
        kept_up.map_or_else(Measured::default, |(_, measured)| measured)
    }

    /// E-mails that wait in the end, too.
    async fn try_at(&self, rate: f64, seed: u64) -> (Measured, i64) {
        self.drain().await;
        let arrivals = Arrivals {
            address: address(&self.cluster.nodes[0]),
            rate,
            connections: 256,
            warm_up: WARM_UP,
            time: self.time,
            seed,
        };
        let times = arrivals.times();
        let wanted = OrderMix::only(&self.hot);
        let orders = wanted.orders(&self.cluster, 0, times.len(), seed).await;
        let watched = rested_shop().await;
        let arrived = arrivals.send(times, orders, &watched).await;
        (arrived.measured, self.waiting().await)
    }

    async fn waiting(&self) -> i64 {
        let waiting = "SELECT COUNT(*) AS n FROM mails WHERE state IN ('waiting', 'sending')";
        self.cluster.number(waiting).await
    }

    async fn drain(&self) {
        let began = std::time::Instant::now();
        while self.waiting().await > 0 && began.elapsed() < DRAIN {
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }
}
