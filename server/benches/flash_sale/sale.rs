//! A sale over the real addresses: shoppers who all come at once and take seven steps each.

use std::{
    collections::BTreeMap,
    net::{Ipv4Addr, SocketAddr},
    time::{Duration, Instant},
};

use tokio::task::JoinSet;

use crate::{
    load::{
        client::{Answer, Connection, get, home, post},
        cpu::{Used, Watched},
        run::Measured,
    },
    rig::{CONTACT, order_form},
};

/// How long a shopper keeps trying while the shop says that it is busy.
const PATIENCE: Duration = Duration::from_secs(20);

/// What all shoppers come for.
pub struct ItemOnSale {
    pub slug: String,
    pub variant_id: String,
    pub price_minor: i64,
    /// Which sale of this shop it is: shoppers come to one.
    pub turn: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    Placed,
    /// At this step, in words a shopper understands.
    SoldOut(&'static str),
    /// Anything else: none should be.
    Failed(&'static str, u16),
}

pub struct Sale {
    pub outcomes: BTreeMap<Outcome, usize>,
    /// Every call of every shopper.
    pub calls: Measured,
    /// Until the last unit was ordered.
    pub sold_in: f64,
}

impl Sale {
    pub fn placed(&self) -> usize {
        self.outcomes.get(&Outcome::Placed).copied().unwrap_or(0)
    }

    pub fn sold_out(&self) -> usize {
        let sold_out = self.outcomes.iter();
        sold_out
            .filter(|(outcome, _)| matches!(outcome, Outcome::SoldOut(_)))
            .map(|(_, count)| count)
            .sum()
    }

    pub fn words(&self) -> String {
        let each = self.outcomes.iter().map(|(outcome, count)| match outcome {
            Outcome::Placed => format!("{count} placed"),
            Outcome::SoldOut(step) => format!("{count} told \"sold out\" at {step}"),
            Outcome::Failed(step, status) => format!("{count} failed at {step} with {status}"),
        });
        each.collect::<Vec<_>>().join(", ")
    }
}

struct Shopper {
    node: SocketAddr,
    from: Ipv4Addr,
    connection: Connection,
    cookie: String,
    began: Instant,
    statuses: BTreeMap<u16, usize>,
    latencies: Vec<u32>,
}

/// Sends `shoppers` in at once, to the nodes in turn.
pub async fn hold(nodes: &[SocketAddr], wanted: &ItemOnSale, shoppers: usize) -> Sale {
    let watched = Watched::shop();
    let mut waiting = Vec::new();
    for n in 0..shoppers {
        let node = nodes[n % nodes.len()];
        let connection = Connection::open(node).await;
        waiting.push((node, connection.expect("the node takes connections")));
    }
    let (before, began) = (Used::now(&watched), Instant::now());
    let mut shopping = JoinSet::new();
    for (n, (node, connection)) in waiting.into_iter().enumerate() {
        let fields = [wanted.slug.clone(), wanted.variant_id.clone()];
        let n = wanted.turn * shoppers + n;
        let total = wanted.price_minor.to_string();
        shopping.spawn(async move {
            let mut shopper = Shopper {
                node,
                from: home(n),
                connection,
                cookie: String::new(),
                began,
                statuses: BTreeMap::new(),
                latencies: Vec::new(),
            };
            let [slug, variant_id] = fields;
            let outcome = shopper.shop(n, &slug, &variant_id, &total).await;
            (
                outcome.unwrap_or_else(|outcome| outcome),
                began.elapsed(),
                shopper,
            )
        });
    }
    let (mut outcomes, mut statuses) = (BTreeMap::new(), BTreeMap::new());
    let (mut latencies, mut sold_in) = (Vec::new(), Duration::ZERO);
    while let Some(done) = shopping.join_next().await {
        let (outcome, at, shopper) = done.expect("a shopper's task ends well");
        *outcomes.entry(outcome).or_default() += 1;
        if outcome == Outcome::Placed {
            sold_in = sold_in.max(at);
        }
        latencies.extend(shopper.latencies);
        for (status, count) in shopper.statuses {
            *statuses.entry(status).or_default() += count;
        }
    }
    let seconds = began.elapsed().as_secs_f64();
    let cpu = Used::now(&watched).since(&before);
    Sale {
        outcomes,
        calls: Measured::new(statuses, seconds, latencies, cpu),
        sold_in: sold_in.as_secs_f64(),
    }
}

impl Shopper {
    async fn shop(
        &mut self,
        n: usize,
        slug: &str,
        variant_id: &str,
        total: &str,
    ) -> Result<Outcome, Outcome> {
        self.page("the product page", &format!("/products/{slug}"))
            .await?;
        let add = [("variant_id", variant_id), ("quantity", "1")];
        self.send("the cart", "/api/cart/add", &add).await?;
        self.page("the cart page", "/cart").await?;
        self.send("the check", "/api/checkout/validate", &[])
            .await?;
        self.send("the contact", "/api/checkout/contact", &CONTACT)
            .await?;
        // One step of the checkout for the shopper, two calls for the shop.
        let shipping = [("shipping", "pickup")];
        self.send("shipping", "/api/checkout/shipping", &shipping)
            .await?;
        let payment = [("payment", "cash_on_delivery")];
        self.send("payment", "/api/checkout/payment", &payment)
            .await?;
        let key = format!("flash-sale-shopper-{n:06}");
        let order = order_form(&key, total);
        self.send("the order", "/api/checkout/place", &order)
            .await?;
        Ok(Outcome::Placed)
    }

    async fn page(&mut self, step: &'static str, path: &str) -> Result<(), Outcome> {
        let cookie = self.cookie.clone();
        let mut headers = vec![
            ("Accept", "text/html"),
            ("Accept-Encoding", "gzip, deflate, br"),
        ];
        if !cookie.is_empty() {
            headers.push(("Cookie", &cookie));
        }
        self.call(step, &get(self.node, path, &headers)).await
    }

    async fn send(
        &mut self,
        step: &'static str,
        path: &str,
        fields: &[(&str, &str)],
    ) -> Result<(), Outcome> {
        let cookie = (!self.cookie.is_empty()).then_some(self.cookie.as_str());
        let request = post(self.node, self.from, path, cookie, fields);
        self.call(step, &request).await
    }

    /// Calls, and calls again while the shop is busy.
    async fn call(&mut self, step: &'static str, request: &[u8]) -> Result<(), Outcome> {
        loop {
            let asked = Instant::now();
            let called = self.connection.call(request).await;
            let micros = u32::try_from(asked.elapsed().as_micros()).unwrap_or(u32::MAX);
            let Ok(answer) = called else {
                return Err(Outcome::Failed(step, 0));
            };
            let status = answer.status;
            let verdict = verdict(step, &answer);
            if let Some(cookie) = answer.cookie("holdfast_cart") {
                self.cookie = format!("holdfast_cart={cookie}");
            }
            let wait = answer.header("retry-after").and_then(|s| s.parse().ok());
            self.latencies.push(micros);
            *self.statuses.entry(status).or_default() += 1;
            match wait {
                Some(seconds) if status == 503 && self.began.elapsed() < PATIENCE => {
                    tokio::time::sleep(Duration::from_secs(seconds)).await;
                }
                _ => return verdict,
            }
        }
    }
}

fn verdict(step: &'static str, answer: &Answer<'_>) -> Result<(), Outcome> {
    if answer.status == 200 {
        let json = answer.json();
        // What is wrong with a cart that is checked is no refusal, but it is in the answer.
        return match json["problems"][0]["kind"].as_str() {
            None => Ok(()),
            Some("sold_out") => Err(Outcome::SoldOut(step)),
            Some(_) => Err(Outcome::Failed(step, 200)),
        };
    }
    if answer.status == 409 && answer.json()["error"]["kind"] == "sold_out" {
        return Err(Outcome::SoldOut(step));
    }
    Err(Outcome::Failed(step, answer.status))
}
