//! Live stock: as a stream of events, and once for those who have no stream.
//!
//! Both answer in the shape of [`StockUpdate`], which tells numbers above
//! [`MOST_TOLD`](app::catalog::stock::MOST_TOLD) as "more than" that.

use std::{collections::BTreeSet, convert::Infallible, time::Duration};

use app::{
    catalog::stock::{MAX_WATCHED, StockUpdate},
    error::{ErrorKind, ShopError},
    locale::locale,
};
use axum::{
    Json,
    body::Body,
    extract::{RawQuery, Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{
        IntoResponse,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::stream::unfold;
use rand::Rng;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::{
    connections::NoFile,
    page,
    state::{HttpState, Reply},
    text::Text,
    visitor,
};
use crate::{
    ids::is_id,
    security_events::{self, Kind, Who},
    stock_feed::{Subscription, Watcher},
};

/// A stream without news says this often that it is there, so that nobody in between cuts it.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// When a broken stream is to be opened again, in milliseconds: not all at the same moment after a
/// node has gone.
const RETRY: std::ops::RangeInclusive<u64> = 2_000..=5_000;
/// How long an answer may wait for the database.
const TIMEOUT: Duration = Duration::from_secs(4);
const NO_BUFFER: HeaderName = HeaderName::from_static("x-accel-buffering");

/// Ends the streams once the server closes: it would wait for them for nothing. It is an extension of
/// each request.
#[derive(Debug, Clone, Default)]
pub struct Closing(pub CancellationToken);

/// `GET /api/stock/events?variants=ID,ID…`: all numbers first, then those that change.
pub async fn events(State(state): State<HttpState>, request: Request<Body>) -> Reply {
    let Some(ids) = variants(request.uri().query()) else {
        return refusal();
    };
    let feed = &state.services.stock;
    let client = visitor::client(&request, state.network);
    let Some(subscription) = feed.subscribe(&client) else {
        let events = state.services.accounts.events();
        let told = events.note(Kind::LimitHit, Who::Nobody);
        security_events::of_client(client, told).await;
        let words = Text::from(locale()).too_many_watchers();
        return page::json_error(&ShopError::new(ErrorKind::Busy, words));
    };
    let closing = request.extensions().get::<Closing>().cloned();
    let line = StockStream {
        watcher: feed.watch(ids),
        closing: closing.unwrap_or_default().0,
        told: Sent::Nothing,
        _subscription: subscription,
    };
    let keep_alive = KeepAlive::new().interval(KEEP_ALIVE);
    let stream = Sse::new(unfold(line, StockStream::next)).keep_alive(keep_alive);
    let mut response = stream.into_response();
    response.extensions_mut().insert(NoFile);
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(NO_BUFFER, HeaderValue::from_static("no"));
    response
}

/// `GET /api/stock?variants=ID,ID…`: all numbers, once.
pub async fn once(State(state): State<HttpState>, RawQuery(query): RawQuery) -> Reply {
    let Some(ids) = variants(query.as_deref()) else {
        return refusal();
    };
    let mut watcher = state.services.stock.watch(ids);
    match timeout(TIMEOUT, watcher.all()).await {
        Ok(update) => Json(update).into_response(),
        Err(_) => page::json_error(&ShopError::unavailable()),
    }
}

/// The variants asked for, each once; `None` if these are no ids, none or too many.
fn variants(query: Option<&str>) -> Option<Vec<String>> {
    let mut fields = url::form_urlencoded::parse(query?.as_bytes());
    let (_, text) = fields.find(|(name, _)| name == "variants")?;
    let are_few = text.split(',').nth(MAX_WATCHED).is_none();
    let ids: BTreeSet<&str> = text.split(',').collect();
    let are_fine = are_few && ids.iter().all(|id| is_id(id));
    are_fine.then(|| ids.into_iter().map(str::to_owned).collect())
}

/// There is no form whose fields could be mended: it is the address that is wrong.
fn refusal() -> Reply {
    let message = Text::from(locale()).variant_ids(&MAX_WATCHED.to_string());
    let refusal = page::json_error(&ShopError::field("variants", message));
    (StatusCode::BAD_REQUEST, refusal).into_response()
}

/// One shopper's stream.
struct StockStream {
    watcher: Watcher,
    closing: CancellationToken,
    told: Sent,
    _subscription: Subscription,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sent {
    Nothing,
    All,
}

impl StockStream {
    async fn next(mut self) -> Option<(Result<Event, Infallible>, Self)> {
        let closing = self.closing.clone();
        let event = tokio::select! {
            () = closing.cancelled() => return None,
            event = self.event() => event,
        };
        Some((Ok(event), self))
    }

    async fn event(&mut self) -> Event {
        if self.told == Sent::All {
            return event(&self.watcher.next().await);
        }
        let first = event(&self.watcher.all().await);
        self.told = Sent::All;
        first.retry(Duration::from_millis(rand::rng().random_range(RETRY)))
    }
}

fn event(update: &StockUpdate) -> Event {
    // Texts and numbers are always JSON.
    Event::default().json_data(update).unwrap_or_default()
}
