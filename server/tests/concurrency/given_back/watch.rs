//! Whether a unit is for sale while people wait for it: by the database, by carts that were full before, and by who comes to
//! the shop at that moment.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    time::Duration,
};

use server::{db::Sql, store::Store};
use tokio::{task::JoinSet, time::sleep};

use super::stage::someone;
use crate::rig::{Answer, Chance, Cluster, Outcome, Shopper, Stocked};

/// How many have a full cart and come too late.
pub const LATE: usize = 6;
/// How many come with an empty one.
const NEW: usize = 2;
/// Each cart may be tried sixty times a minute.
const PAUSE: Duration = Duration::from_millis(1_100);
const GLANCE: Duration = Duration::from_millis(10);

/// What was seen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Seen {
    pub looks: usize,
    /// The most units that were for sale at a look.
    pub for_sale: i64,
    /// Tries to order or to fill a cart that were refused, and those that were not.
    pub refused: usize,
    pub bought: usize,
}

impl Seen {
    fn and(self, other: Self) -> Self {
        Self {
            looks: self.looks + other.looks,
            for_sale: self.for_sale.max(other.for_sale),
            refused: self.refused + other.refused,
            bought: self.bought + other.bought,
        }
    }
}

pub struct Watch {
    is_over: Arc<AtomicBool>,
    watching: JoinSet<Seen>,
}

impl Watch {
    pub fn begin(shop: &Cluster, chance: &mut Chance, lamp: &Stocked, late: Vec<Shopper>) -> Self {
        let is_over = Arc::new(AtomicBool::new(false));
        let mut watching = JoinSet::new();
        watching.spawn(look(shop.db.clone(), is_over.clone()));
        for (n, shopper) in late.into_iter().enumerate() {
            let (nodes, after) = (shop.addresses(), chance.millis(0..1_000));
            watching.spawn(order(shopper, nodes, n, after, is_over.clone()));
        }
        for n in 0..NEW {
            let shopper = someone(shop, chance, &format!("new{n}"));
            let (nodes, variant) = (shop.addresses(), lamp.variant.clone());
            watching.spawn(fill(shopper, nodes, variant, n, is_over.clone()));
        }
        Self { is_over, watching }
    }

    pub async fn end(self) -> Seen {
        self.is_over.store(true, SeqCst);
        let seen = self.watching.join_all().await;
        seen.into_iter().fold(Seen::default(), Seen::and)
    }
}

async fn look(db: Store, is_over: Arc<AtomicBool>) -> Seen {
    let mut seen = Seen::default();
    while !is_over.load(SeqCst) {
        let sql = Sql::new("SELECT remaining FROM drop_lines");
        if let Ok(remaining) = sql.fetch_value::<i64>(db.reader()).await {
            seen.looks += 1;
            seen.for_sale = seen.for_sale.max(remaining);
        }
        sleep(GLANCE).await;
    }
    seen
}

/// Orders again and again what was in the cart before it was sold out.
async fn order(
    mut shopper: Shopper,
    nodes: Vec<String>,
    first: usize,
    after: Duration,
    is_over: Arc<AtomicBool>,
) -> Seen {
    let mut seen = Seen::default();
    sleep(after).await;
    for node in nodes.iter().cycle().skip(first) {
        if is_over.load(SeqCst) {
            break;
        }
        match shopper.submit(node).await {
            Answer::Final(Outcome::Refused(refusal)) => {
                assert_eq!(refusal.kind, "sold_out", "{refusal:?}");
                seen.refused += 1;
            }
            Answer::Final(Outcome::Placed(_)) => seen.bought += 1,
            // The node is dead, or busy.
            Answer::Final(Outcome::Unanswered) | Answer::Again { .. } => {}
        }
        sleep(PAUSE).await;
    }
    seen
}

/// Puts it into a cart again and again.
async fn fill(
    shopper: Shopper,
    nodes: Vec<String>,
    variant: String,
    first: usize,
    is_over: Arc<AtomicBool>,
) -> Seen {
    let mut seen = Seen::default();
    for node in nodes.iter().cycle().skip(first) {
        if is_over.load(SeqCst) {
            break;
        }
        match shopper.tries(node, &variant).await {
            Some(Ok(())) => seen.bought += 1,
            Some(Err(kind)) if kind == "sold_out" => seen.refused += 1,
            // The node is busy, or dead.
            Some(Err(_)) | None => {}
        }
        sleep(PAUSE).await;
    }
    seen
}
