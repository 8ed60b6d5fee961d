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

/// Sets them; what may be kept how long is left as it is, or nothing may.
pub fn set(headers: &mut HeaderMap, policy: &csp::Policy) {
    headers.insert(csp::NAME, policy.content.clone());
    if let Some(transport) = &policy.transport {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, transport.clone());
    }
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        // Leaves the path to our own pages, and the site's name to others.
        ("referrer-policy", "strict-origin-when-cross-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        (
            "permissions-policy",
            "camera=(), microphone=(), geolocation=()",
        ),
    ] {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
}
