//! Whether this node lives, and whether it can serve.

use axum::{Json, extract::State, http::StatusCode, response::IntoResponse};
use serde_json::json;

use super::{HttpState, Reply};

pub async fn alive() -> &'static str {
    "ok"
}

pub async fn ready(State(state): State<HttpState>) -> Reply {
    match state.services.db.ping().await {
        Ok(()) => Json(json!({ "database": "ok" })).into_response(),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            let body = Json(json!({ "database": "unreachable" }));
            (
                StatusCode::SERVICE_UNAVAILABLE,
                [("retry-after", "5")],
                body,
            )
                .into_response()
        }
    }
}
