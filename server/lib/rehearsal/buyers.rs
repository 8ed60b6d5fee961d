//! The buyers: each loads the page of the drop and orders what is in the cart, and presses the button again while the
//! shop says that it is busy.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use app::{checkout::types::CASH_ON_DELIVERY, cookie::Cookie};
use axum::body::Bytes;
use http::{Request, StatusCode};
use http_body_util::Full;
use serde_json::Value;
use tokio::{
    task::JoinSet,
    time::{Instant, sleep, sleep_until},
};

use super::{
    client::{Answer, Connection},
    figures::{Figures, RoomFigures, Times, millis},
    requests::{form, kept, page, with_cookies},
    room::Places,
};
use crate::{
    cart::filled::Filled,
    error::{Error, Result},
};

/// How long a buyer keeps trying while the shop says that it is busy.
const PATIENCE: Duration = Duration::from_secs(30);
/// Between tries, if the shop does not say when.
pub const PAUSE: Duration = Duration::from_secs(1);

/// Someone with a cart.
pub struct Buyer {
    pub cart: Filled,
    pub total_minor: i64,
}

/// The moment everybody waits for.
pub struct Rush {
    pub address: SocketAddr,
    /// Address part of the drop.
    pub slug: String,
    pub buyers: Vec<Buyer>,
    /// They come within this time, one after the other.
    pub within: Duration,
    pub connections: usize,
    /// How long they wait in the waiting room at most, if they go through one.
    pub room_patience: Option<Duration>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Placed,
    SoldOut,
    /// Nobody had let them in when there was no more to be seen.
    Waits,
    GaveUp,
    Failed(String),
}

struct Played {
    outcome: Outcome,
    /// Of the page, from when the buyer meant to see it.
    page: Duration,
    /// From the start until they were let in.
    let_in: Option<Duration>,
    /// None was sent by who did not see the page, or was not let in.
    order: Option<Duration>,
    /// When all was answered, from the start.
    ended: Duration,
}

impl Rush {
    /// Opens the connections, so that the shop is open for everybody at the start.
    pub async fn gather(self) -> Result<Gathered> {
        let mut connections = Vec::with_capacity(self.connections);
        for _ in 0..self.connections.min(self.buyers.len()) {
            connections.push(Connection::open(self.address).await?);
        }
        // As on a server that is not new: the page has been shown before.
        if let Some(connection) = connections.first_mut() {
            let seen = connection.call(page(self.address, &self.slug, 0)).await?;
            if seen.status != StatusCode::OK {
                return Err(Error::Setting(format!(
                    "the page of the drop answers with {} in the rehearsal",
                    seen.status
                )));
            }
        }
        Ok(Gathered {
            rush: Arc::new(self),
            connections,
            places: Arc::default(),
        })
    }
}

/// Buyers who are waiting for the start.
pub struct Gathered {
    pub rush: Arc<Rush>,
    pub connections: Vec<Connection>,
    /// In the waiting room, if they go through one.
    pub places: Arc<Places>,
}

impl Gathered {
    pub fn connections(&self) -> usize {
        self.connections.len()
    }

    /// Begins now; what came of it goes into the figures. A buyer who finds no free connection comes late, which counts.
    pub async fn play(self, began: Instant, figures: &mut Figures) {
        let next = Arc::new(AtomicUsize::new(0));
        let mut playing = JoinSet::new();
        figures.room = self.rush.room_patience.map(|_| RoomFigures {
            places: self.places.given(),
            ..RoomFigures::default()
        });
        for mut connection in self.connections {
            let (rush, next) = (self.rush.clone(), next.clone());
            let places = self.places.clone();
            playing.spawn(async move {
                let mut played = Vec::new();
                loop {
                    let n = next.fetch_add(1, Ordering::SeqCst);
                    if n >= rush.buyers.len() {
                        return played;
                    }
                    let ticket = places.of(n);
                    played.push(rush.play(n, &mut connection, began, ticket).await);
                }
            });
        }
        let mut all = Vec::new();
        while let Some(done) = playing.join_next().await {
            all.extend(done.unwrap_or_default());
        }
        count(all, figures);
    }
}

fn count(all: Vec<Played>, figures: &mut Figures) {
    let (mut pages, mut waits, mut orders) = (Vec::new(), Vec::new(), Vec::new());
    let (mut waiting, mut failed) = (0, BTreeMap::<String, usize>::new());
    // A task that broke off has told nothing of its buyers.
    let untold = figures.buyers.saturating_sub(all.len());
    if untold > 0 {
        failed.insert("no outcome".to_owned(), untold);
    }
    for played in all {
        pages.push(played.page);
        waits.extend(played.let_in);
        orders.extend(played.order);
        match played.outcome {
            Outcome::Placed => {
                figures.placed += 1;
                figures.sold_in_ms = figures.sold_in_ms.max(millis(played.ended));
            }
            Outcome::SoldOut => figures.sold_out += 1,
            Outcome::Waits => waiting += 1,
            Outcome::GaveUp => figures.gave_up += 1,
            Outcome::Failed(how) => *failed.entry(how).or_default() += 1,
        }
    }
    if let Some(room) = &mut figures.room {
        room.let_in = waits.len();
        room.waiting = waiting;
        room.wait = Times::of(waits);
    }
    figures.page = Times::of(pages);
    figures.order = Times::of(orders);
    figures.failed = failed;
}

impl Rush {
    /// When a buyer comes, from the start.
    fn due(&self, n: usize) -> Duration {
        let part = n as f64 / self.buyers.len().max(1) as f64;
        self.within.mul_f64(part)
    }

    async fn play(
        &self,
        n: usize,
        connection: &mut Connection,
        began: Instant,
        ticket: Option<&str>,
    ) -> Played {
        let due = began + self.due(n);
        sleep_until(due).await;
        let first = match self.room_patience {
            None => page(self.address, &self.slug, n),
            Some(_) => self.room_page(n, ticket),
        };
        let seen = connection.call(first).await;
        let page = due.elapsed();
        let failed = match seen {
            Ok(answer) if answer.status == StatusCode::OK => None,
            Ok(answer) => Some(format!("page {}", answer.status.as_u16())),
            Err(_) => Some("page: no answer".to_owned()),
        };
        let mut played = Played {
            outcome: Outcome::GaveUp,
            page,
            let_in: None,
            order: None,
            ended: Duration::ZERO,
        };
        let refused = match (failed, self.room_patience) {
            (Some(how), _) => Some(Outcome::Failed(how)),
            (None, None) => None,
            (None, Some(patience)) => {
                let refused = self.wait(n, connection, ticket, patience).await.err();
                played.let_in = refused.is_none().then(|| began.elapsed());
                refused
            }
        };
        played.outcome = match refused {
            Some(outcome) => outcome,
            None => {
                let pressed = Instant::now();
                let outcome = self.order(n, connection, pressed, ticket).await;
                played.order = Some(pressed.elapsed());
                outcome
            }
        };
        played.ended = began.elapsed();
        played
    }

    async fn order(
        &self,
        n: usize,
        connection: &mut Connection,
        pressed: Instant,
        ticket: Option<&str>,
    ) -> Outcome {
        loop {
            let Ok(answer) = connection.call(self.place(n, ticket)).await else {
                return Outcome::Failed("order: no answer".to_owned());
            };
            let outcome = outcome(&answer);
            if outcome != Outcome::GaveUp || pressed.elapsed() >= PATIENCE {
                return outcome;
            }
            sleep(answer.retry_after.unwrap_or(PAUSE)).await;
        }
    }

    /// An order that is picked up and paid there, in cash: no provider hears of it.
    fn place(&self, n: usize, ticket: Option<&str>) -> Request<Full<Bytes>> {
        let buyer = &self.buyers[n];
        let (email, name) = (format!("ghost{n}@example.com"), "Kim Marten");
        let (street, total) = (format!("Quay {}", n + 1), buyer.total_minor.to_string());
        let fields = [
            ("checkout_key", buyer.cart.checkout_key.as_str()),
            ("email", email.as_str()),
            ("name", name),
            ("address_line1", street.as_str()),
            ("postal_code", "20457"),
            ("city", "Hamburg"),
            ("country", "DE"),
            ("shipping", "pickup"),
            ("payment", CASH_ON_DELIVERY),
            ("expected_total_minor", total.as_str()),
        ];
        let cart = format!("{}={}", Cookie::CART.plain_name(), buyer.cart.token);
        let cookies = match ticket {
            None => cart,
            Some(ticket) => format!("{cart}; {}", kept(ticket)),
        };
        let mut request = form(self.address, "/api/checkout/place", n, &fields);
        with_cookies(&mut request, &cookies);
        request
    }
}

fn outcome(answer: &Answer) -> Outcome {
    if answer.status == StatusCode::OK {
        return Outcome::Placed;
    }
    let told: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    let kind = told["error"]["kind"].as_str().unwrap_or("error");
    match answer.status {
        StatusCode::CONFLICT if kind == "sold_out" => Outcome::SoldOut,
        StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS => Outcome::GaveUp,
        status => Outcome::Failed(format!("order {} {kind}", status.as_u16())),
    }
}

#[cfg(test)]
mod tests {
    use http::header;

    use super::*;
    use crate::rehearsal::requests::home;

    fn answer(status: StatusCode, kind: &str) -> Answer {
        let body = serde_json::json!({ "error": { "kind": kind } });
        Answer {
            status,
            retry_after: None,
            cookies: Vec::new(),
            body: body.to_string().into(),
        }
    }

    #[test]
    fn what_the_shop_answers_is_one_outcome_each() {
        let of = |status, kind| outcome(&answer(status, kind));
        assert_eq!(of(StatusCode::OK, ""), Outcome::Placed);
        assert_eq!(of(StatusCode::CONFLICT, "sold_out"), Outcome::SoldOut);
        assert_eq!(of(StatusCode::SERVICE_UNAVAILABLE, "busy"), Outcome::GaveUp);
        assert_eq!(
            of(StatusCode::CONFLICT, "limit"),
            Outcome::Failed("order 409 limit".to_owned())
        );
    }

    #[test]
    fn who_told_nothing_counts_as_failed() {
        let mut figures = Figures {
            buyers: 3,
            ..Figures::default()
        };
        let played = |outcome, seconds| Played {
            outcome,
            page: Duration::from_millis(5),
            let_in: None,
            order: Some(Duration::from_millis(40)),
            ended: Duration::from_secs(seconds),
        };
        let all = vec![played(Outcome::Placed, 1), played(Outcome::SoldOut, 2)];
        count(all, &mut figures);
        assert_eq!((figures.placed, figures.sold_out), (1, 1));
        assert_eq!(figures.sold_in_ms, 1000, "when the last order was placed");
        assert_eq!(figures.failures(), 1);
        assert_eq!((figures.page.p99_ms, figures.order.p99_ms), (5, 40));
    }

    #[test]
    fn buyers_come_one_after_the_other_from_addresses_of_their_own() {
        let buyers = (0..4).map(|n| Buyer {
            cart: Filled {
                token: n.to_string(),
                checkout_key: n.to_string(),
            },
            total_minor: 1,
        });
        let rush = Rush {
            address: ([127, 0, 0, 1], 1).into(),
            slug: "summer".to_owned(),
            buyers: buyers.collect(),
            within: Duration::from_secs(2),
            connections: 4,
            room_patience: None,
        };
        let due: Vec<u64> = (0..4).map(|n| millis(rush.due(n))).collect();
        assert_eq!(due, [0, 500, 1000, 1500]);
        assert_ne!(home(0), home(1));
        let order = rush.place(3, None);
        assert_eq!(order.headers()["x-forwarded-for"], "10.0.0.3");
        assert_eq!(order.headers()[header::COOKIE], "holdfast_cart=3");
        let order = rush.place(3, Some("t"));
        let cookies = "holdfast_cart=3; holdfast_room=t";
        assert_eq!(order.headers()[header::COOKIE], cookies);
    }
}
