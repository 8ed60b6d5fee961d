//! A product that is edited all the time, and readers who look at everything that shows it.
//!
//! Every edit gives it the next version, which is in its title and in its price. A reader notes
//! the last acknowledged version before it asks; what it is shown must not be older.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicI64, AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};

use rand::{Rng, rngs::StdRng};
use reqwest::{Client, header::ACCEPT};
use tokio::task::JoinSet;

use crate::rig::{Chance, Cluster, Desk, Goods, Stocked};

const TITLE: &str = "Storm Lamp v";
/// In minor units; the version is added. No other amount in the shop is as high.
const PRICE: i64 = 100_000;
const READERS: usize = 6;

/// What goes on beside the readers.
pub struct Edited {
    pub product: Stocked,
    desk: Desk,
    watch: Arc<Watch>,
    readers: JoinSet<()>,
}

/// What readers and the editor share.
struct Watch {
    nodes: Vec<String>,
    http: Client,
    views: Vec<String>,
    acknowledged: AtomicI64,
    begun: AtomicI64,
    reads: AtomicUsize,
    /// What must not be, told at the end.
    wrong: Mutex<Vec<String>>,
    is_over: AtomicBool,
}

impl Edited {
    /// Puts the product on the shelf and sends the readers in.
    pub async fn open(shop: &Cluster, chance: &mut Chance) -> Self {
        let goods = [
            Goods::new(&title(0), PRICE, 1000).category("Lamps"),
            Goods::new("Rope", 900, 1000).category("Lamps"),
        ];
        let product = shop.stock(&goods).await.remove(0);
        let desk = Desk::open(&shop.nodes[0], shop.http.clone()).await;
        let slug = &product.slug;
        let watch = Arc::new(Watch {
            nodes: shop.addresses(),
            http: shop.http.clone(),
            views: vec![
                format!("/products/{slug}"),
                "/products".to_owned(),
                "/categories/lamps?sort=price-down".to_owned(),
                "/".to_owned(),
                "/products/rope".to_owned(),
                format!("/api/products/{slug}"),
                format!("/api/products/{}", product.id),
                "/api/products".to_owned(),
                "/api/suggest?q=storm".to_owned(),
            ],
            acknowledged: AtomicI64::new(0),
            begun: AtomicI64::new(0),
            reads: AtomicUsize::new(0),
            wrong: Mutex::default(),
            is_over: AtomicBool::new(false),
        });
        let mut readers = JoinSet::new();
        for _ in 0..READERS {
            let (watch, chance) = (watch.clone(), chance.branch());
            readers.spawn(async move { watch.read_on(chance).await });
        }
        Self {
            product,
            desk,
            watch,
            readers,
        }
    }

    /// One edit at this node; returns when it is acknowledged.
    pub async fn edit(&self, node: usize) {
        let version = self.watch.begun.fetch_add(1, SeqCst) + 1;
        let node = &self.watch.nodes[node];
        self.desk
            .rewrite(node, &self.product, &title(version), PRICE + version)
            .await;
        self.watch.acknowledged.store(version, SeqCst);
    }

    /// Edits with random pauses for a while.
    pub async fn edit_for(&self, time: Duration, node: usize, chance: &mut Chance) {
        let until = tokio::time::Instant::now() + time;
        while tokio::time::Instant::now() < until {
            self.edit(node).await;
            tokio::time::sleep(chance.millis(0..120)).await;
        }
    }

    pub fn edits(&self) -> i64 {
        self.watch.acknowledged.load(SeqCst)
    }

    pub fn reads(&self) -> usize {
        self.watch.reads.load(SeqCst)
    }

    /// Every view at every node once, as of now.
    pub async fn look_everywhere(&self) {
        for node in &self.watch.nodes {
            for view in &self.watch.views {
                self.watch.look(node, view).await;
            }
        }
    }

    /// Sends the readers home. Fails if one of them was ever shown anything old.
    pub async fn assert_never_stale(self) {
        self.look_everywhere().await;
        self.watch.is_over.store(true, SeqCst);
        self.readers.join_all().await;
        let wrong = self.watch.wrong.lock().unwrap();
        assert!(
            wrong.is_empty(),
            "{} of {} reads during {} edits were wrong, such as {:#?}",
            wrong.len(),
            self.watch.reads.load(SeqCst),
            self.watch.acknowledged.load(SeqCst),
            &wrong[..wrong.len().min(20)]
        );
    }
}

impl Watch {
    async fn read_on(&self, mut chance: StdRng) {
        while !self.is_over.load(SeqCst) {
            let node = &self.nodes[chance.random_range(0..self.nodes.len())];
            let view = &self.views[chance.random_range(0..self.views.len())];
            self.look(node, view).await;
        }
    }

    async fn look(&self, node: &str, view: &str) {
        let acknowledged = self.acknowledged.load(SeqCst);
        let kind = match view.starts_with("/api/") {
            true => "application/json",
            false => "text/html",
        };
        let answer = self.http.get(format!("{node}{view}")).header(ACCEPT, kind);
        let answer = match answer.send().await {
            Ok(answer) => answer,
            Err(error) => return self.note(node, view, format!("no answer: {error}")),
        };
        let status = answer.status();
        let body = answer.text().await.unwrap_or_default();
        let begun = self.begun.load(SeqCst);
        self.reads.fetch_add(1, SeqCst);
        if !status.is_success() {
            return self.note(node, view, format!("{status}"));
        }
        let seen = versions(&body);
        if seen.is_empty() {
            return self.note(node, view, "it does not show the product".to_owned());
        }
        if let Some(version) = seen
            .iter()
            .find(|version| !(acknowledged..=begun).contains(version))
        {
            let now = self.acknowledged.load(SeqCst);
            self.note(
                node,
                view,
                format!("version {version}, after {acknowledged} was acknowledged (now {now})"),
            );
        }
    }

    fn note(&self, node: &str, view: &str, what: String) {
        let mut wrong = self.wrong.lock().unwrap();
        wrong.push(format!("{node}{view}: {what}"));
    }
}

fn title(version: i64) -> String {
    format!("{TITLE}{version}")
}

/// The versions in all titles and prices of an answer.
fn versions(body: &str) -> Vec<i64> {
    let after = |mark: &'static str| body.split(mark).skip(1);
    let digits = |text: &str| -> String { text.chars().take_while(char::is_ascii_digit).collect() };
    let titles = after(TITLE).filter_map(|text| digits(text).parse().ok());
    // €1,000.07
    let shown = after("€").filter_map(|text| {
        let amount: String = text
            .chars()
            .take_while(|c| c.is_ascii_digit() || matches!(c, ',' | '.'))
            .filter(char::is_ascii_digit)
            .collect();
        amount.parse::<i64>().ok()
    });
    let marks = ["price_minor\":", "price_min_minor\":"];
    let plain = marks.into_iter().flat_map(after);
    let plain = plain.filter_map(|text| digits(text).parse::<i64>().ok());
    let prices = shown.chain(plain).filter(|price| *price >= PRICE);
    titles.chain(prices.map(|price| price - PRICE)).collect()
}

#[test]
fn versions_are_found_in_titles_and_prices() {
    let page = "<h1>Storm Lamp v7</h1><p>€1,000.08, from €9.00</p>";
    assert_eq!(versions(page), [7, 8]);
    let json = r#"{"title":"Storm Lamp v12","variants":[{"price_minor":100013}]}"#;
    assert_eq!(versions(json), [12, 13]);
}
