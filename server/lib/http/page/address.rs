//! Addresses that lead on to others.

use app::catalog::query::{ListQuery, encode, normal_pairs};
use axum::{
    http::{HeaderValue, StatusCode, Uri, header},
    response::IntoResponse,
};

use crate::http::state::{HttpState, Reply};

/// The way to something else may be kept, but is asked for each time: an address may be given to
/// another product, and a list's depends on the settings.
const ELSEWHERE: HeaderValue = HeaderValue::from_static("public, no-cache");

/// The way to what had this address before and is at `path` now.
pub fn moved(path: &str, uri: &Uri) -> Reply {
    let query = uri.query().map(|query| format!("?{query}"));
    let address = format!("{path}{}", query.unwrap_or_default());
    elsewhere(&address)
}

/// The way to one of our own addresses, for good.
pub fn elsewhere(address: &str) -> Reply {
    // A query may hold any bytes but control characters, and so may a header.
    let Ok(location) = HeaderValue::from_bytes(address.as_bytes()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = [
        (header::LOCATION, location),
        (header::CACHE_CONTROL, ELSEWHERE),
    ];
    (StatusCode::PERMANENT_REDIRECT, headers).into_response()
}

/// Whether there is a list at this path.
pub fn is_list(path: &str) -> bool {
    path == "/products"
        || path
            .strip_prefix("/categories/")
            .is_some_and(|slug| !slug.is_empty() && !slug.contains('/'))
}

/// Where a list really is, if this is one and its address says more or other than it means: equal
/// lists have one address, and a form's empty fields do not stay in it. An amount that cannot be read
/// does: the page says so at its field.
pub fn normal_address(state: &HttpState, uri: &Uri) -> Option<String> {
    let path = uri.path();
    let text = uri.query().filter(|_| is_list(path))?;
    let given: Vec<(String, String)> = url::form_urlencoded::parse(text.as_bytes())
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    let currency = &state.services.settings.last_known().currency;
    let pairs = given
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()));
    let (query, unread) = ListQuery::read(pairs, currency);
    let mut normal = normal_pairs(&query, &unread, currency);
    // A category's page says in its path which category it is.
    if path != "/products" {
        normal.retain(|(name, _)| name != "category");
    }
    if normal == given {
        return None;
    }
    if normal.is_empty() {
        return Some(path.to_owned());
    }
    Some(format!("{path}?{}", encode(&normal)))
}
