//! Headers that every response carries.

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
};

use super::{csp, state::Reply};

pub async fn add(State(policy): State<csp::Policy>, request: Request<Body>, next: Next) -> Reply {
    let mut response = next.run(request).await;
    set(response.headers_mut(), &policy);
    response
}

/// The same for all.
const ALWAYS: [(HeaderName, HeaderValue); 5] = [
    (
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    ),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    // Leaves the path to our own pages, and the site's name to others.
    (
        header::REFERRER_POLICY,
        HeaderValue::from_static("strict-origin-when-cross-origin"),
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), microphone=(), geolocation=()"),
    ),
];

/// Sets them; what may be kept how long is left as it is, or nothing may.
pub fn set(headers: &mut HeaderMap, policy: &csp::Policy) {
    // With the id, and what a server adds.
    headers.reserve(ALWAYS.len() + 5);
    headers.insert(csp::NAME, policy.content.clone());
    if let Some(transport) = &policy.transport {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, transport.clone());
    }
    for (name, value) in ALWAYS {
        headers.insert(name, value);
    }
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
}
