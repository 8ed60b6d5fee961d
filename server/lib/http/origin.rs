//! No request that changes something is taken from another site's page.

use app::{
    error::{ErrorKind, ShopError},
    locale::locale,
};
use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, Method, header},
    middleware::Next,
};

use super::{
    page,
    state::{HttpState, Reply},
    text::Text,
    visitor,
};
use crate::security_events::{self, Kind, Who};

pub async fn check(State(state): State<HttpState>, request: Request<Body>, next: Next) -> Reply {
    let reads = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    if reads || comes_from_us(request.headers(), state.services.settings.base_url()) {
        return next.run(request).await;
    }
    let client = visitor::client(&request, state.network);
    let error = refusal(&state, client).await;
    page::refused(&state, request, error).await
}

/// What a client's request of another site's page is told.
pub async fn refusal(state: &HttpState, client: String) -> ShopError {
    let events = state.services.accounts.events();
    let told = events.note(Kind::ForeignOrigin, Who::Nobody);
    security_events::of_client(client, told).await;
    let words = Text::from(locale()).other_site();
    ShopError::new(ErrorKind::Forbidden, words)
}

/// Browsers say where a request comes from, in one header or the other; what says nothing is no
/// browser and carries nobody's cookies by accident.
pub fn comes_from_us(headers: &HeaderMap, base_url: &str) -> bool {
    let text = |name| {
        headers
            .get(name)
            .and_then(|value: &http::HeaderValue| value.to_str().ok())
    };
    if let Some(site) = text(header::HeaderName::from_static("sec-fetch-site")) {
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = headers.get(header::ORIGIN) else {
        return true;
    };
    let Ok(origin) = origin.to_str() else {
        return false;
    };
    let host = origin.split_once("://").map(|(_, host)| host);
    origin == base_url || (host.is_some() && host == text(header::HOST))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from_us(pairs: &[(&str, &str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(
                header::HeaderName::from_bytes(name.as_bytes()).unwrap(),
                value.parse().unwrap(),
            );
        }
        comes_from_us(&headers, "https://shop.example")
    }

    #[test]
    fn only_our_own_pages_and_programs_may_change_things() {
        assert!(from_us(&[]));
        assert!(from_us(&[("sec-fetch-site", "same-origin")]));
        assert!(from_us(&[("origin", "https://shop.example")]));
        assert!(from_us(&[
            ("origin", "http://127.0.0.1:3000"),
            ("host", "127.0.0.1:3000")
        ]));
        assert!(!from_us(&[("sec-fetch-site", "cross-site")]));
        assert!(!from_us(&[("sec-fetch-site", "same-site")]));
        assert!(!from_us(&[
            ("origin", "https://evil.example"),
            ("host", "shop.example")
        ]));
        assert!(!from_us(&[("origin", "null"), ("host", "shop.example")]));
    }
}
