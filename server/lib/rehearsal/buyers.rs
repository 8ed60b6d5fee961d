//! The buyers: each loads the page of the drop and orders what is in the cart, and presses the button again while the
//! shop says that it is busy.

use std::{
    collections::BTreeMap,
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use app::{checkout::types::CASH_ON_DELIVERY, cookie::Cookie};
use axum::body::Bytes;
use http::{Method, Request, StatusCode, header};
use http_body_util::Full;
use percent_encoding::{CONTROLS, utf8_percent_encode};
use serde_json::Value;
use tokio::{
    task::JoinSet,
    time::{Instant, sleep, sleep_until},
};

use super::{
    client::{Answer, Connection},
    figures::{Figures, Times, millis},
};
use crate::{
    cart::filled::Filled,
    error::{Error, Result},
};

/// How long a buyer keeps trying while the shop says that it is busy.
const PATIENCE: Duration = Duration::from_secs(30);
/// Between tries, if the shop does not say when.
const PAUSE: Duration = Duration::from_secs(1);

/// Somebody with a cart.
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
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Outcome {
    Placed,
    SoldOut,
    GaveUp,
    Failed(String),
}

struct Played {
    outcome: Outcome,
    /// Of the page, from when the buyer meant to see it.
    page: Duration,
    /// None was sent by who did not see the page.
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
        })
    }
}

/// Buyers who are waiting for the start.
pub struct Gathered {
    rush: Arc<Rush>,
    connections: Vec<Connection>,
}

impl Gathered {
    pub fn connections(&self) -> usize {
        self.connections.len()
    }

    /// Begins now; what came of it goes into the figures. A buyer who finds no free connection comes late, which counts.
    pub async fn play(self, began: Instant, figures: &mut Figures) {
        let next = Arc::new(AtomicUsize::new(0));
        let mut playing = JoinSet::new();
        for mut connection in self.connections {
            let (rush, next) = (self.rush.clone(), next.clone());
            playing.spawn(async move {
                let mut played = Vec::new();
                loop {
                    let n = next.fetch_add(1, Ordering::SeqCst);
                    if n >= rush.buyers.len() {
                        return played;
                    }
                    played.push(rush.play(n, &mut connection, began).await);
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
    let (mut pages, mut orders) = (Vec::new(), Vec::new());
    let mut failed = BTreeMap::<String, usize>::new();
    // A task that broke off has told nothing of its buyers.
    let untold = figures.buyers.saturating_sub(all.len());
    if untold > 0 {
        failed.insert("no outcome".to_owned(), untold);
    }
    for played in all {
        pages.push(played.page);
        orders.extend(played.order);
        match played.outcome {
            Outcome::Placed => {
                figures.placed += 1;
                figures.sold_in_ms = figures.sold_in_ms.max(millis(played.ended));
            }
            Outcome::SoldOut => figures.sold_out += 1,
            Outcome::GaveUp => figures.gave_up += 1,
            Outcome::Failed(how) => *failed.entry(how).or_default() += 1,
        }
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

    async fn play(&self, n: usize, connection: &mut Connection, began: Instant) -> Played {
        let due = began + self.due(n);
        sleep_until(due).await;
        let seen = connection.call(page(self.address, &self.slug, n)).await;
        let page = due.elapsed();
        let failed = match seen {
            Ok(answer) if answer.status == StatusCode::OK => None,
            Ok(answer) => Some(format!("page {}", answer.status.as_u16())),
            Err(_) => Some("page: no answer".to_owned()),
        };
        let (outcome, order) = match failed {
            Some(how) => (Outcome::Failed(how), None),
            None => {
                let pressed = Instant::now();
                let outcome = self.order(n, connection, pressed).await;
                (outcome, Some(pressed.elapsed()))
            }
        };
        Played {
            outcome,
            page,
            order,
            ended: began.elapsed(),
        }
    }

    async fn order(&self, n: usize, connection: &mut Connection, pressed: Instant) -> Outcome {
        loop {
            let Ok(answer) = connection.call(self.place(n)).await else {
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
    fn place(&self, n: usize) -> Request<Full<Bytes>> {
        let buyer = &self.buyers[n];
        let (email, name) = (format!("ghost{n}@example.com"), "Kim Marten");
        let (street, total) = (format!("Quay {}", n + 1), buyer.total_minor.to_string());
        let form = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs([
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
            ])
            .finish();
        let mut request = request(Method::POST, self.address, "/api/checkout/place", n);
        let headers = request.headers_mut();
        headers.insert(
            header::ACCEPT,
            header::HeaderValue::from_static("application/json"),
        );
        headers.insert(
            header::CONTENT_TYPE,
            header::HeaderValue::from_static("application/x-www-form-urlencoded"),
        );
        let cookie = format!("{}={}", Cookie::CART.plain_name(), buyer.cart.token);
        if let Ok(cookie) = cookie.parse() {
            headers.insert(header::COOKIE, cookie);
        }
        request.map(|_| Full::new(Bytes::from(form)))
    }
}

fn page(address: SocketAddr, slug: &str, n: usize) -> Request<Full<Bytes>> {
    // Letters of any language.
    let path = format!("/drops/{}", utf8_percent_encode(slug, CONTROLS));
    let mut request = request(Method::GET, address, &path, n);
    let headers = request.headers_mut();
    headers.insert(
        header::ACCEPT,
        header::HeaderValue::from_static("text/html"),
    );
    headers.insert(
        header::ACCEPT_ENCODING,
        header::HeaderValue::from_static("gzip, deflate, br"),
    );
    request
}

/// As the proxy in front of a shop passes it on: each buyer has an address of their own.
fn request(method: Method, address: SocketAddr, path: &str, n: usize) -> Request<Full<Bytes>> {
    let mut request = Request::new(Full::default());
    *request.method_mut() = method;
    if let Ok(uri) = path.parse() {
        *request.uri_mut() = uri;
    }
    let told = [
        (header::HOST, address.to_string()),
        (
            header::HeaderName::from_static("x-forwarded-for"),
            home(n).to_string(),
        ),
    ];
    for (name, value) in told {
        if let Ok(value) = value.parse() {
            request.headers_mut().insert(name, value);
        }
    }
    request
}

/// One of the 16 million addresses of a private network.
fn home(n: usize) -> Ipv4Addr {
    let n = u32::try_from(n).unwrap_or_default();
    Ipv4Addr::from_bits(0x0a00_0000 | (n & 0x00ff_ffff))
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
    use super::*;

    fn answer(status: StatusCode, kind: &str) -> Answer {
        let body = serde_json::json!({ "error": { "kind": kind } });
        Answer {
            status,
            retry_after: None,
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
        };
        let due: Vec<u64> = (0..4).map(|n| millis(rush.due(n))).collect();
        assert_eq!(due, [0, 500, 1000, 1500]);
        assert_ne!(home(0), home(1));
        let order = rush.place(3);
        assert_eq!(order.headers()["x-forwarded-for"], "10.0.0.3");
        assert_eq!(order.headers()[header::COOKIE], "holdfast_cart=3");
    }
}
