//! The waiting room of a drop: what it costs an order, how many look at it and how many watch it.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::{task::JoinSet, time::sleep};

use crate::{
    load::{
        carts::Item,
        client::{get, home},
        cpu::{Used, Watched, memory, rested_shop},
        events::Events,
        number,
        run::{Load, Requests, run},
        table::{Bound, Row, thousands},
    },
    rig::{Cluster, Desk, Goods, Launch},
};

use super::{
    let_in,
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
/// One in so many watches before the node's memory is looked at: what the first ones need is there for all.
const FEW: usize = 10;
/// Nodes know by then what was changed behind their backs.
pub const KNOWN: Duration = Duration::from_millis(1_500);
/// Shoppers of other rows have smaller numbers.
pub const FIRST: usize = 8_000_000;

pub struct Stage {
    pub cluster: Cluster,
    desk: Desk,
    pub node: SocketAddr,
}

pub async fn rows(report: &mut Report, ground: &Ground<'_>) {
    let cluster = ground.shop().await;
    let mut stage = Stage {
        desk: Desk::open(&cluster.nodes[0], cluster.http.clone()).await,
        node: address(&cluster.nodes[0]),
        cluster,
    };
    stage.places(report, ground).await;
    let_in::rows(&stage, report, ground).await;
    let (drop, _) = stage.plan("Long Line", Some(PER_MINUTE)).await;
    drop.has_people(&stage.cluster.db, PEOPLE).await;
    stage.begins(&drop).await;
    stage.shows(report, ground, &drop).await;
    stage.streams(report, ground, &drop).await;
    report.audit("the orders from waiting rooms", &stage.cluster.nodes[0]);
}

impl Stage {
    /// A drop of a product of this name, with a waiting room or without.
    pub async fn plan(&self, title: &str, per_minute: Option<usize>) -> (Launch, Item) {
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
            let time = ground.pace.time;
            // Whichever is first in a turn is second in the next.
            let mut both = [0, 1];
            both.rotate_left(turn % 2);
            for at in both {
                let (series, wanted) = match at {
                    0 => (&mut without, OrderMix::only(&beside)),
                    _ => (&mut with, OrderMix::only(&hot).let_in_with(&tickets)),
                };
                let seed = 700 + 2 * turn as u64 + at;
                let placed = place(&self.cluster, wanted, CONNECTIONS, time, seed).await;
                series.push_placed(placed);
            }
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
                let watched = rested_shop().await;
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

    pub async fn stream(&self, n: usize, drop: &Launch, ticket: &str) -> Result<Events, u16> {
        let path = format!("/api/drops/room/events?slug={}", drop.slug);
        let request = self.request(&path, "text/event-stream", n, ticket);
        Events::open(self.node, &request).await
    }

    /// As many as the node takes, and what each costs. The node begins anew for that: memory that other rows have left
    /// would be filled first.
    async fn streams(&mut self, report: &mut Report, ground: &Ground<'_>, drop: &Launch) {
        let node = &mut self.cluster.nodes[0];
        node.kill();
        node.start_again().await;
        let wanted = number("streams").unwrap_or(STREAMS);
        let tickets = Tickets::of(&self.cluster.db, drop).await;
        let time = ground.pace.long.min(Duration::from_secs(20));
        let idle = processor(time / 2).await;
        let mut crowd = Crowd::default();
        self.open(&mut crowd, wanted / FEW, drop, &tickets).await;
        sleep(time / 2).await;
        let server = Watched::started("server", "server");
        let (before, few) = (memory(&server), crowd.hearing.len());
        self.open(&mut crowd, wanted, drop, &tickets).await;
        let open = crowd.hearing.len();
        // Each has been told something by then.
        sleep(time / 2).await;
        let told = crowd.news.load(Ordering::Relaxed);
        let began = Instant::now();
        let busy = processor(time).await;
        let seconds = began.elapsed().as_secs_f64();
        let told = crowd.news.load(Ordering::Relaxed) - told;
        let held = memory(&server).saturating_sub(before);
        let broken = open - still_open(&mut crowd.hearing);
        if open <= few || broken > 0 {
            report.wrong(format!("{broken} of {open} streams broke off"));
        }
        let kilobytes = held as f64 / 1024.0 / (open - few).max(1) as f64;
        let note = match crowd.refused {
            Some(status) => format!("the next was refused with {status}"),
            None => format!("{wanted} were wanted"),
        };
        let row = Row {
            cores: busy.cores(1.0),
            ..Row::new(
                "Postgres + Redis: people who watch a waiting room on one node",
                format!("{} streams, {kilobytes:.1} KB each", thousands(open as f64)),
            )
        };
        let of_all = (busy.of("server") - idle.of("server")).max(0.0);
        let ms = of_all * 1000.0 / open.max(1) as f64;
        report.add(
            row.note(&note)
                .note(&format!("told {:.0} times a second", told as f64 / seconds))
                .claim(ms, "ms of the server's CPU a person and second", None),
        );
    }

    /// Opens streams until there are so many, or the node refuses one.
    async fn open(&self, crowd: &mut Crowd, wanted: usize, drop: &Launch, tickets: &Tickets) {
        while crowd.hearing.len() < wanted && crowd.refused.is_none() {
            let n = FIRST + crowd.hearing.len();
            match self.stream(n, drop, &tickets.draw()).await {
                Ok(events) => {
                    let news = crowd.news.clone();
                    crowd.hearing.spawn(events.hear(move || {
                        news.fetch_add(1, Ordering::Relaxed);
                    }));
                }
                Err(status) => crowd.refused = Some(status),
            }
        }
    }
}

/// Those who watch.
#[derive(Default)]
struct Crowd {
    hearing: JoinSet<std::io::Result<()>>,
    /// How often one of them was told something.
    news: Arc<AtomicUsize>,
    /// How the one was answered for whom there was no place.
    refused: Option<u16>,
}

/// What a shop takes of the processors in a second, measured for so long.
async fn processor(time: Duration) -> Used {
    let watched = Watched::shop();
    let (began, before) = (Instant::now(), Used::now(&watched));
    sleep(time).await;
    let used = Used::now(&watched).since(&before);
    used.in_a_second(began.elapsed().as_secs_f64())
}

/// Those that have not broken off.
fn still_open(hearing: &mut JoinSet<std::io::Result<()>>) -> usize {
    while hearing.try_join_next().is_some() {}
    hearing.len()
}
