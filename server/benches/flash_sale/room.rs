//! The waiting room of a drop: what it costs an order, how many look at it and how many watch it, and how long those who
//! are let in take to their order.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::{
    task::JoinSet,
    time::{sleep, timeout},
};

use crate::{
    load::{
        carts::Item,
        client::{Connection, get, home, post},
        cpu::{Used, Watched, at_rest, memory},
        events::Events,
        number,
        run::{Load, Measured, Requests, run},
        table::{Bound, Row, thousands},
    },
    rig::{Cluster, Desk, Goods, Launch, order_form},
};

use super::{
    orders::{self, OrderMix, Tickets, WARM_UP, address, place},
    report::{Ground, Report},
    series::{PLACED, Series},
};

const CONNECTIONS: usize = 256;
/// As many as a drop may have.
const UNITS: i64 = 1_000_000;
/// The most that a room lets in per minute.
const FASTEST: usize = 100_000;
/// Connections that look at pages, and tickets that they show in turn.
const LOOKERS: usize = 64;
const TICKETS: usize = 512;
/// People in a room that is looked at, and how many of them are let in per minute.
const PEOPLE: usize = 100_000;
const PER_MINUTE: usize = 600;
/// People who watch at once, if the node takes so many.
const STREAMS: usize = if cfg!(debug_assertions) { 200 } else { 15_000 };
/// People who wait and then order, and for how many seconds they are let in.
const SHOPPERS: usize = if cfg!(debug_assertions) { 30 } else { 300 };
const SECONDS: usize = 10;
/// A person who is not let in by then never is.
const PATIENCE: Duration = Duration::from_secs(120);
/// Nodes know by then what was changed behind their backs.
const KNOWN: Duration = Duration::from_millis(1_500);
/// Shoppers of other rows have smaller numbers.
const FIRST: usize = 8_000_000;

struct Stage {
    cluster: Cluster,
    desk: Desk,
    node: SocketAddr,
}

pub async fn rows(report: &mut Report, ground: &Ground<'_>) {
    let cluster = ground.shop().await;
    let stage = Stage {
        desk: Desk::open(&cluster.nodes[0], cluster.http.clone()).await,
        node: address(&cluster.nodes[0]),
        cluster,
    };
    stage.places(report, ground).await;
    stage.orders(report, ground).await;
    let (drop, _) = stage.plan("Long Line", Some(PER_MINUTE)).await;
    drop.has_people(&stage.cluster.db, PEOPLE).await;
    stage.begins(&drop).await;
    stage.shows(report, ground, &drop).await;
    stage.streams(report, ground, &drop).await;
    report.audit("the orders from waiting rooms", &stage.cluster.nodes[0]);
}

impl Stage {
    /// A drop of a product of this name, with a waiting room or without.
    async fn plan(&self, title: &str, per_minute: Option<usize>) -> (Launch, Item) {
        let goods = Goods::new(title, 4900, UNITS);
        let goods = self.cluster.stock_one(goods).await;
        let node = self.cluster.nodes[0].base();
        let drop = Launch::plan(&self.desk, &node, (&goods, UNITS), per_minute).await;
        (drop, orders::item(&goods))
    }

    async fn begins(&self, drop: &Launch) {
        drop.starts_in(&self.cluster.db, Duration::ZERO).await;
        sleep(KNOWN).await;
    }

    /// Orders of a drop whose room has let everybody in, beside those of one without a room.
    async fn places(&self, report: &mut Report, ground: &Ground<'_>) {
        let (open, beside) = self.plan("Storm Lamp", None).await;
        let (drop, hot) = self.plan("Reef Knot", Some(FASTEST)).await;
        self.begins(&open).await;
        self.begins(&drop).await;
        drop.lets_all_in(&self.cluster.db).await;
        let tickets = Tickets::of(&self.cluster.db, &drop).await;
        let what = |how: &str| {
            Series::new(format!(
                "Postgres + Redis: hot variant of a drop {how}, {CONNECTIONS} connections"
            ))
        };
        let mut without = what("without a waiting room");
        let mut with = what("from its waiting room");
        for turn in 0..ground.pace.runs {
            let (time, seed) = (ground.pace.time, 700 + 2 * turn as u64);
            let wanted = OrderMix::only(&beside);
            let placed = place(&self.cluster, wanted, CONNECTIONS, time, seed).await;
            without.push_placed(placed);
            let wanted = OrderMix::only(&hot).let_in_with(&tickets);
            let placed = place(&self.cluster, wanted, CONNECTIONS, time, seed + 1).await;
            with.push_placed(placed);
        }
        report.add(without.row());
        let ratio = with.ratio(&without.rates());
        let bound = Some(Bound::AtLeast(0.95));
        report.add(with.row().claim(ratio, "× without a room", bound));
    }

    /// What those see who wait.
    async fn shows(&self, report: &mut Report, ground: &Ground<'_>, drop: &Launch) {
        let tickets = Tickets::of(&self.cluster.db, drop).await;
        let page = format!("/drops/{}/room", drop.slug);
        let function = format!("/api/drops/room?slug={}", drop.slug);
        for (what, path, accept, unit) in [
            ("its page", page, "text/html", "pages/s"),
            (
                "where one is in it",
                function,
                "application/json",
                "answers/s",
            ),
        ] {
            let requests: Vec<Vec<u8>> = (0..TICKETS)
                .map(|n| self.request(&path, accept, FIRST + n, &tickets.draw()))
                .collect();
            let mut series = Series::new(format!(
                "Postgres + Redis: waiting room, {what}, {LOOKERS} connections"
            ));
            for _ in 0..ground.pace.runs {
                let load = Load {
                    address: self.node,
                    connections: LOOKERS,
                    warm_up: WARM_UP,
                    time: ground.pace.time,
                };
                let requests = Requests::Again(requests.clone());
                let watched = Watched::shop();
                at_rest(&watched).await;
                series.push(run(&load, requests, &watched).await);
            }
            report.add(series.row_of(unit, PLACED));
        }
    }

    /// What the n-th shopper asks for, who has this ticket.
    fn request(&self, path: &str, accept: &str, n: usize, ticket: &str) -> Vec<u8> {
        let (from, cookie) = (home(n).to_string(), format!("holdfast_room={ticket}"));
        let headers = [
            ("Accept", accept),
            ("Cookie", &cookie),
            ("X-Forwarded-For", &from),
        ];
        get(self.node, path, &headers)
    }

    async fn stream(&self, n: usize, drop: &Launch, ticket: &str) -> Result<Events, u16> {
        let path = format!("/api/drops/room/events?slug={}", drop.slug);
        let request = self.request(&path, "text/event-stream", n, ticket);
        Events::open(self.node, &request).await
    }

    /// As many as the node takes, and what each costs.
    async fn streams(&self, report: &mut Report, ground: &Ground<'_>, drop: &Launch) {
        let wanted = number("streams").unwrap_or(STREAMS);
        let tickets = Tickets::of(&self.cluster.db, drop).await;
        let server = Watched::started("server", "server");
        let before = memory(&server);
        let (mut hearing, news) = (JoinSet::new(), Arc::new(AtomicUsize::new(0)));
        let mut refused = None;
        for n in 0..wanted {
            match self.stream(FIRST + n, drop, &tickets.draw()).await {
                Ok(events) => {
                    let news = news.clone();
                    hearing.spawn(events.hear(move || {
                        news.fetch_add(1, Ordering::Relaxed);
                    }));
                }
                Err(status) => {
                    refused = Some(status);
                    break;
                }
            }
        }
        let open = hearing.len();
        // Each has been told something by then.
        let time = ground.pace.long.min(Duration::from_secs(20));
        sleep(time / 2).await;
        let watched = Watched::shop();
        let (cpu, told) = (Used::now(&watched), news.load(Ordering::Relaxed));
        let began = Instant::now();
        sleep(time).await;
        let (cpu, seconds) = (
            Used::now(&watched).since(&cpu),
            began.elapsed().as_secs_f64(),
        );
        let told = news.load(Ordering::Relaxed) - told;
        let held = memory(&server).saturating_sub(before);
        let broken = open - still_open(&mut hearing);
        if open == 0 || broken > 0 {
            report.wrong(format!("{broken} of {open} streams broke off"));
        }
        let each = |sum: f64| sum / open.max(1) as f64;
        let note = match refused {
            Some(status) => format!("the next was refused with {status}"),
            None => format!("{wanted} were wanted"),
        };
        let row = Row {
            cores: cpu.cores(seconds),
            ..Row::new(
                "Postgres + Redis: people who watch a waiting room on one node",
                format!(
                    "{} streams, {:.1} KB each",
                    thousands(open as f64),
                    each(held as f64 / 1024.0)
                ),
            )
        };
        let ms = each(cpu.of("server") * 1000.0 / seconds);
        report.add(
            row.note(&note)
                .note(&format!("told {:.0} times a second", told as f64 / seconds))
                .claim(ms, "ms of the server's CPU a person and second", None),
        );
    }

    /// From the moment at which a stream says that one is let in until one has the order.
    async fn orders(&self, report: &mut Report, ground: &Ground<'_>) {
        let mut runs = Vec::new();
        for turn in 0..ground.pace.runs {
            let title = format!("Tide Table {turn}");
            let per_minute = SHOPPERS * 60 / SECONDS;
            let (drop, item) = self.plan(&title, Some(per_minute)).await;
            drop.has_people(&self.cluster.db, SHOPPERS).await;
            sleep(KNOWN).await;
            let measured = self.let_in(&drop, &item, turn * SHOPPERS).await;
            if measured.count(PLACED) < SHOPPERS {
                let others = measured.others_than(PLACED);
                report.wrong(format!("those who were let in ordered, but {others}"));
            }
            runs.push(measured);
        }
        let what = format!(
            "Postgres + Redis: {SHOPPERS} people let in within {SECONDS} s, from being told so to the order"
        );
        report.add(Row::of_runs(what, "orders/s", PLACED, &runs));
    }

    async fn let_in(&self, drop: &Launch, item: &Item, first: usize) -> Measured {
        let tickets = Tickets::of(&self.cluster.db, drop).await;
        let mut waiting = JoinSet::new();
        for n in first..first + SHOPPERS {
            let ticket = tickets.draw();
            let events = self.stream(FIRST + n, drop, &ticket).await;
            let waits = Waits {
                n: FIRST + n,
                node: self.node,
                events: events.expect("a room may be watched"),
                ticket: format!("holdfast_room={ticket}"),
                item: item.clone(),
            };
            waiting.spawn(timeout(PATIENCE, waits.orders()));
        }
        let watched = Watched::shop();
        let (cpu, began) = (Used::now(&watched), Instant::now());
        drop.starts_in(&self.cluster.db, Duration::ZERO).await;
        let (mut statuses, mut latencies) = (BTreeMap::new(), Vec::new());
        while let Some(done) = waiting.join_next().await {
            let done = done.expect("a shopper's task ends well");
            let (status, micros) = done.unwrap_or_default();
            *statuses.entry(status).or_default() += 1;
            latencies.push(micros);
        }
        let seconds = began.elapsed().as_secs_f64();
        let cpu = Used::now(&watched).since(&cpu);
        Measured::new(statuses, seconds, latencies, cpu)
    }
}

/// Those that have not broken off.
fn still_open(hearing: &mut JoinSet<std::io::Result<()>>) -> usize {
    while hearing.try_join_next().is_some() {}
    hearing.len()
}

/// Someone in a waiting room.
struct Waits {
    n: usize,
    node: SocketAddr,
    events: Events,
    /// The cookie.
    ticket: String,
    item: Item,
}

impl Waits {
    /// The status of the order, and how many microseconds after the news it was there.
    async fn orders(mut self) -> (u16, u32) {
        if self.events.until("\"let_in\"").await.is_err() {
            return (0, 0);
        }
        let began = Instant::now();
        let status = self.buys().await.unwrap_or_default();
        let micros = u32::try_from(began.elapsed().as_micros());
        (status, micros.unwrap_or(u32::MAX))
    }

    /// The status of the last step that was taken, if it was answered.
    async fn buys(&self) -> Option<u16> {
        let mut connection = Connection::open(self.node).await.ok()?;
        let add = [
            ("variant_id", self.item.variant_id.as_str()),
            ("quantity", "1"),
        ];
        let request = self.form("/api/cart/add", &self.ticket, &add);
        let answer = connection.call(&request).await.ok()?;
        let cart = match answer.status {
            PLACED => answer.cookie("holdfast_cart")?,
            other => return Some(other),
        };
        let key = format!("flash-sale-waited-{:08}", self.n);
        let (total, email) = (
            self.item.price_minor.to_string(),
            format!("waited{}@example.com", self.n),
        );
        let mut order = order_form(&key, &total);
        for (name, value) in &mut order {
            if *name == "email" {
                *value = &email;
            }
        }
        let cookies = format!("holdfast_cart={cart}; {}", self.ticket);
        let request = self.form("/api/checkout/place", &cookies, &order);
        Some(connection.call(&request).await.ok()?.status)
    }

    fn form(&self, path: &str, cookies: &str, fields: &[(&str, &str)]) -> Vec<u8> {
        post(self.node, home(self.n), path, Some(cookies), fields)
    }
}
