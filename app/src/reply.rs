//! What a server function adds to its reply besides its value: where a plain form goes on to,
//! and cookies.

use http::{HeaderValue, header};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

/// Name of the cookie that holds the cart's token.
pub const CART_COOKIE: &str = "holdfast_cart";
/// A hint scripts may read that there is a cart at all; never believed by the server.
pub const CART_HINT_COOKIE: &str = "holdfast_has_cart";
/// Name of the cookie that holds the session's token.
pub const SESSION_COOKIE: &str = "holdfast_session";
/// Name of the cookie that holds the token of a sign-in that waits for its code.
pub const PENDING_COOKIE: &str = "holdfast_sign_in";

/// How long a cart lives that nobody touches, in seconds.
pub fn cart_lifetime() -> i64 {
    crate::ports::shop().settings.cart_days * 24 * 60 * 60
}

/// Whether scripts may read a cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CookieKind {
    Secret,
    Readable,
}

/// Where a plain form goes on to (303); callers that asked for JSON stay where they are.
/// `path` must be one of our own addresses in ASCII.
pub fn go_to(path: &str) {
    if let (Some(options), Ok(value)) = (
        use_context::<ResponseOptions>(),
        HeaderValue::from_str(path),
    ) {
        options.insert_header(header::LOCATION, value);
    }
}

/// `max_age` in seconds; zero removes the cookie.
pub fn set_cookie(name: &str, value: &str, max_age: i64, kind: CookieKind) {
    let secure = crate::ports::shop()
        .settings
        .base_url
        .starts_with("https://");
    let cookie = format!(
        "{name}={value}; Path=/; Max-Age={max_age}; SameSite=Lax{}{}",
        match kind {
            CookieKind::Secret => "; HttpOnly",
            CookieKind::Readable => "",
        },
        if secure { "; Secure" } else { "" },
    );
    if let (Some(options), Ok(value)) = (
        use_context::<ResponseOptions>(),
        HeaderValue::from_str(&cookie),
    ) {
        options.append_header(header::SET_COOKIE, value);
    }
}

/// Sets the status of the page at hand.
pub fn set_status(status: u16) {
    if let (Some(options), Ok(status)) = (
        use_context::<ResponseOptions>(),
        http::StatusCode::from_u16(status),
    ) {
        options.set_status(status);
    }
}

/// `next` if it is an address of the admin area: what a form names is never gone on to elsewhere.
pub fn admin_address(next: &str) -> Option<&str> {
    (next.starts_with("/admin/") && is_plain(next)).then_some(next)
}

/// `next` if it is an address of the shopper's own pages.
pub fn shop_address(next: &str) -> Option<&str> {
    let path = next.split('?').next().unwrap_or_default();
    let ours = ["/account", "/cart", "/checkout"].into_iter().any(|own| {
        path.strip_prefix(own)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    });
    (ours && is_plain(next)).then_some(next)
}

fn is_plain(address: &str) -> bool {
    address.bytes().all(|b| b.is_ascii_graphic())
        && !address.contains("..")
        && !address.contains('\\')
}
