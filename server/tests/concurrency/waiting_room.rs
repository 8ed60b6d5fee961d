//! A waiting room while Redis, the nodes that move it or the database die: no place is lost, nobody is let in twice, and
//! who has a place orders once.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::{Duration, Instant},
};

use futures_util::{StreamExt, future::join_all, stream};
use rand::{Rng, rngs::StdRng};
use serde_json::Value;
use server::{
    admission::{place::first_of, ticket::TicketId},
    db::{Get, Sql},
    store::Store,
};
use sha2::{Digest, Sha256};
use tokio::{
    task::{JoinHandle, JoinSet},
    time::sleep,
};

use crate::{
    alone,
    rig::{
        Chance, Cluster, Desk, Durability, Goods, Launch, Outcome, Postgres, Redis, Shopper, Stop,
        until,
    },
    sale::PATIENCE,
};

/// How many people come; many more if this asks for it: `HOLDFAST_ROOM_PEOPLE=2000`. docs/concurrency.md has the
/// command.
const ASK: &str = "HOLDFAST_ROOM_PEOPLE";
const PEOPLE: usize = 60;
/// One in so many comes after the start, in the midst of what fails.
const LATE: usize = 6;
/// One in so many has a copy of a ticket.
const COPIED: usize = 5;
/// The room lets people in for so many seconds, if nothing fails.
const SECONDS: usize = 20;
/// Before a node is asked again.
const PAUSE: Duration = Duration::from_millis(400);
/// Nodes know by then what was changed behind their backs.
const KNOWN: Duration = Duration::from_millis(1_500);
/// How many take their places at a time: that is not what is tried here.
const AT_A_TIME: usize = 12;
/// People are let in by millionths.
const PERSON: i64 = 1_000_000;

fn people() -> usize {
    let asked = std::env::var(ASK).ok().and_then(|text| text.parse().ok());
    asked.unwrap_or(PEOPLE)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// It is killed, and starts again, empty.
    Redis,
    /// Each node is killed once, whichever it is that moves the room.
    Nodes,
    /// It crashes, and then loses its connections.
    Database,
}

struct Shop {
    cluster: Cluster,
    postgres: Postgres,
    redis: Redis,
}

/// The drop, and who moves on while it is watched.
#[derive(Clone)]
struct Scene {
    nodes: Vec<String>,
    drop: Launch,
    variant: String,
    db: Store,
    placed: Arc<AtomicUsize>,
}

/// Someone with a place, or with a copy of one, who has left the shop.
struct Person {
    shopper: Shopper,
    outcome: Outcome,
    /// What the room told of their ticket, in each answer.
    told: Vec<Value>,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_room_goes_on_while_redis_is_dead() {
    lets_everybody_in(Fault::Redis).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_room_goes_on_while_the_nodes_that_move_it_die() {
    lets_everybody_in(Fault::Nodes).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_room_goes_on_when_the_database_is_back() {
    lets_everybody_in(Fault::Database).await;
}

async fn lets_everybody_in(fault: Fault) {
    let _turn = alone().await;
    let mut chance = Chance::new();
    let mut shop = open().await;
    let people = people();
    // Also for those whose ticket was counted and who never heard of it.
    let units = i64::try_from(people * 3).expect("there are not that many");
    let goods = Goods::new("Storm Lamp", 4900, units);
    let lamp = shop.cluster.stock_one(goods).await;
    let nodes = shop.cluster.addresses();
    let desk = Desk::open(&shop.cluster.nodes[0], shop.cluster.http.clone()).await;
    let per_minute = (people * 60).div_ceil(SECONDS);
    let drop = Launch::plan(&desk, &nodes[0], (&lamp, units), Some(per_minute)).await;
    // The room is open from now on.
    drop.starts_in(&shop.cluster.db, Duration::from_secs(20 * 60))
        .await;
    sleep(KNOWN).await;
    let scene = Scene {
        nodes,
        drop,
        variant: lamp.variant.clone(),
        db: shop.cluster.db.clone(),
        placed: Arc::default(),
    };
    let late = people / LATE;
    let early = scene
        .take_places(&shop.cluster, &mut chance, people - late)
        .await;
    let copies: Vec<Shopper> = early
        .iter()
        .step_by(COPIED)
        .map(|(shopper, _)| {
            let mut copy = Shopper::new(shop.cluster.http.clone(), chance.branch());
            copy.ticket.clone_from(&shopper.ticket);
            copy
        })
        .collect();
    let copied = copies.len();
    let ids: Vec<TicketId> = early.iter().map(|(_, told)| id(told)).collect();

    scene.drop.starts_in(&shop.cluster.db, Duration::ZERO).await;
    let watched = scene.watched();
    let mut waiting = JoinSet::new();
    for (shopper, told) in early {
        waiting.spawn(scene.clone().orders(shopper, vec![told], chance.branch()));
    }
    for shopper in copies {
        waiting.spawn(scene.clone().orders(shopper, Vec::new(), chance.branch()));
    }
    for _ in 0..late {
        let shopper = Shopper::new(shop.cluster.http.clone(), chance.branch());
        let (scene, after) = (scene.clone(), chance.millis(500..8_000));
        let chance = chance.branch();
        waiting.spawn(async move {
            sleep(after).await;
            scene.comes_late(shopper, chance).await
        });
    }
    let begun = async || scene.placed.load(SeqCst) >= people / 10;
    until("some have ordered", PATIENCE, begun).await;
    let before = scene.placed.load(SeqCst);
    fails(fault, &mut shop, &mut chance).await;
    let persons = waiting.join_all().await;
    let history = watched.ended().await;

    println!(
        "seed {}: {fault:?} after {before} of {people} orders",
        chance.seed
    );
    assert!(before < people, "all had ordered before anything failed");
    assert_eq!(persons.len(), people + copied);
    each_ticket_ordered_once(&persons, people);
    places_are_those_of_the_seed(&persons, &ids);
    it_only_rose(&history, per_minute);
    scene.holds(people, units).await;
    let shoppers: Vec<Shopper> = persons.into_iter().map(|person| person.shopper).collect();
    shop.cluster.assert_books_agree(&shoppers).await;
}

async fn open() -> Shop {
    let postgres = Postgres::start(Durability::Fast).await;
    let redis = Redis::start().await;
    let cluster = Cluster::on(&postgres).await.redis(&redis).nodes(3);
    Shop {
        cluster: cluster.start().await,
        postgres,
        redis,
    }
}

async fn fails(fault: Fault, shop: &mut Shop, chance: &mut Chance) {
    match fault {
        Fault::Redis => {
            shop.redis.kill();
            sleep(Duration::from_secs(4)).await;
            shop.redis.start_again().await;
        }
        Fault::Nodes => {
            let last = chance.pick(0..shop.cluster.nodes.len());
            let all = 0..shop.cluster.nodes.len();
            let (last, first): (Vec<usize>, Vec<usize>) = all.partition(|node| *node == last);
            for killed in [first, last] {
                let nodes = shop.cluster.nodes.iter_mut().enumerate();
                let mut nodes: Vec<_> = nodes
                    .filter(|(number, _)| killed.contains(number))
                    .map(|(_, node)| node)
                    .collect();
                nodes.iter_mut().for_each(|node| node.kill());
                sleep(chance.millis(500..2_000)).await;
                join_all(nodes.iter_mut().map(|node| node.start_again())).await;
            }
        }
        Fault::Database => {
            shop.postgres.restart(Stop::Crash).await;
            for _ in 0..3 {
                sleep(chance.millis(200..1_000)).await;
                shop.postgres.cut_connections().await;
            }
        }
    }
}

impl Scene {
    /// People come before the start, at any node.
    async fn take_places(
        &self,
        shop: &Cluster,
        chance: &mut Chance,
        people: usize,
    ) -> Vec<(Shopper, Value)> {
        let coming = (0..people).map(|_| {
            let mut shopper = Shopper::new(shop.http.clone(), chance.branch());
            let mut chance = chance.branch();
            async move {
                self.gets_place(&mut shopper, &mut chance).await;
                let told = shopper.looks_into(&self.nodes[0], &self.drop).await;
                let told = told.expect("the node answers");
                assert_eq!(told["state"], "drawing", "{told}");
                (shopper, told)
            }
        });
        let coming: Vec<_> = coming.collect();
        stream::iter(coming)
            .buffer_unordered(AT_A_TIME)
            .collect()
            .await
    }

    fn any_node(&self, chance: &mut StdRng) -> &str {
        &self.nodes[chance.random_range(0..self.nodes.len())]
    }

    async fn gets_place(&self, shopper: &mut Shopper, chance: &mut StdRng) {
        let deadline = Instant::now() + PATIENCE;
        while !shopper.takes_place(self.any_node(chance), &self.drop).await {
            assert!(Instant::now() < deadline, "nobody gives them a place");
            shopper.pause(PAUSE).await;
        }
    }

    async fn comes_late(self, mut shopper: Shopper, mut chance: StdRng) -> Person {
        self.gets_place(&mut shopper, &mut chance).await;
        self.orders(shopper, Vec::new(), chance).await
    }

    /// Waits until they are let in, at any node, and orders.
    async fn orders(
        self,
        mut shopper: Shopper,
        mut told: Vec<Value>,
        mut chance: StdRng,
    ) -> Person {
        let deadline = Instant::now() + PATIENCE;
        loop {
            assert!(Instant::now() < deadline, "nobody lets them in: {told:?}");
            let node = self.any_node(&mut chance);
            if let Some(now) = shopper.looks_into(node, &self.drop).await {
                let state = now["state"].as_str().unwrap_or_default().to_owned();
                match state.as_str() {
                    "drawing" | "waiting" => {}
                    "let_in" => self.is_let_in(&now).await,
                    // Someone had a copy.
                    "ordered" => {}
                    other => panic!("{other}: {now}"),
                }
                told.push(now);
                if matches!(state.as_str(), "let_in" | "ordered") {
                    break;
                }
            }
            sleep(Duration::from_millis(chance.random_range(500..1_000))).await;
        }
        while !shopper
            .added(self.any_node(&mut chance), &self.variant, 1)
            .await
        {
            assert!(Instant::now() < deadline, "nobody fills their cart");
            shopper.pause(PAUSE).await;
        }
        let outcome = shopper.place(&self.nodes, deadline).await;
        if outcome.placed().is_some() {
            self.placed.fetch_add(1, SeqCst);
        }
        Person {
            shopper,
            outcome,
            told,
        }
    }

    /// What a node tells is so in the database.
    async fn is_let_in(&self, told: &Value) {
        // While it is away there is nothing to compare with.
        let Some(now) = how_far(&self.db).await else {
            return;
        };
        let place = place(told).expect("places are drawn");
        assert!(place < now.admitted_to, "{place}: {now:?}");
    }

    /// Looks at how far the room is, all the time.
    fn watched(&self) -> Watched {
        let db = self.db.clone();
        let history = Arc::new(std::sync::Mutex::new(Vec::new()));
        let noted = history.clone();
        let looking = tokio::spawn(async move {
            loop {
                if let Some(now) = how_far(&db).await {
                    noted.lock().expect("nobody panics").push(now);
                }
                sleep(Duration::from_millis(200)).await;
            }
        });
        Watched { history, looking }
    }

    /// Every order has used its ticket, and nothing else has.
    async fn holds(&self, people: usize, units: i64) {
        let number = async |sql: &str| {
            let row = Sql::new(sql).fetch_one(self.db.reader()).await;
            let row = row.expect("there is a row");
            row.int("n").expect("it is a number")
        };
        let people = i64::try_from(people).expect("there are not that many");
        let used = "SELECT COUNT(DISTINCT u.ticket_id) AS n FROM room_uses u \
             JOIN orders o ON o.id = u.order_id WHERE o.status <> 'cancelled'";
        assert_eq!(number(used).await, people);
        assert_eq!(number("SELECT COUNT(*) AS n FROM room_uses").await, people);
        assert_eq!(number("SELECT COUNT(*) AS n FROM orders").await, people);
        let left = "SELECT CAST(SUM(remaining) AS BIGINT) AS n FROM drop_lines";
        assert_eq!(number(left).await, units - people);
    }
}

/// How far a room is, by the database.
#[derive(Debug, Clone, Copy)]
struct Far {
    moved_at: i64,
    admitted_to: i64,
    lapsed_to: i64,
    let_in: i64,
}

struct Watched {
    history: Arc<std::sync::Mutex<Vec<Far>>>,
    looking: JoinHandle<()>,
}

impl Watched {
    async fn ended(self) -> Vec<Far> {
        self.looking.abort();
        let _ = self.looking.await;
        self.history.lock().expect("nobody panics").clone()
    }
}

/// `None` while the database is away, and before anybody is let in.
async fn how_far(db: &Store) -> Option<Far> {
    let sql = "SELECT moved_at, admitted_to, lapsed_to, let_in FROM drop_rooms WHERE moved_at > 0";
    let row = Sql::new(sql).fetch_optional(db.reader()).await.ok()??;
    let int = |column| row.int(column).expect("it is a number");
    Some(Far {
        moved_at: int("moved_at"),
        admitted_to: int("admitted_to"),
        lapsed_to: int("lapsed_to"),
        let_in: int("let_in"),
    })
}

/// What is let in never goes back, and never runs ahead of the rate that is set.
fn it_only_rose(history: &[Far], per_minute: usize) {
    assert!(history.len() > 2, "{history:?}");
    let per_minute = i64::try_from(per_minute).expect("it is no such number");
    for pair in history.windows(2) {
        let [before, after] = pair else {
            unreachable!("there are two");
        };
        let rose = after.admitted_to >= before.admitted_to
            && after.let_in >= before.let_in
            && after.moved_at >= before.moved_at
            && after.lapsed_to == 0;
        assert!(rose, "{before:?}, then {after:?}");
        let most = (after.moved_at - before.moved_at) * per_minute * PERSON / 60_000;
        let let_in = after.let_in - before.let_in;
        assert!(let_in <= most + 1, "{before:?}, then {after:?}");
    }
}

/// All who have a place have ordered; of those who have copies of one, one has.
fn each_ticket_ordered_once(persons: &[Person], people: usize) {
    let mut by_ticket: BTreeMap<&str, Vec<&Outcome>> = BTreeMap::new();
    for person in persons {
        let ticket = person.shopper.ticket.as_deref().expect("they have one");
        by_ticket.entry(ticket).or_default().push(&person.outcome);
    }
    assert_eq!(by_ticket.len(), people, "no two have the same");
    for outcomes in by_ticket.values() {
        let placed = outcomes.iter().filter(|one| one.placed().is_some());
        assert_eq!(placed.count(), 1, "{outcomes:?}");
        let refused = outcomes.iter().filter(|one| one.placed().is_none());
        for outcome in refused {
            assert_eq!(outcome.refused_for(), Some("waiting"), "{outcome:?}");
        }
    }
}

/// Each place is the same in every answer of every node, and what anybody works out by the seed, which is made of all
/// tickets from before the start.
fn places_are_those_of_the_seed(persons: &[Person], early: &[TicketId]) {
    let mut places: BTreeMap<String, BTreeSet<i64>> = BTreeMap::new();
    let mut drawn = BTreeSet::new();
    for told in persons.iter().flat_map(|person| &person.told) {
        let Some(place) = place(told) else {
            continue;
        };
        let proof = &told["proof"];
        let text = |name: &str| {
            proof["drawn"][name]
                .as_str()
                .expect("it is drawn")
                .to_owned()
        };
        drawn.insert((text("secret"), text("mix"), text("seed")));
        let id = id(told).hex();
        let by_hand = sha(&[&text("seed"), &id]);
        assert_eq!(proof["ticket"]["number"], by_hand[..8], "{told}");
        assert_eq!(proof["commitment"], sha(&[&text("secret")]), "{told}");
        places.entry(id).or_default().insert(place);
    }
    let drawn: Vec<_> = drawn.into_iter().collect();
    let [(secret, mix, seed)] = drawn.as_slice() else {
        panic!("they are drawn once: {drawn:?}");
    };
    assert_eq!(*seed, sha(&[secret, mix]));
    let all = early
        .iter()
        .fold(TicketId([0; 16]), |mix, id| mix.with(*id));
    assert_eq!(*mix, all.hex(), "each ticket from before is in it once");
    let moved: Vec<_> = places
        .iter()
        .filter(|(_, places)| places.len() > 1)
        .collect();
    assert!(moved.is_empty(), "{moved:?}");
}

fn sha(parts: &[&str]) -> String {
    let bytes: Vec<u8> = parts
        .iter()
        .flat_map(|part| hex::decode(part).expect("it is hexadecimal"))
        .collect();
    hex::encode(Sha256::digest(bytes))
}

fn id(told: &Value) -> TicketId {
    let id = told["proof"]["ticket"]["id"].as_str();
    id.and_then(TicketId::of_hex).expect("they have a ticket")
}

/// The place of who was told this, once places are drawn.
fn place(told: &Value) -> Option<i64> {
    let ticket = &told["proof"]["ticket"];
    let number = i64::from_str_radix(ticket["number"].as_str()?, 16).ok()?;
    let bucket = u32::try_from(ticket["bucket"].as_u64()?).ok()?;
    Some(first_of(bucket) + number)
}
