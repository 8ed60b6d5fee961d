//! `/hooks/{provider}`: what payment providers tell by themselves. The body is read as it came,
//! since its signature is of every byte.

use axum::{
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::IntoResponse,
};

use super::state::{HttpState, Reply};
use crate::checkout::hooks::Hook;

/// Largest event, in bytes.
pub const MAX_EVENT: usize = 256 * 1024;

/// 200 once its effect is written down, 400 for what no provider of ours sent now, and anything else
/// is sent again later.
pub async fn take(
    State(state): State<HttpState>,
    Path(provider): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Reply {
    let taken = state
        .services
        .checkout
        .take_hook(&provider, &headers, &body)
        .await;
    match taken {
        Ok(Hook::Taken) => StatusCode::OK.into_response(),
        Ok(Hook::Unknown) => StatusCode::NOT_FOUND.into_response(),
        Ok(Hook::Refused(error)) => {
            tracing::warn!(%error, %provider, "an event was refused");
            (StatusCode::BAD_REQUEST, error.to_string()).into_response()
        }
        Err(error) => {
            tracing::warn!(%error, %provider, "an event will be sent again");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}
