//! `/metrics`, for those who may read it. For everybody else there is no such page.

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, Method, header},
    response::IntoResponse,
};
use metrics::gauge;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

use super::{
    page,
    state::{HttpState, Reply},
};
use crate::{coordination::Health, telemetry};

const TEXT: &str = "text/plain; version=0.0.4; charset=utf-8";

pub async fn show(State(state): State<HttpState>, request: Request<Body>) -> Reply {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if !reads || !may_read(&state, &request) {
        return page::any(State(state), request).await;
    }
    look(&state);
    ([(header::CONTENT_TYPE, TEXT)], telemetry::render()).into_response()
}

/// The token opens them. Without one nothing does: who asks from this machine may be a proxy that
/// passes on what the world asks.
fn may_read(state: &HttpState, request: &Request<Body>) -> bool {
    let token = state.metrics_token.as_ref();
    token.is_some_and(|token| has_token(request.headers(), token))
}

fn has_token(headers: &HeaderMap, token: &SecretString) -> bool {
    // How long it takes to compare digests says nothing about what was digested.
    let digest = |bytes: &[u8]| Sha256::digest(bytes);
    headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.as_bytes().split_at_checked("Bearer ".len()))
        .is_some_and(|(scheme, given)| {
            scheme.eq_ignore_ascii_case(b"Bearer ")
                && digest(given) == digest(token.expose_secret().as_bytes())
        })
}

/// What is only known by looking.
fn look(state: &HttpState) {
    let db = &state.services.db;
    for pool in db.pools() {
        for (connections, state) in [(pool.used, "used"), (pool.idle, "idle")] {
            gauge!("holdfast_db_connections", "pool" => pool.name, "state" => state)
                .set(f64::from(connections));
        }
        gauge!("holdfast_db_connections_max", "pool" => pool.name).set(f64::from(pool.max));
    }
    let up = match db.freshness().coordination().health() {
        Health::Up => 1.0,
        Health::Down => 0.0,
        Health::Absent => return,
    };
    gauge!("holdfast_redis_up").set(up);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_taken_whole_or_not_at_all() {
        let token = SecretString::from("abc");
        let has = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::AUTHORIZATION, value.parse().unwrap());
            has_token(&headers, &token)
        };
        assert!(has("Bearer abc") && has("bearer abc"));
        for other in [
            "",
            "abc",
            "Bearer",
            "Bearer ",
            "Bearer ab",
            "Bearer abcd",
            "Basic abc",
        ] {
            assert!(!has(other), "{other}");
        }
        assert!(!has_token(&HeaderMap::new(), &token));
    }
}
