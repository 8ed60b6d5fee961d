//! The buyers in the waiting room: each takes a place before the start, and looks now and then whether it is their turn.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use app::tickets::TICKETS;
use axum::body::Bytes;
use http::{Method, Request, StatusCode, header};
use http_body_util::Full;
use serde_json::Value;
use tokio::{
    task::JoinSet,
    time::{Instant, sleep},
};

use super::{
    buyers::{Gathered, Outcome, PAUSE, Rush},
    client::{Answer, Connection},
    requests::{encoded, form, kept, page_at, request, with_cookies},
};

/// Between two looks of one buyer: so long it takes a page with script at most to tell whose turn it is.
const LOOK: Duration = Duration::from_secs(4);
/// How long a buyer asks for a place while the shop says that it is busy.
const PATIENCE: Duration = Duration::from_secs(30);

/// The tickets of the buyers.
#[derive(Default)]
pub struct Places(Vec<Option<String>>);

impl Places {
    pub fn of(&self, n: usize) -> Option<&str> {
        self.0.get(n)?.as_deref()
    }

    pub fn given(&self) -> usize {
        self.0.iter().flatten().count()
    }
}

impl Gathered {
    /// Everybody takes a place. Who does not have one by the start comes behind those who do.
    pub async fn take_places(self) -> Self {
        let Self {
            rush, connections, ..
        } = self;
        let next = Arc::new(AtomicUsize::new(0));
        let mut taking = JoinSet::new();
        for mut connection in connections {
            let (rush, next) = (rush.clone(), next.clone());
            taking.spawn(async move {
                let mut taken = Vec::new();
                loop {
                    let n = next.fetch_add(1, Ordering::SeqCst);
                    if n >= rush.buyers.len() {
                        return (connection, taken);
                    }
                    taken.push((n, rush.take_place(n, &mut connection).await));
                }
            });
        }
        let (mut connections, mut places) = (Vec::new(), vec![None; rush.buyers.len()]);
        while let Some(done) = taking.join_next().await {
            // A task that broke off has told nothing: its buyers have no place.
            let Ok((connection, taken)) = done else {
                continue;
            };
            connections.push(connection);
            for (n, ticket) in taken {
                places[n] = ticket;
            }
        }
        Self {
            rush,
            connections,
            places: Arc::new(Places(places)),
        }
    }
}

impl Rush {
    /// The ticket of a buyer, if the shop gives them one.
    async fn take_place(&self, n: usize, connection: &mut Connection) -> Option<String> {
        let began = Instant::now();
        loop {
            let fields = [("slug", self.slug.as_str())];
            let asked = form(self.address, "/api/drops/room/enter", n, &fields);
            let answer = connection.call(asked).await.ok()?;
            if answer.status == StatusCode::OK {
                return ticket(&answer);
            }
            if !is_busy(answer.status) || began.elapsed() >= PATIENCE {
                return None;
            }
            sleep(answer.retry_after.unwrap_or(PAUSE)).await;
        }
    }

    /// The page of the room, as it is for this buyer.
    pub fn room_page(&self, n: usize, ticket: Option<&str>) -> Request<Full<Bytes>> {
        let path = format!("/drops/{}/room", encoded(&self.slug));
        let mut request = page_at(self.address, &path, n);
        if let Some(ticket) = ticket {
            with_cookies(&mut request, &kept(ticket));
        }
        request
    }

    /// Waits until it is their turn, and no longer than they have patience; or what became of them instead.
    pub async fn wait(
        &self,
        n: usize,
        connection: &mut Connection,
        ticket: Option<&str>,
        patience: Duration,
    ) -> Result<(), Outcome> {
        let failed = |how: &str| Err(Outcome::Failed(format!("room: {how}")));
        let Some(ticket) = ticket else {
            return failed("no place");
        };
        let began = Instant::now();
        loop {
            let mut asked = request(
                Method::GET,
                self.address,
                &format!("/api/drops/room?slug={}", encoded(&self.slug)),
                n,
            );
            let json = header::HeaderValue::from_static("application/json");
            asked.headers_mut().insert(header::ACCEPT, json);
            with_cookies(&mut asked, &kept(ticket));
            let Ok(answer) = connection.call(asked).await else {
                return failed("no answer");
            };
            match turn(&answer) {
                Turn::Theirs => return Ok(()),
                Turn::NobodysAnyMore => return Err(Outcome::SoldOut),
                Turn::Other(how) => return failed(&how),
                Turn::NotYet if began.elapsed() >= patience => return Err(Outcome::Waits),
                Turn::NotYet => sleep(answer.retry_after.unwrap_or(LOOK)).await,
            }
        }
    }
}

/// What the room tells a buyer.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Turn {
    Theirs,
    NotYet,
    /// All is sold.
    NobodysAnyMore,
    Other(String),
}

fn turn(answer: &Answer) -> Turn {
    if is_busy(answer.status) {
        return Turn::NotYet;
    }
    if answer.status != StatusCode::OK {
        return Turn::Other(answer.status.as_u16().to_string());
    }
    let told: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    match told["state"].as_str().unwrap_or("unread") {
        "let_in" => Turn::Theirs,
        "drawing" | "waiting" => Turn::NotYet,
        "sold_out" => Turn::NobodysAnyMore,
        other => Turn::Other(other.to_owned()),
    }
}

fn is_busy(status: StatusCode) -> bool {
    [
        StatusCode::SERVICE_UNAVAILABLE,
        StatusCode::TOO_MANY_REQUESTS,
    ]
    .contains(&status)
}

fn ticket(answer: &Answer) -> Option<String> {
    let mut lines = answer.cookies.iter();
    lines.find_map(|line| {
        let (name, value) = line.split_once('=')?;
        let value = value.split(';').next()?;
        (name == TICKETS.plain_name()).then(|| value.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: StatusCode, state: &str) -> Answer {
        let body = serde_json::json!({ "state": state });
        Answer {
            status,
            retry_after: None,
            cookies: vec![
                "other=1; Path=/".to_owned(),
                "holdfast_room=a.b; Path=/; HttpOnly".to_owned(),
            ],
            body: body.to_string().into(),
        }
    }

    #[test]
    fn what_the_room_tells_is_one_turn_each() {
        let of = |status, state| turn(&answer(status, state));
        assert_eq!(of(StatusCode::OK, "let_in"), Turn::Theirs);
        assert_eq!(of(StatusCode::OK, "drawing"), Turn::NotYet);
        assert_eq!(of(StatusCode::OK, "waiting"), Turn::NotYet);
        assert_eq!(of(StatusCode::SERVICE_UNAVAILABLE, ""), Turn::NotYet);
        assert_eq!(of(StatusCode::OK, "sold_out"), Turn::NobodysAnyMore);
        for state in ["lapsed", "no_place", "over"] {
            assert_eq!(of(StatusCode::OK, state), Turn::Other(state.to_owned()));
        }
        assert_eq!(of(StatusCode::NOT_FOUND, ""), Turn::Other("404".to_owned()));
    }

    #[test]
    fn a_ticket_is_kept_as_a_browser_does() {
        let given = answer(StatusCode::OK, "");
        assert_eq!(ticket(&given).as_deref(), Some("a.b"));
        let none = Answer {
            cookies: Vec::new(),
            ..given
        };
        assert_eq!(ticket(&none), None);
        let places = Places(vec![None, Some("a.b".to_owned())]);
        assert_eq!((places.of(1), places.given()), (Some("a.b"), 1));
        assert_eq!((places.of(0), places.of(2)), (None, None));
    }
}
