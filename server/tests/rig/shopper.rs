//! A shopper who wants something and does not take silence for an answer.

use std::{
    collections::{BTreeMap, BTreeSet},
    net::Ipv4Addr,
    time::{Duration, Instant},
};

use rand::{Rng, rngs::StdRng};
use reqwest::{
    Client, RequestBuilder, Response, StatusCode,
    header::{ACCEPT, COOKIE, RETRY_AFTER, SET_COOKIE},
};
use serde_json::Value;

use super::order_form::order_form;

/// The longest pause between two tries. Real shoppers wait as long as they are told to.
const LONGEST_PAUSE: Duration = Duration::from_millis(400);

/// Has one cart, and one checkout key however often the order is sent.
pub struct Shopper {
    http: Client,
    chance: StdRng,
    pub(super) cart: Option<String>,
    /// Their place in the waiting room of a drop, as a browser keeps it.
    pub ticket: Option<String>,
    /// Where they come from, as a proxy would say it.
    address: Ipv4Addr,
    /// What the cart comes to by its last answer, in minor units.
    pub total_minor: i64,
    pub key: String,
    /// What they say of themselves, if it is not what everybody says.
    pub says: Vec<(&'static str, String)>,
    /// Every order that was told of, in any answer.
    pub told: BTreeSet<Placed>,
    /// The last word, if it was no.
    pub refusal: Option<Refusal>,
    /// What was answered to the order that was placed.
    pub said: Value,
    /// How often each status was answered, 0 for no answer at all.
    pub answers: BTreeMap<u16, usize>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Placed {
    pub number: String,
    pub total_minor: i64,
}

/// A clear no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub status: u16,
    /// `sold_out`, `insufficient`, `inactive`, `price_changed` and so on.
    pub kind: String,
    pub body: Value,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Placed(Placed),
    Refused(Refusal),
    /// Nothing but silence, busy and errors until the deadline.
    Unanswered,
}

impl Outcome {
    pub fn placed(&self) -> Option<&Placed> {
        match self {
            Self::Placed(placed) => Some(placed),
            Self::Refused(_) | Self::Unanswered => None,
        }
    }

    pub fn refused_for(&self) -> Option<&str> {
        match self {
            Self::Refused(refusal) => Some(&refusal.kind),
            Self::Placed(_) | Self::Unanswered => None,
        }
    }
}

/// What one try came to.
pub enum Answer {
    Final(Outcome),
    /// Try again, at this node if it is only busy.
    Again {
        is_busy: bool,
        after: Duration,
    },
}

impl Shopper {
    pub fn new(http: Client, mut chance: StdRng) -> Self {
        let letters = std::iter::repeat_with(|| chance.sample(rand::distr::Alphanumeric));
        let key = letters.take(32).map(char::from).collect();
        let address = Ipv4Addr::from_bits(chance.random());
        Self {
            http,
            address,
            chance,
            cart: None,
            ticket: None,
            total_minor: 0,
            key,
            says: Vec::new(),
            told: BTreeSet::new(),
            refusal: None,
            said: Value::Null,
            answers: BTreeMap::new(),
        }
    }

    /// The same shopper in another tab: the same cart, the same key.
    pub fn again(&self, chance: StdRng) -> Self {
        Self {
            cart: self.cart.clone(),
            ticket: self.ticket.clone(),
            address: self.address,
            total_minor: self.total_minor,
            key: self.key.clone(),
            says: self.says.clone(),
            ..Self::new(self.http.clone(), chance)
        }
    }

    /// Puts units into the cart. A node that is busy is asked again, at most a few times.
    pub async fn add(&mut self, node: &str, variant: &str, quantity: i64) {
        for _ in 0..20 {
            if self.added(node, variant, quantity).await {
                return;
            }
            self.pause(Duration::from_millis(200)).await;
        }
        panic!("no node takes anything into a cart");
    }

    /// Whether a node has put units into the cart. It may be busy or away, and must not refuse.
    pub async fn added(&mut self, node: &str, variant: &str, quantity: i64) -> bool {
        let quantity = quantity.to_string();
        let fields = [("variant_id", variant), ("quantity", quantity.as_str())];
        let Ok(answer) = self.post(node, "/api/cart/add", &fields).await else {
            return false;
        };
        let status = answer.status();
        if status != StatusCode::OK {
            let body = answer.text().await.unwrap_or_default();
            assert!(is_busy(status), "{status} for a cart: {body}");
            return false;
        }
        let token = cookie(&answer, "holdfast_cart");
        // Of an answer that breaks off nothing is kept: what is in its cart is nobody's.
        let Ok(cart) = answer.json::<Value>().await else {
            return false;
        };
        if token.is_some() {
            self.cart = token;
        }
        self.total_minor = cart["subtotal_minor"].as_i64().expect("a sum");
        true
    }

    /// Sends the order until there is an answer, with the same key. A node that says nothing is
    /// left for another one.
    pub async fn place(&mut self, nodes: &[String], deadline: Instant) -> Outcome {
        let mut at = self.chance.random_range(0..nodes.len());
        while Instant::now() < deadline {
            match self.submit(&nodes[at]).await {
                Answer::Final(outcome) => return outcome,
                Answer::Again { is_busy, after } => {
                    if !is_busy {
                        at = (at + 1) % nodes.len();
                    }
                    self.pause(after).await;
                }
            }
        }
        Outcome::Unanswered
    }

    /// Sends the order once.
    pub async fn submit(&mut self, node: &str) -> Answer {
        let total = self.total_minor.to_string();
        let mut fields = order_form(&self.key, &total);
        for (name, said) in &self.says {
            debug_assert!(fields.iter().any(|(known, _)| *known == *name), "{name}");
            fields.retain(|(known, _)| *known != *name);
            fields.push((*name, said.as_str()));
        }
        let sent = self.post(node, "/api/checkout/place", &fields).await;
        let read = match sent {
            Ok(answer) => read(answer).await,
            Err(error) => Err(error),
        };
        let Ok((status, retry_after, body)) = read else {
            *self.answers.entry(0).or_default() += 1;
            let after = Duration::from_millis(50);
            return Answer::Again {
                is_busy: false,
                after,
            };
        };
        *self.answers.entry(status.as_u16()).or_default() += 1;
        if status == StatusCode::OK {
            let placed = Placed {
                number: text(&body["order_number"]),
                total_minor: body["total_minor"].as_i64().expect("an order has a total"),
            };
            self.told.insert(placed.clone());
            self.said = body;
            return Answer::Final(Outcome::Placed(placed));
        }
        if status.is_server_error() || is_busy(status) {
            let after = retry_after.unwrap_or(Duration::from_millis(100));
            return Answer::Again {
                is_busy: retry_after.is_some(),
                after,
            };
        }
        let refusal = Refusal {
            status: status.as_u16(),
            kind: text(&body["error"]["kind"]),
            body,
        };
        self.refusal = Some(refusal.clone());
        Answer::Final(Outcome::Refused(refusal))
    }

    /// Everybody pauses for another while, so that they do not all come back at once.
    pub async fn pause(&mut self, at_most: Duration) {
        let share = self.chance.random_range(0.3..1.0);
        tokio::time::sleep(at_most.min(LONGEST_PAUSE).mul_f64(share)).await;
    }

    /// Sends a form.
    pub(super) async fn post(
        &self,
        node: &str,
        path: &str,
        fields: &[(&str, &str)],
    ) -> reqwest::Result<Response> {
        let request = self.http.post(format!("{node}{path}"));
        self.known(request).form(fields).send().await
    }

    pub(super) async fn get(&self, node: &str, path: &str) -> reqwest::Result<Response> {
        let request = self.http.get(format!("{node}{path}"));
        self.known(request).send().await
    }

    /// With what their browser keeps.
    fn known(&self, request: RequestBuilder) -> RequestBuilder {
        let request = request
            .header(ACCEPT, "application/json")
            .header("x-forwarded-for", self.address.to_string());
        let kept = [&self.cart, &self.ticket].into_iter().flatten();
        let kept: Vec<&str> = kept.map(String::as_str).collect();
        match kept.is_empty() {
            true => request,
            false => request.header(COOKIE, kept.join("; ")),
        }
    }
}

/// A cookie that is set, with its name before it.
pub(super) fn cookie(answer: &Response, name: &str) -> Option<String> {
    let cookies = answer.headers().get_all(SET_COOKIE).iter();
    cookies
        .filter_map(|cookie| cookie.to_str().ok()?.split(';').next())
        .find(|cookie| cookie.split('=').next() == Some(name))
        .map(str::to_owned)
}

async fn read(answer: Response) -> reqwest::Result<(StatusCode, Option<Duration>, Value)> {
    let status = answer.status();
    let retry_after = answer
        .headers()
        .get(RETRY_AFTER)
        .and_then(|seconds| seconds.to_str().ok()?.parse().ok())
        .map(Duration::from_secs);
    let body = answer.bytes().await?;
    let json = serde_json::from_slice(&body)
        .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(&body).into_owned()));
    Ok((status, retry_after, json))
}

fn is_busy(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE
    )
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
