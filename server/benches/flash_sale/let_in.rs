//! From the moment at which a waiting room lets someone in until they have the order, and how much of it passes before
//! they are told.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use server::{
    admission::{
        place::{Place, Secret, Seed},
        ticket::TicketId,
    },
    db::{Get, Sql},
    store::Store,
};
use tokio::{
    task::{JoinHandle, JoinSet},
    time::{sleep, timeout},
};

use crate::{
    load::{
        carts::Item,
        client::{Connection, home, post},
        cpu::{Used, Watched},
        events::Events,
        run::Measured,
        spread::Spread,
        table::Row,
    },
    rig::{Launch, order_form},
};

use super::{
    orders::Tickets,
    report::{Ground, Report},
    room::{FIRST, KNOWN, Stage},
    series::PLACED,
};

/// People who wait and then order, and for how many seconds they are let in.
const SHOPPERS: usize = if cfg!(debug_assertions) { 30 } else { 300 };
const SECONDS: usize = 10;
/// A person who is not let in by then never is.
const PATIENCE: Duration = Duration::from_secs(120);
/// Between two looks at how far a room is.
const LOOK: Duration = Duration::from_millis(20);

pub async fn rows(stage: &Stage, report: &mut Report, ground: &Ground<'_>) {
    let (mut runs, mut told) = (Vec::new(), Vec::new());
    for turn in 0..ground.pace.runs {
        let title = format!("Tide Table {turn}");
        let per_minute = SHOPPERS * 60 / SECONDS;
        let (drop, item) = stage.plan(&title, Some(per_minute)).await;
        drop.has_people(&stage.cluster.db, SHOPPERS).await;
        sleep(KNOWN).await;
        let (until_told, measured) = let_in(stage, &drop, &item, turn * SHOPPERS).await;
        if measured.count(PLACED) < SHOPPERS {
            let others = measured.others_than(PLACED);
            report.wrong(format!("those who were let in ordered, but {others}"));
        }
        told.push(until_told.within(0.5));
        runs.push(measured);
    }
    let what = format!(
        "Postgres + Redis: {SHOPPERS} people let in within {SECONDS} s, from then to the order"
    );
    let told = Spread::of(&told).text(|ms| format!("{ms:.0}"));
    let row = Row::of_runs(what, "orders/s", PLACED, &runs);
    report.add(row.note(&format!("half of them told of it within {told} ms")));
}

/// How long it took until people were told that they are let in, and until they had their orders.
async fn let_in(stage: &Stage, drop: &Launch, item: &Item, first: usize) -> (Measured, Measured) {
    let db = &stage.cluster.db;
    let tickets = Tickets::of(db, drop).await;
    let mut waiting = JoinSet::new();
    for n in first..first + SHOPPERS {
        let ticket = tickets.draw();
        let events = stage.stream(FIRST + n, drop, &ticket).await;
        let waits = Waits {
            n: FIRST + n,
            node: stage.node,
            events: events.expect("a room may be watched"),
            ticket,
            item: item.clone(),
        };
        waiting.spawn(timeout(PATIENCE, waits.orders()));
    }
    let history = History::of(db, drop);
    let watched = Watched::shop();
    let (cpu, began) = (Used::now(&watched), Instant::now());
    drop.starts_in(db, Duration::ZERO).await;
    let (mut statuses, mut ordered) = (BTreeMap::new(), Vec::new());
    while let Some(done) = waiting.join_next().await {
        let done = done.expect("a shopper's task ends well").ok().flatten();
        let status = done.as_ref().map_or(0, |done| done.status);
        *statuses.entry(status).or_default() += 1;
        ordered.extend(done);
    }
    let seconds = began.elapsed().as_secs_f64();
    let cpu = Used::now(&watched).since(&cpu);
    let history = history.ended().await;
    let seed = seed(db, drop).await;
    let (mut until_told, mut until_ordered) = (Vec::new(), Vec::new());
    for one in &ordered {
        let ticket = tickets.read(&one.ticket);
        let place = Place::of(&seed, ticket.bucket, ticket.id);
        let let_in = before_it_was_in(&history, place).unwrap_or(one.told);
        until_told.push(micros(one.told.saturating_duration_since(let_in)));
        until_ordered.push(micros(one.done.saturating_duration_since(let_in)));
    }
    let told = Measured::new(statuses.clone(), seconds, until_told, cpu.clone());
    (told, Measured::new(statuses, seconds, until_ordered, cpu))
}

fn micros(time: Duration) -> u32 {
    u32::try_from(time.as_micros()).unwrap_or(u32::MAX)
}

/// The last look at which a place was not let in: it was a moment later.
fn before_it_was_in(history: &[(Instant, i64)], place: Place) -> Option<Instant> {
    let waits = history.partition_point(|(_, admitted_to)| *admitted_to <= place.0);
    Some(history.get(waits.checked_sub(1)?)?.0)
}

/// What places were drawn by.
async fn seed(db: &Store, drop: &Launch) -> Seed {
    let mut sql = Sql::new("SELECT secret, mix FROM drop_rooms WHERE drop_id = ");
    sql.text(&drop.id);
    let row = sql.fetch_one(db.reader()).await.expect("it has a room");
    let text = |column| row.text(column).expect("it is a text");
    let secret = Secret::of_hex(&text("secret")).expect("it has a secret");
    let mix = TicketId::of_hex(&text("mix")).expect("it has a mix");
    Seed::drawn(&secret, mix)
}

/// Up to which place a room lets people in, looked at all the time.
struct History {
    seen: Arc<Mutex<Vec<(Instant, i64)>>>,
    looking: JoinHandle<()>,
}

impl History {
    fn of(db: &Store, drop: &Launch) -> Self {
        let (db, drop_id) = (db.clone(), drop.id.clone());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let noted = seen.clone();
        let looking = tokio::spawn(async move {
            loop {
                // Before: it was not further then.
                let at = Instant::now();
                let mut sql = Sql::new("SELECT admitted_to AS n FROM drop_rooms WHERE drop_id = ");
                sql.text(&drop_id);
                let row = sql.fetch_one(db.reader()).await.expect("it has a room");
                let seen = (at, row.int("n").expect("it is a number"));
                noted
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(seen);
                sleep(LOOK).await;
            }
        });
        Self { seen, looking }
    }

    async fn ended(self) -> Vec<(Instant, i64)> {
        self.looking.abort();
        let _ = self.looking.await;
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *seen)
    }
}

/// Someone in a waiting room.
struct Waits {
    n: usize,
    node: SocketAddr,
    events: Events,
    ticket: String,
    item: Item,
}

/// Someone who was let in and has tried to order.
struct Ordered {
    ticket: String,
    told: Instant,
    done: Instant,
    /// Of the order, or of the last step that was taken.
    status: u16,
}

impl Waits {
    /// `None` if they were never told that they are let in.
    async fn orders(mut self) -> Option<Ordered> {
        self.events.until("\"let_in\"").await.ok()?;
        let told = Instant::now();
        let status = self.buys().await.unwrap_or_default();
        Some(Ordered {
            ticket: self.ticket,
            told,
            done: Instant::now(),
            status,
        })
    }

    /// The status of the last step that was taken, if it was answered.
    async fn buys(&self) -> Option<u16> {
        let mut connection = Connection::open(self.node).await.ok()?;
        let add = [
            ("variant_id", self.item.variant_id.as_str()),
            ("quantity", "1"),
        ];
        let ticket = format!("holdfast_room={}", self.ticket);
        let request = self.form("/api/cart/add", &ticket, &add);
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
        let cookies = format!("holdfast_cart={cart}; {ticket}");
        let request = self.form("/api/checkout/place", &cookies, &order);
        Some(connection.call(&request).await.ok()?.status)
    }

    fn form(&self, path: &str, cookies: &str, fields: &[(&str, &str)]) -> Vec<u8> {
        post(self.node, home(self.n), path, Some(cookies), fields)
    }
}
