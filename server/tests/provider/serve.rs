//! Requests from the first byte to the last: who may ask, keys of idempotency, limits, mischief.

use std::{io, sync::Arc};

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    response::{IntoResponse, Response},
    routing::{any, get},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use futures_util::stream;
use http::{
    HeaderMap, HeaderValue, Method, StatusCode,
    header::{AUTHORIZATION, CONTENT_TYPE, DATE, RETRY_AFTER},
    request::Parts,
};
use jiff::fmt::rfc2822::DateTimePrinter;
use serde_json::Value;

use super::{
    API_VERSION, ReceivedRequest, Rig, SECRET_KEY, Service, api, hooks,
    keys::Seen,
    locked,
    mischief::Fate,
    pages,
    params::Params,
    refusal::{Keeping, Refusal},
};

/// The longest request, in bytes.
const LONGEST: usize = 1 << 20;

pub(super) fn router(rig: Arc<Rig>) -> Router {
    Router::new()
        // To wait until it is there.
        .route("/", get(|| async { StatusCode::OK }))
        .route("/pay/{session}", get(pages::show).post(pages::pay))
        .route(
            "/pay/{session}/question",
            get(pages::ask).post(pages::answer),
        )
        .route("/v1/{*path}", any(serve))
        .with_state(rig)
}

/// What is sent back.
struct Reply {
    status: u16,
    body: Value,
    source: Source,
}

enum Source {
    Fresh,
    /// From the key.
    Replay,
    /// Done, but nobody will know from the answer.
    CutOff,
}

async fn serve(State(rig): State<Arc<Rig>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LONGEST).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let reply = reply(&rig, &parts, &body);
    hooks::publish(&rig);
    let what = format!("{} {}", parts.method, parts.uri.path());
    let held = rig.held(&what);
    locked(&rig.asked).push(ReceivedRequest {
        what,
        key: text(&parts.headers, "idempotency-key"),
        version: text(&parts.headers, "stripe-version"),
        status: reply.status,
    });
    if let Some(held) = held {
        held.is_done.notify_one();
        held.may_go.notified().await;
    }
    respond(&rig, reply)
}

fn reply(rig: &Rig, parts: &Parts, body: &Bytes) -> Reply {
    let refused = |refusal: Refusal| Reply {
        status: refusal.status,
        body: refusal.body(),
        source: Source::Fresh,
    };
    if let Err(refusal) = admit(rig, &parts.headers) {
        return refused(refusal);
    }
    let now = rig.now();
    let key = text(&parts.headers, "idempotency-key").filter(|_| parts.method == Method::POST);
    let name = key.as_deref().unwrap_or(parts.uri.path());
    let tries = locked(&rig.keys).count(name);
    let what = format!("{} {}", parts.method, parts.uri.path());
    let fate = rig
        .planned(&what)
        .unwrap_or_else(|| rig.settings.mischief.of_request(name, tries));
    match fate {
        Fate::RateLimit => return refused(Refusal::rate_limit()),
        Fate::Failure => return refused(Refusal::failure(Keeping::Forgotten)),
        Fate::Answered | Fate::KeptFailure | Fate::LostAnswer => {}
    }
    let Some(key) = key else {
        return cut_off(fate, done(rig, parts, body, now).into());
    };
    let request = format!("{} {}", parts.uri.path(), String::from_utf8_lossy(body));
    let seen = locked(&rig.keys).begin(&key, &request, now);
    match seen {
        Seen::Before(status, body) => {
            let source = Source::Replay;
            let reply = Reply {
                status,
                body,
                source,
            };
            return cut_off(fate, reply);
        }
        Seen::Busy => return refused(Refusal::key_in_use()),
        Seen::WithOtherRequest => return refused(Refusal::other_request()),
        Seen::New => {}
    }
    let answer = match fate {
        Fate::KeptFailure => Err(Refusal::failure(Keeping::Kept)),
        _ => done(rig, parts, body, now),
    };
    let is_forgotten = answer
        .as_ref()
        .is_err_and(|refusal| refusal.keeping == Keeping::Forgotten);
    let reply = Reply::from(answer);
    if is_forgotten {
        locked(&rig.keys).forget(&key);
    } else {
        locked(&rig.keys).keep(&key, reply.status, &reply.body);
    }
    cut_off(fate, reply)
}

fn cut_off(fate: Fate, reply: Reply) -> Reply {
    match fate {
        Fate::LostAnswer => Reply {
            source: Source::CutOff,
            ..reply
        },
        _ => reply,
    }
}

impl From<Result<Value, Refusal>> for Reply {
    fn from(answer: Result<Value, Refusal>) -> Self {
        let (status, body) = match answer {
            Ok(body) => (200, body),
            Err(refusal) => (refusal.status, refusal.body()),
        };
        Self {
            status,
            body,
            source: Source::Fresh,
        }
    }
}

/// Whether this request is looked at.
fn admit(rig: &Rig, headers: &HeaderMap) -> Result<(), Refusal> {
    if *locked(&rig.service) == Service::Down {
        return Err(Refusal::down());
    }
    let now = rig.now();
    let mut counted = locked(&rig.counted);
    if counted.0 != now {
        *counted = (now, 0);
    }
    counted.1 = counted.1.saturating_add(1);
    if counted.1 > rig.settings.requests_a_second {
        return Err(Refusal::rate_limit());
    }
    drop(counted);
    if secret_key(headers).as_deref() != Some(SECRET_KEY) {
        return Err(Refusal::key());
    }
    match text(headers, "stripe-version") {
        Some(version) if version != API_VERSION => Err(Refusal::invalid(
            "Stripe-Version",
            format!("Invalid Stripe API version: {version}"),
        )),
        _ => Ok(()),
    }
}

/// As a bearer or as the user of basic authentication.
fn secret_key(headers: &HeaderMap) -> Option<String> {
    let header = headers.get(AUTHORIZATION)?.to_str().ok()?;
    if let Some(key) = header.strip_prefix("Bearer ") {
        return Some(key.to_owned());
    }
    let decoded = BASE64_STANDARD
        .decode(header.strip_prefix("Basic ")?)
        .ok()?;
    let user = String::from_utf8(decoded).ok()?;
    Some(user.split(':').next()?.to_owned())
}

fn done(rig: &Rig, parts: &Parts, body: &Bytes, now: i64) -> Result<Value, Refusal> {
    let sent = match parts.method {
        Method::GET => parts.uri.query().unwrap_or_default().as_bytes(),
        _ => &body[..],
    };
    let path = parts.uri.path().trim_start_matches("/v1/");
    let params = Params::parse(sent);
    api::answer(&mut locked(&rig.books), &parts.method, path, params, now)
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    Some(headers.get(name)?.to_str().ok()?.to_owned())
}

fn respond(rig: &Rig, reply: Reply) -> Response {
    let status = StatusCode::from_u16(reply.status).expect("it is a status");
    let text = reply.body.to_string();
    let body = match reply.source {
        Source::Fresh | Source::Replay => Body::from(text),
        // The head arrives and the rest does not.
        Source::CutOff => Body::from_stream(stream::once(async {
            Err::<Bytes, _>(io::Error::other("the answer is lost"))
        })),
    };
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert("request-id", HeaderValue::from_static("req_rig"));
    headers.insert("stripe-version", HeaderValue::from_static(API_VERSION));
    let date = jiff::Timestamp::from_second(rig.now())
        .and_then(|now| DateTimePrinter::new().timestamp_to_rfc9110_string(&now))
        .expect("the date can be written");
    headers.insert(
        DATE,
        HeaderValue::from_str(&date).expect("a date is a header's value"),
    );
    if status == StatusCode::TOO_MANY_REQUESTS {
        headers.insert(RETRY_AFTER, HeaderValue::from_static("0"));
    }
    if matches!(reply.source, Source::Replay) {
        headers.insert("idempotent-replayed", HeaderValue::from_static("true"));
    }
    response
}
