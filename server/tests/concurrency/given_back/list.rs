//! Those who wait: how they come onto the list, and how they buy what they are offered.

use std::{
    collections::BTreeSet,
    ops::Range,
    time::{Duration, Instant},
};

use futures_util::{
    StreamExt,
    future::{join, join_all},
    stream,
};
use reqwest::StatusCode;
use server::{
    db::{Get, Sql},
    store::Store,
};
use tokio::time::sleep;

use super::{
    AT_A_TIME, PRICE,
    stage::{email, someone},
};
use crate::{
    rig::{Chance, Cluster, Shopper, Stocked, links, until},
    sale::PATIENCE,
};

/// How many confirm at the same moment; the next do when they have.
const AT_ONCE: usize = 13;
/// One in so many opens the link in two browsers.
const TWO_BROWSERS: usize = 8;
const PATH: &str = "/waiting-list/";
const PAUSE: Duration = Duration::from_millis(300);

/// Addresses in the order of the list.
pub struct List(Vec<String>);

/// Who has bought by their link.
pub struct Bought {
    pub email: String,
    pub shopper: Shopper,
    /// What is answered to who opens the links once more.
    pub again: Vec<StatusCode>,
}

pub async fn number(db: &Store, sql: &str) -> i64 {
    let row = Sql::new(sql).fetch_one(db.reader()).await;
    let row = row.expect("there is a row");
    row.int("n").expect("it is a number")
}

impl List {
    /// So many ask for a link each, and confirm in groups.
    pub async fn of(shop: &Cluster, chance: &mut Chance, lamp: &Stocked, count: usize) -> Self {
        let nodes = shop.addresses();
        let people: Vec<(String, Shopper)> = (0..count)
            .map(|n| {
                let who = format!("waits{n}");
                (email(&who), someone(shop, chance, &who))
            })
            .collect();
        let asking = people.iter().enumerate().map(|(n, (email, shopper))| {
            let node = &nodes[n % nodes.len()];
            async move {
                let asked = async || shopper.asks_for(node, lamp, email).await;
                until("they are noted", PATIENCE, asked).await;
            }
        });
        let asking: Vec<_> = asking.collect();
        stream::iter(asking)
            .buffer_unordered(AT_A_TIME)
            .collect::<()>()
            .await;
        until("links are mailed", PATIENCE, async || {
            links(&shop.nodes, PATH).len() == count
        })
        .await;
        let links = links(&shop.nodes, PATH);
        for group in people.chunks(AT_ONCE) {
            let confirming = group.iter().enumerate().map(|(n, (email, shopper))| {
                let (node, link) = (&nodes[n % nodes.len()], &links[email][0]);
                async move {
                    let confirmed = async || shopper.confirms(node, link).await;
                    until("they are on the list", PATIENCE, confirmed).await;
                }
            });
            join_all(confirming).await;
        }
        let list = Self(in_state(&shop.db, "waiting").await);
        assert_eq!(list.0.len(), count);
        for (came, stands) in people.chunks(AT_ONCE).zip(list.0.chunks(AT_ONCE)) {
            let came: BTreeSet<&String> = came.iter().map(|(email, _)| email).collect();
            let stands: BTreeSet<&String> = stands.iter().collect();
            assert_eq!(came, stands, "who came first is first on the list");
        }
        list
    }

    /// Those in these places.
    pub fn places(&self, places: Range<usize>) -> Vec<String> {
        self.0[places].to_vec()
    }

    /// Those in these places buy by the links of their e-mails.
    pub async fn buy(&self, shop: &Cluster, chance: &mut Chance, places: &[usize]) -> Vec<Bought> {
        // What a dead node had claimed is sent by another after five minutes, which are over now. What a node queued whose
        // clock is ahead is sent by the others at its time.
        shop.execute("UPDATE mails SET next_try_at = 0 WHERE state IN ('waiting', 'sending')")
            .await;
        let emails: Vec<&String> = places.iter().map(|place| &self.0[*place]).collect();
        let are_mailed = || {
            let mailed = links(&shop.nodes, PATH);
            let has_two = |email: &&String| mailed.get(*email).is_some_and(|all| all.len() > 1);
            emails.iter().all(has_two)
        };
        until("offers are mailed", PATIENCE, async || are_mailed()).await;
        let nodes = shop.addresses();
        let mut buying = Vec::new();
        for (nth, email) in emails.into_iter().enumerate() {
            let who = email.split('@').next().unwrap_or_default();
            let nodes = nodes.clone();
            let buyer = Buyer { shop, nodes, email };
            let browsers = match nth % TWO_BROWSERS {
                0 => 2,
                _ => 1,
            };
            let browsers = (0..browsers).map(|_| someone(shop, chance, who)).collect();
            buying.push(buyer.buy(browsers));
        }
        stream::iter(buying)
            .buffer_unordered(AT_A_TIME)
            .collect()
            .await
    }
}

/// Someone who is offered a unit.
struct Buyer<'a> {
    shop: &'a Cluster,
    nodes: Vec<String>,
    email: &'a String,
}

impl Buyer<'_> {
    /// The newest first. If an e-mail was written twice, one of them counts.
    fn links(&self) -> Vec<String> {
        let mut links = links(&self.shop.nodes, PATH);
        let links = links.remove(self.email).unwrap_or_default();
        links.into_iter().rev().collect()
    }

    /// Opens the link in one browser after the other, and orders in all of them at once: the last one gets it.
    async fn buy(self, mut browsers: Vec<Shopper>) -> Bought {
        for browser in &mut browsers {
            self.take(browser).await;
        }
        let mut last = browsers.pop().expect("there is a browser");
        let deadline = Instant::now() + PATIENCE;
        let others = browsers.iter_mut();
        let others = join_all(others.map(|browser| browser.place(&self.nodes, deadline)));
        let (outcome, others) = join(last.place(&self.nodes, deadline), others).await;
        assert!(outcome.placed().is_some(), "{}: {outcome:?}", self.email);
        for other in others {
            let kinds = ["sold_out", "limit_reached"];
            let is_refused = other
                .refused_for()
                .is_some_and(|kind| kinds.contains(&kind));
            assert!(is_refused, "{}: {other:?}", self.email);
        }
        let mut again = Vec::new();
        for link in self.links() {
            let answer = last.takes(&self.nodes[0], &link).await;
            again.push(answer.expect("the node answers"));
        }
        Bought {
            email: self.email.clone(),
            shopper: last,
            again,
        }
    }

    async fn take(&self, browser: &mut Shopper) {
        let deadline = Instant::now() + PATIENCE;
        let mut answers = Vec::new();
        for node in self.nodes.iter().cycle() {
            assert!(Instant::now() < deadline, "{}: {answers:?}", self.email);
            for link in self.links() {
                let answer = browser.takes(node, &link).await;
                if answer == Some(StatusCode::OK) {
                    browser.total_minor = PRICE;
                    return;
                }
                answers.push(answer);
            }
            sleep(PAUSE).await;
        }
    }
}

/// Those who are in a state, in the order of the list.
pub async fn in_state(db: &Store, state: &str) -> Vec<String> {
    let mut sql = Sql::new("SELECT mailbox FROM waits WHERE state = ");
    sql.text(state).push(" ORDER BY seq");
    let found = sql.fetch_values(db.reader()).await;
    found.expect("the list can be read")
}
