//! A waiting room with thousands of people on one node: each has a place, hears how the room moves and that all is
//! taken, and costs the node little.

use std::{
    collections::BTreeSet,
    net::{Ipv4Addr, SocketAddr},
    time::{Duration, Instant},
};

use futures_util::{StreamExt, stream};
use serde_json::Value;
use server::{
    admission::{
        keys::TicketKey,
        place::{Place, Secret, Seed},
        ticket::{Ticket, TicketId},
    },
    db::Db,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
    sync::watch,
    task::JoinHandle,
    time::sleep,
};

use crate::{
    alone,
    rig::{
        Chance, Cluster, Desk, Durability, Goods, Launch, Node, Postgres, Redis, Shopper, memory,
        processor, until,
    },
};

/// How many people watch the room; many more if this asks for it: `HOLDFAST_ROOM_STREAMS=15000`. docs/concurrency.md
/// has the command.
const ASK: &str = "HOLDFAST_ROOM_STREAMS";
const PEOPLE: usize = 300;
/// What the test and the node have open besides one connection for each.
const OTHER_FILES: u64 = 1_000;
/// So many are let in, more or fewer by a few; a quarter of them buy all.
const UNITS: i64 = 40;
const EACH_BUYS: i64 = 4;
/// The room lets in as many as there are units within so many seconds.
const SECONDS: usize = 10;
/// How many do something at a time.
const AT_A_TIME: usize = 32;
/// People of one address of this machine: it has no more ports than that.
const OF_ONE_ADDRESS: usize = 20_000;
/// Nodes know by then what was changed behind their backs.
const KNOWN: Duration = Duration::from_millis(1_500);
/// All have heard by then, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);
/// The node's processor time is measured for so long.
const MEASURED: Duration = Duration::from_secs(10);
/// That a person may cost: memory, with what the node needs anyway, and processor time in a second. A debug build takes ten
/// times what a release does.
const MEMORY: u64 = 40 * 1024;
const MEMORY_ANYWAY: u64 = 8 * 1024 * 1024;
const PROCESSOR: Duration = Duration::from_millis(1);
/// From the first who hears that all is taken to the last.
const AT_ONCE: Duration = Duration::from_secs(15);

fn people() -> usize {
    let asked = std::env::var(ASK).ok().and_then(|text| text.parse().ok());
    asked.unwrap_or(PEOPLE)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn thousands_watch_a_room_on_one_node_and_hear_at_once_that_all_is_taken() {
    let _turn = alone().await;
    let people = people();
    let files = rlimit::increase_nofile_limit(u64::MAX).expect("there is a limit of files");
    assert!(
        files >= people as u64 + OTHER_FILES,
        "{people} people need {people} files and a thousand more, and this system allows {files}"
    );
    let mut chance = Chance::new();
    let postgres = Postgres::start(Durability::Fast).await;
    let redis = Redis::start().await;
    let cluster = Cluster::on(&postgres).await.redis(&redis).nodes(1);
    let shop = cluster.start().await;
    let lamp = shop.stock_one(Goods::new("Storm Lamp", 4900, UNITS)).await;
    let node = shop.nodes[0].base();
    let desk = Desk::open(&shop.nodes[0], shop.http.clone()).await;
    let per_minute = UNITS as usize * 60 / SECONDS;
    let drop = Launch::plan(&desk, &node, (&lamp, UNITS), Some(per_minute)).await;
    drop.starts_in(&shop.db, Duration::from_secs(20 * 60)).await;
    sleep(KNOWN).await;
    let room = Room {
        shop,
        node,
        drop,
        variant: lamp.variant,
    };

    let began = Instant::now();
    let shoppers = room.take_places(&mut chance, people).await;
    let took = began.elapsed();
    println!("{people} people have places after {took:.1?}");
    let tickets = room.tickets(&shoppers).await;
    let ids: BTreeSet<TicketId> = tickets.iter().map(|ticket| ticket.id).collect();
    assert_eq!(ids.len(), people, "each has one of their own");

    let (mut seats, memory) = room.seat_all(shoppers).await;
    all_hear(&seats, "places are drawn at the start", |state| {
        state["state"] == "drawing" && state["tickets"] == people
    })
    .await;
    room.drop.starts_in(&room.shop.db, Duration::ZERO).await;
    all_hear(&seats, "the drop has begun", |state| {
        matches!(state["state"].as_str(), Some("waiting" | "let_in"))
    })
    .await;
    let processor = room.processor(people).await;
    until(
        "as many are let in as there are units",
        PATIENCE,
        async || room.let_in().await == UNITS,
    )
    .await;
    room.tells_each_their_place(&seats, &tickets).await;
    room.sells_all(&mut seats).await;
    all_hear(&seats, "all is taken", |state| state["state"] == "sold_out").await;
    let heard = seats.iter().map(|seat| seat.heard_at());
    let (first, last) = (heard.clone().min(), heard.max());
    let within = last.expect("they heard") - first.expect("they heard");
    let broken = seats.iter().filter(|seat| seat.listening.is_finished());
    assert_eq!(broken.count(), 0, "no stream broke off");
    println!(
        "seed {}: {people} people watch a room on one node: {:.1} KiB and {processor:.1?} of its processors in a second \
         each; all hear within {within:.1?} that all is taken",
        chance.seed,
        memory as f64 / 1024.0
    );
    assert!(within < AT_ONCE, "{within:?}");
    assert!(processor < PROCESSOR, "{processor:?}");
    let most = MEMORY + MEMORY_ANYWAY / people as u64;
    assert!(memory < most, "{memory} bytes each");
    let shoppers: Vec<Shopper> = seats.into_iter().map(|seat| seat.shopper).collect();
    room.shop.assert_books_agree(&shoppers).await;
}

/// The room of a drop, on one node.
struct Room {
    shop: Cluster,
    node: String,
    drop: Launch,
    variant: String,
}

/// Someone who watches.
struct Seat {
    shopper: Shopper,
    told: watch::Receiver<Option<Told>>,
    listening: JoinHandle<()>,
}

struct Told {
    state: Value,
    at: Instant,
}

impl Seat {
    fn hears(&self, is_so: impl Fn(&Value) -> bool) -> bool {
        let told = self.told.borrow();
        told.as_ref().is_some_and(|told| is_so(&told.state))
    }

    fn heard_at(&self) -> Instant {
        self.told.borrow().as_ref().expect("they heard").at
    }
}

async fn all_hear(seats: &[Seat], what: &str, is_so: impl Fn(&Value) -> bool) {
    until(what, PATIENCE, async || {
        sleep(Duration::from_millis(100)).await;
        seats.iter().all(|seat| seat.hears(&is_so))
    })
    .await;
}

impl Room {
    fn node(&self) -> &Node {
        &self.shop.nodes[0]
    }

    async fn take_places(&self, chance: &mut Chance, people: usize) -> Vec<Shopper> {
        let coming: Vec<_> = (0..people)
            .map(|_| Shopper::new(self.shop.http.clone(), chance.branch()))
            .map(|mut shopper| async move {
                let deadline = Instant::now() + PATIENCE;
                while !shopper.takes_place(&self.node, &self.drop).await {
                    assert!(Instant::now() < deadline, "nobody gives them a place");
                    shopper.pause(KNOWN).await;
                }
                shopper
            })
            .collect();
        let coming = stream::iter(coming).buffer_unordered(AT_A_TIME);
        coming.collect().await
    }

    /// What the cookies of these people say.
    async fn tickets(&self, shoppers: &[Shopper]) -> Vec<Ticket> {
        let db: &Db = &self.shop.db;
        let key = TicketKey::default().get(db).await.expect("there is a key");
        let read = shoppers.iter().map(|shopper| {
            let cookie = shopper.ticket.as_deref().expect("they have a place");
            let (_, text) = cookie.split_once('=').expect("it has a name");
            Ticket::read(&key, text).expect("the shop signed it")
        });
        read.collect()
    }

    /// Lets all of them watch, in their order; how many bytes each took the node.
    async fn seat_all(&self, mut shoppers: Vec<Shopper>) -> (Vec<Seat>, u64) {
        // What is made when the first ones come is there for all.
        let others = shoppers.split_off(shoppers.len() / 10);
        let (few, many) = (shoppers.len(), others.len());
        let mut seats = self.seat(0, shoppers).await;
        let before = memory(self.node().process_id());
        seats.extend(self.seat(few, others).await);
        let held = memory(self.node().process_id()).saturating_sub(before);
        (seats, held / many as u64)
    }

    /// Until each has heard something.
    async fn seat(&self, first: usize, shoppers: Vec<Shopper>) -> Vec<Seat> {
        let opening: Vec<_> = (first..)
            .zip(shoppers)
            .map(|(n, shopper)| self.sits_down(n, shopper))
            .collect();
        let opening = stream::iter(opening).buffered(AT_A_TIME);
        let seats: Vec<Seat> = opening.collect().await;
        all_hear(&seats, "all watch", |_| true).await;
        seats
    }

    async fn sits_down(&self, n: usize, shopper: Shopper) -> Seat {
        let (stream, rest) = self.opens(n, &shopper).await;
        let (tell, told) = watch::channel(None);
        Seat {
            shopper,
            told,
            listening: tokio::spawn(listen(stream, rest, tell)),
        }
    }

    /// A stream of events, and what came of it with its head.
    async fn opens(&self, n: usize, shopper: &Shopper) -> (TcpStream, Vec<u8>) {
        let port = self.node().port;
        let socket = TcpSocket::new_v4().expect("a socket can be made");
        let last = u8::try_from(2 + n / OF_ONE_ADDRESS).expect("they are not that many");
        let from = SocketAddr::from((Ipv4Addr::new(127, 0, 0, last), 0));
        socket.bind(from).expect("this machine has many addresses");
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let mut stream = socket.connect(address).await.expect("the node listens");
        // As the proxy in front would tell where they live.
        let home = Ipv4Addr::from_bits(0x0a00_0000 | u32::try_from(n).expect("they are few"));
        let request = format!(
            "GET /api/drops/room/events?slug={} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: text/event-stream\r\n\
             Cookie: {}\r\nX-Forwarded-For: {home}\r\n\r\n",
            self.drop.slug,
            shopper.ticket.as_deref().unwrap_or_default(),
        );
        let sent = stream.write_all(request.as_bytes()).await;
        sent.expect("the node reads it");
        let mut heard = Vec::new();
        loop {
            let ended = heard.windows(4).position(|end| end == b"\r\n\r\n");
            if let Some(at) = ended {
                let rest = heard.split_off(at + 4);
                let head = String::from_utf8_lossy(&heard);
                assert!(head.starts_with("HTTP/1.1 200"), "person {n}: {head}");
                return (stream, rest);
            }
            let count = stream
                .read_buf(&mut heard)
                .await
                .expect("there is an answer");
            assert_ne!(count, 0, "person {n}: closed");
        }
    }

    /// How many are let in, by the count of the room.
    async fn let_in(&self) -> i64 {
        let sql = "SELECT let_in / 1000000 AS n FROM drop_rooms";
        self.shop.number(sql).await
    }

    /// Of the node's processors in a second, for each of so many people.
    async fn processor(&self, people: usize) -> Duration {
        let reads = async || self.shop.counted("holdfast_room_reads_total", &[]).await;
        let pid = self.node().process_id();
        let (began, used, read) = (Instant::now(), processor(pid), reads().await);
        sleep(MEASURED).await;
        let (used, read) = (processor(pid) - used, reads().await - read);
        let seconds = began.elapsed().as_secs_f64();
        // One of them reads for all.
        assert!(read <= 2.0 * seconds, "{read} reads in {seconds} s");
        used.div_f64(seconds * people as f64)
    }

    /// The places are those of the seed, which all tickets have made; who is let in has one of the first, and all others
    /// are told how many are before them.
    async fn tells_each_their_place(&self, seats: &[Seat], tickets: &[Ticket]) {
        let told = seats[0].shopper.looks_into(&self.node, &self.drop).await;
        let told = told.expect("the node answers");
        let drawn = |name: &str| told["proof"]["drawn"][name].as_str().unwrap_or_default();
        let all = tickets.iter().map(|ticket| ticket.id);
        let mix = all.fold(TicketId([0; 16]), |mix, id| mix.with(id));
        assert_eq!(drawn("mix"), mix.hex(), "each is in it once");
        let secret = Secret::of_hex(drawn("secret")).expect("the secret is told");
        let seed = Seed::drawn(&secret, mix);
        let places: Vec<Place> = tickets
            .iter()
            .map(|ticket| Place::of(&seed, ticket.bucket, ticket.id))
            .collect();
        let sql = "SELECT admitted_to AS n FROM drop_rooms";
        let admitted_to = self.shop.number(sql).await;
        let is_in = |place: Place| place.0 < admitted_to;
        until("those hear it who are let in", PATIENCE, async || {
            let each = seats.iter().zip(&places);
            each.into_iter().all(|(seat, place)| {
                seat.hears(|state| (state["state"] == "let_in") == is_in(*place))
            })
        })
        .await;

        let mut order = places.clone();
        order.sort_unstable();
        // A count of places is off by more than that once in ten million times.
        let off = 3.0 * (places.len() as f64).sqrt() + UNITS as f64;
        for (seat, place) in seats
            .iter()
            .zip(&places)
            .filter(|(_, place)| !is_in(**place))
        {
            let before = order.partition_point(|other| other < place) as i64;
            let is_near = |state: &Value| {
                let ahead = state["ahead"].as_i64();
                ahead.is_some_and(|ahead| ahead.abs_diff(before) as f64 <= off)
            };
            let told = seat.told.borrow().as_ref().map(|told| told.state.clone());
            assert!(seat.hears(is_near), "{before} before: {told:?}");
        }
    }

    /// Those who are let in buy what there is.
    async fn sells_all(&self, seats: &mut [Seat]) {
        let left = "SELECT CAST(SUM(remaining) AS BIGINT) AS n FROM drop_lines";
        let nodes = [self.node.clone()];
        let are_in = seats
            .iter_mut()
            .filter(|seat| seat.hears(|state| state["state"] == "let_in"));
        for seat in are_in {
            if self.shop.number(left).await == 0 {
                break;
            }
            let (shopper, deadline) = (&mut seat.shopper, Instant::now() + PATIENCE);
            while !shopper.added(&self.node, &self.variant, EACH_BUYS).await {
                assert!(Instant::now() < deadline, "nobody fills their cart");
                shopper.pause(KNOWN).await;
            }
            let outcome = shopper.place(&nodes, deadline).await;
            assert!(outcome.placed().is_some(), "{outcome:?}");
        }
        assert_eq!(self.shop.number(left).await, 0, "too few were let in");
    }
}

/// Hears what a stream of events says, until it breaks off.
async fn listen(mut stream: TcpStream, mut heard: Vec<u8>, tell: watch::Sender<Option<Told>>) {
    loop {
        while let Some(end) = heard.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = heard.drain(..=end).collect();
            let state = line.strip_prefix(b"data: ");
            let state = state.and_then(|text| serde_json::from_slice(text).ok());
            if let Some(state) = state {
                let at = Instant::now();
                tell.send_replace(Some(Told { state, at }));
            }
        }
        match stream.read_buf(&mut heard).await {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
    }
}
