//! A rush: shoppers with full carts, and what became of them.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::{Duration, Instant},
};

use futures_util::{StreamExt, stream};
use tokio::{sync::Barrier, task::JoinSet};

use crate::rig::{Chance, Cluster, Outcome, Shopper, Stocked, until};

/// How many carts are filled at a time: that is not what is tried here.
const FILLERS: usize = 12;
/// Nobody waits longer for an answer, come what may.
pub const PATIENCE: Duration = Duration::from_secs(300);

/// Variants and quantities.
pub type Wish = Vec<(Stocked, i64)>;

/// A shopper who has left the shop.
pub struct Buyer {
    pub wish: Wish,
    pub shopper: Shopper,
    pub outcome: Outcome,
    /// When the order was sent for the first time, and when the answer had come.
    pub began: Instant,
    pub ended: Instant,
}

/// When shoppers come to the till.
#[derive(Debug, Clone, Copy)]
pub enum Arrival {
    AtOnce,
    /// At random moments.
    Within(Duration),
}

/// Shoppers with full carts in front of the till.
pub struct Queue {
    shoppers: Vec<(Wish, Shopper)>,
    nodes: Vec<String>,
}

impl Queue {
    /// Fills a cart for each wish, at any node.
    pub async fn fill(shop: &Cluster, chance: &mut Chance, wishes: Vec<Wish>) -> Self {
        let nodes = shop.addresses();
        let filling = wishes.into_iter().map(|wish| {
            let mut shopper = Shopper::new(shop.http.clone(), chance.branch());
            let node = nodes[chance.pick(0..nodes.len())].clone();
            async move {
                for (product, quantity) in &wish {
                    shopper.add(&node, &product.variant, *quantity).await;
                }
                (wish, shopper)
            }
        });
        let filling: Vec<_> = filling.collect();
        let shoppers = stream::iter(filling)
            .buffer_unordered(FILLERS)
            .collect()
            .await;
        Self { shoppers, nodes }
    }

    /// Everybody wants one of it.
    pub async fn for_one_each(
        shop: &Cluster,
        chance: &mut Chance,
        product: &Stocked,
        buyers: usize,
    ) -> Self {
        let wishes = vec![vec![(product.clone(), 1)]; buyers];
        Self::fill(shop, chance, wishes).await
    }

    /// Lets everybody order. Answers are awaited by [`Rush::ended`].
    pub fn order(self, chance: &mut Chance, arrival: Arrival) -> Rush {
        let start = Arc::new(Barrier::new(self.shoppers.len()));
        let placed = Arc::new(AtomicUsize::new(0));
        let mut buying = JoinSet::new();
        for (wish, mut shopper) in self.shoppers {
            let (start, nodes) = (start.clone(), self.nodes.clone());
            let placed = placed.clone();
            let delay = match arrival {
                Arrival::AtOnce => Duration::ZERO,
                Arrival::Within(time) => chance.millis(0..time.as_millis() as u64),
            };
            buying.spawn(async move {
                start.wait().await;
                tokio::time::sleep(delay).await;
                let began = Instant::now();
                let outcome = shopper.place(&nodes, began + PATIENCE).await;
                if outcome.placed().is_some() {
                    placed.fetch_add(1, SeqCst);
                }
                Buyer {
                    wish,
                    shopper,
                    outcome,
                    began,
                    ended: Instant::now(),
                }
            });
        }
        Rush { buying, placed }
    }
}

/// Everybody is ordering.
pub struct Rush {
    buying: JoinSet<Buyer>,
    placed: Arc<AtomicUsize>,
}

impl Rush {
    /// Waits until so many have their order.
    pub async fn has_placed(&self, orders: usize) {
        let enough = async || self.placed.load(SeqCst) >= orders;
        until("the sale goes on", PATIENCE, enough).await;
    }

    pub async fn ended(self) -> Sold {
        let buyers = self.buying.join_all().await;
        Sold { buyers }
    }
}

/// What the rush came to.
pub struct Sold {
    pub buyers: Vec<Buyer>,
}

impl Sold {
    pub fn placed(&self) -> usize {
        let placed = |buyer: &&Buyer| buyer.outcome.placed().is_some();
        self.buyers.iter().filter(placed).count()
    }

    /// How many were refused, by why.
    pub fn refused(&self) -> BTreeMap<&str, usize> {
        let mut refused = BTreeMap::new();
        for buyer in &self.buyers {
            if let Some(kind) = buyer.outcome.refused_for() {
                *refused.entry(kind).or_default() += 1;
            }
        }
        refused
    }

    /// How often each status was answered, 0 for no answer.
    pub fn answers(&self) -> BTreeMap<u16, usize> {
        let mut answers = BTreeMap::new();
        for buyer in &self.buyers {
            for (status, times) in &buyer.shopper.answers {
                *answers.entry(*status).or_default() += times;
            }
        }
        answers
    }

    /// The books agree; everybody ended with an answer, and nothing ever broke inside; nobody was
    /// refused what is still there, and not one unit more was sold than there was.
    pub async fn assert_fair(self, shop: &Cluster) {
        let answers = self.answers();
        let unanswered = self
            .buyers
            .iter()
            .filter(|buyer| buyer.outcome == Outcome::Unanswered);
        assert_eq!(unanswered.count(), 0, "{answers:?}");
        assert_eq!(answers.get(&500), None, "{answers:?}");

        let mut sold: BTreeMap<&str, (&Stocked, i64)> = BTreeMap::new();
        for buyer in &self.buyers {
            for (product, quantity) in &buyer.wish {
                let (_, units) = sold.entry(&product.variant).or_insert((product, 0));
                if buyer.outcome.placed().is_some() {
                    *units += quantity;
                }
            }
        }
        let mut left: BTreeMap<&str, i64> = BTreeMap::new();
        for (variant, (product, units)) in sold {
            left.insert(variant, shop.units(variant).await);
            assert_eq!(left[variant], product.units - units, "{}", product.slug);
        }
        for buyer in &self.buyers {
            if matches!(
                buyer.outcome.refused_for(),
                Some("sold_out" | "insufficient")
            ) {
                let short = |(product, wanted): &(Stocked, i64)| left[&*product.variant] < *wanted;
                assert!(
                    buyer.wish.iter().any(short),
                    "refused, and all of it is still there: {:?}",
                    buyer.outcome
                );
            }
        }
        let shoppers: Vec<Shopper> = self.buyers.into_iter().map(|buyer| buyer.shopper).collect();
        shop.assert_books_agree(&shoppers).await;
    }
}
