//! Waiting rooms as a stream of events, one for each visitor. What all of them read is read once a second per node.

use std::{convert::Infallible, time::Duration};

use app::{
    drops::{
        ports::{Followed, Rooms},
        room::RoomState,
    },
    error::{ErrorKind, ShopError},
    locale::locale,
    tickets::{TICKETS, Tickets},
};
use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderName, HeaderValue, header},
    response::{
        IntoResponse,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::stream::unfold;
use rand::Rng;
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

use super::{
    connections::NoFile,
    cookies, page,
    state::{HttpState, Reply},
    stock::Closing,
    text::Text,
    visitor,
};
use crate::{
    security_events::{self, Kind, Who},
    stock_feed::Subscription,
};

/// Between two looks, in milliseconds: not all look at the same moment.
const LOOK: std::ops::RangeInclusive<u64> = 900..=1_200;
/// Numbers that changed are told this often; that a visitor is let in is told at once.
const NUMBERS: Duration = Duration::from_secs(3);
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// When a broken stream is to be opened again, in milliseconds.
const RETRY: std::ops::RangeInclusive<u64> = 2_000..=6_000;
const NO_BUFFER: HeaderName = HeaderName::from_static("x-accel-buffering");

/// `GET /api/drops/room/events?slug=SLUG`: the visitor's state, at once and when it changes.
pub async fn events(State(state): State<HttpState>, request: Request<Body>) -> Reply {
    let slug = slug(request.uri().query());
    let base_url = state.services.settings.base_url();
    let tickets = Tickets {
        signed: cookies::tickets(request.headers(), TICKETS.name(base_url)),
        account: None,
    };
    let rooms = state.services.shop.port::<dyn Rooms>();
    // Before a place is taken: most who ask for nothing have made it up.
    let followed = match rooms.follow(&slug, &tickets).await {
        Ok(followed) => followed,
        Err(error) => return page::json_error(&error),
    };
    let client = visitor::client(&request, state.network);
    let Some(subscription) = state.services.room_seats.take(&client) else {
        let events = state.services.accounts.events();
        let told = events.note(Kind::LimitHit, Who::Nobody);
        security_events::of_client(client, told).await;
        let words = Text::from(locale()).too_many_watchers();
        return page::json_error(&ShopError::new(ErrorKind::Busy, words));
    };
    let closing = request.extensions().get::<Closing>().cloned();
    let line = RoomStream {
        followed,
        told: None,
        closing: closing.unwrap_or_default().0,
        _subscription: subscription,
    };
    let keep_alive = KeepAlive::new().interval(KEEP_ALIVE);
    let stream = Sse::new(unfold(line, RoomStream::next)).keep_alive(keep_alive);
    let mut response = stream.into_response();
    response.extensions_mut().insert(NoFile);
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(NO_BUFFER, HeaderValue::from_static("no"));
    response
}

fn slug(query: Option<&str>) -> String {
    let mut fields = url::form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    let found = fields.find(|(name, _)| name == "slug");
    found.map(|(_, slug)| slug.into_owned()).unwrap_or_default()
}

/// One visitor's stream.
struct RoomStream {
    followed: Box<dyn Followed>,
    /// What was told last, and when.
    told: Option<(RoomState, Instant)>,
    closing: CancellationToken,
    _subscription: Subscription,
}

impl RoomStream {
    async fn next(mut self) -> Option<(Result<Event, Infallible>, Self)> {
        let closing = self.closing.clone();
        let event = tokio::select! {
            () = closing.cancelled() => return None,
            event = self.event() => event?,
        };
        Some((Ok(event), self))
    }

    /// What is new; `None` once there is no such room any more.
    async fn event(&mut self) -> Option<Event> {
        loop {
            let is_first = self.told.is_none();
            if !is_first {
                let pause = rand::rng().random_range(LOOK);
                sleep(Duration::from_millis(pause)).await;
            }
            let state = match self.followed.state().await {
                Ok(state) => state,
                // Their page is made again, and leads to where anybody may order.
                Err(error) if error.kind == ErrorKind::NotFound => return None,
                // While the database is away there is no news.
                Err(_) => {
                    if is_first {
                        sleep(NUMBERS).await;
                    }
                    continue;
                }
            };
            if !self.is_news(&state) {
                continue;
            }
            let event = Event::default().json_data(&state).unwrap_or_default();
            self.told = Some((state, Instant::now()));
            return Some(match is_first {
                true => event.retry(Duration::from_millis(rand::rng().random_range(RETRY))),
                false => event,
            });
        }
    }

    fn is_news(&self, state: &RoomState) -> bool {
        match &self.told {
            None => true,
            Some((told, _)) if !told.is_like(state) => true,
            Some((told, at)) => told != state && at.elapsed() >= NUMBERS,
        }
    }
}
