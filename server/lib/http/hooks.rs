//! `/hooks/{provider}`: what payment providers tell by themselves. The body is read as it came,
//! since its signature is of every byte.
//!
//! Anybody may send something here. What does not begin like an event is refused by its headers. Of what does, one body
//! is read and compared with its signature, in the [lane](super::hook_lanes) of the network it comes from; nothing else is done
//! before that, neither in the database nor at the provider. What is signed is never refused for how much came before it.

use std::time::Duration;

use axum::{
    body::{Body, Bytes, HttpBody as _},
    extract::{FromRequest, Path, Request, State},
    http::StatusCode,
    response::IntoResponse,
};
use tokio::time::timeout;

use super::{
    hook_lanes::Forged,
    state::{HttpState, Reply},
    visitor,
};
use crate::checkout::hooks::Hook;

/// Largest event, in bytes.
pub const MAX_EVENT: usize = 256 * 1024;
/// How long its body may take to come in: so long others of its network may wait for it.
const BODY: Duration = Duration::from_secs(10);

/// 200 once its effect is written down, 400 for what no provider of ours sent now, and anything else
/// is sent again later.
pub async fn take(
    State(state): State<HttpState>,
    Path(provider): Path<String>,
    request: Request<Body>,
) -> Reply {
    let checkout = &state.services.checkout;
    let network = visitor::client(&request, state.network);
    if let Err(refused) = checkout.may_be_hook(&provider, request.headers()) {
        return answer(&state, &network, &provider, refused);
    }
    if request.body().size_hint().lower() > MAX_EVENT as u64 {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    }
    let lane = state.hooks().enter(&network).await;
    let headers = request.headers().clone();
    let body = match timeout(BODY, Bytes::from_request(request, &state)).await {
        Ok(Ok(body)) => body,
        Ok(Err(refused)) => return refused.into_response(),
        Err(_) => return StatusCode::REQUEST_TIMEOUT.into_response(),
    };
    let read = checkout.read_hook(&provider, &headers, &body);
    // What its provider sent waits for nobody from here on.
    drop(lane);
    let notice = match read {
        Ok(notice) => notice,
        Err(refused) => return answer(&state, &network, &provider, refused),
    };
    match checkout.take_hook(&provider, &notice, &body).await {
        Ok(()) => StatusCode::OK.into_response(),
        Err(error) => {
            tracing::warn!(%error, %provider, "an event will be sent again");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

/// Counts what was refused for the network that it came from, and tells the log of it unless that network has filled it
/// enough.
fn answer(state: &HttpState, network: &str, provider: &str, refused: Hook) -> Reply {
    let error = match refused {
        Hook::Unknown => return StatusCode::NOT_FOUND.into_response(),
        Hook::Refused(error) => error,
    };
    match state.hooks().forged(network) {
        Forged::Some => tracing::warn!(%error, %provider, "an event was refused"),
        Forged::Many => tracing::debug!(%error, %provider, "one more event was refused"),
    }
    (StatusCode::BAD_REQUEST, error.to_string()).into_response()
}
