//! Whether this node lives, and whether it can serve.

use std::time::Duration;

use axum::{Json, extract::State, http::StatusCode, response::IntoResponse};
use serde_json::json;

use super::state::{HttpState, Reply};
use crate::coordination::{CacheScope, Coordination, Health};

/// A database that answers later than this is as good as none.
const TIMEOUT: Duration = Duration::from_secs(2);

pub async fn alive() -> &'static str {
    "ok"
}

/// Each dependency's state. Only the database can make a node unready: without Redis it serves,
/// more slowly.
pub async fn ready(State(state): State<HttpState>) -> Reply {
    let db = &state.services.db;
    let coordination = word(&**db.freshness().coordination());
    let failure = match tokio::time::timeout(TIMEOUT, db.ping()).await {
        Ok(Ok(())) => None,
        Ok(Err(error)) => Some(error.to_string()),
        Err(_) => Some(format!("no answer within {} s", TIMEOUT.as_secs())),
    };
    let Some(error) = failure else {
        return Json(json!({ "database": "ok", "coordination": coordination })).into_response();
    };
    tracing::warn!(error, "not ready");
    let body = Json(json!({ "database": "unreachable", "coordination": coordination }));
    (
        StatusCode::SERVICE_UNAVAILABLE,
        [("retry-after", "5")],
        body,
    )
        .into_response()
}

fn word(coordination: &dyn Coordination) -> &'static str {
    match (coordination.health(), coordination.scope()) {
        (Health::Up, _) => "redis_up",
        (Health::Down, _) => "redis_down",
        (Health::Absent, CacheScope::Nowhere) => "none",
        (Health::Absent, _) => "process",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coordination::{process::InProcess, uncoordinated::Uncoordinated};

    #[test]
    fn a_node_says_what_coordinates_it() {
        assert_eq!(word(&InProcess::default()), "process");
        assert_eq!(word(&Uncoordinated::node()), "none");
    }
}
