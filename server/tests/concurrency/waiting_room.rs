//! A waiting room while Redis, the nodes that move it or the database die: no place is lost, nobody is let in twice, and
//! who has a place orders once.

mod fault;
mod places;
mod watched;

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::{Duration, Instant},
};

use futures_util::{StreamExt, stream};
use rand::{Rng, rngs::StdRng};
use serde_json::Value;
use server::{
    admission::ticket::TicketId,
    db::{Get, Sql},
    store::Store,
};
use tokio::{task::JoinSet, time::sleep};

use crate::{
    alone,
    rig::{Chance, Cluster, Desk, Goods, Launch, Outcome, Shopper, until},
    sale::PATIENCE,
};
use fault::{Fault, fails, open};
use places::{id, place, places_are_those_of_the_seed};
use watched::{how_far, it_only_rose, watched};

/// How many people come; many more if this asks for it: `HOLDFAST_ROOM_PEOPLE=2000`. docs/concurrency.md has the
/// command.
const ASK: &str = "HOLDFAST_ROOM_PEOPLE";
const PEOPLE: usize = 60;
/// One in so many comes after the start, in the midst of what fails.
const LATE: usize = 6;
/// One in so many has a copy of a ticket.
const COPIED: usize = 5;
/// The room lets people in for so many seconds, if nothing fails,
const SECONDS: usize = 20;
/// or for longer, as two cores that also run their shoppers are not to be tried for speed here: so many in a second at most.
const A_SECOND: usize = 10;
/// Those who wait look as often as so many would who look every second.
const LOOKING: usize = 120;
/// Before a node is asked again.
const PAUSE: Duration = Duration::from_millis(400);
/// Nodes know by then what was changed behind their backs.
const KNOWN: Duration = Duration::from_millis(1_500);
/// How many take their places at a time: that is not what is tried here.
const AT_A_TIME: usize = 12;

fn people() -> usize {
    let asked = std::env::var(ASK).ok().and_then(|text| text.parse().ok());
    asked.unwrap_or(PEOPLE)
}

/// How long the room lets so many people in.
fn seconds(people: usize) -> usize {
    SECONDS.max(people.div_ceil(A_SECOND))
}

/// The drop, and who moves on while it is watched.
#[derive(Clone)]
struct Scene {
    nodes: Vec<String>,
    drop: Launch,
    variant: String,
    db: Store,
    people: usize,
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
    let per_minute = (people * 60).div_ceil(seconds(people));
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
        people,
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
    let watched = watched(scene.db.clone());
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
    let answers = persons.iter().flat_map(|person| &person.told);
    places_are_those_of_the_seed(answers, &ids);
    it_only_rose(&history, per_minute);
    scene.holds(people, units).await;
    let shoppers: Vec<Shopper> = persons.into_iter().map(|person| person.shopper).collect();
    shop.cluster.assert_books_agree(&shoppers).await;
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

    /// When someone who comes now has waited too long to be let in.
    fn end_of_patience(&self) -> Instant {
        let letting_in = u64::try_from(seconds(self.people)).expect("there are not that many");
        Instant::now() + PATIENCE + Duration::from_secs(letting_in)
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
        let deadline = self.end_of_patience();
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
            let looks = u32::try_from(self.people / LOOKING).expect("there are not that many");
            let pause = Duration::from_millis(chance.random_range(500..1_000));
            sleep(pause * looks.max(1)).await;
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
