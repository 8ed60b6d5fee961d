//! What a server function adds to its reply besides its value: where a plain form goes on to,
//! and cookies.

use http::{HeaderValue, header};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use crate::address::Spelling;

/// Name of the cookie that holds the cart's token.
pub const CART_COOKIE: &str = "holdfast_cart";
/// A hint scripts may read that there is a cart at all; never believed by the server.
pub const CART_HINT_COOKIE: &str = "holdfast_has_cart";
/// Name of the cookie that holds the session's token.
pub const SESSION_COOKIE: &str = "holdfast_session";

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

/// Whether it is written as our own addresses are: browsers read others in ways of their own.
fn is_plain(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    Spelling::of(path) == Spelling::Canonical
        && address.bytes().all(|b| b.is_ascii_graphic())
        && !address.contains("..")
        && !address.contains('\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_addresses_are_gone_on_to() {
        for ours in ["/account", "/account/orders?page=2", "/cart", "/checkout"] {
            assert_eq!(shop_address(ours), Some(ours));
        }
        assert_eq!(
            admin_address("/admin/orders?q=a"),
            Some("/admin/orders?q=a")
        );
        for other in [
            "//evil.example",
            "https://evil.example/account",
            "/account/../admin",
            "/account/%2e%2e//evil.example",
            "/account/%2E%2e/%2e./admin",
            "/account//evil.example",
            "/account/..%5c..%5cadmin",
            "/account\\evil",
            "/account/%0d%0aset-cookie:x",
            "/accounts",
        ] {
            assert_eq!(shop_address(other), None, "{other}");
            let admin = other.replace("/account", "/admin");
            assert_eq!(admin_address(&admin), None, "{admin}");
        }
    }
}
