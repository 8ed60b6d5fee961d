//! What a server function adds to its reply besides its value: where a plain form goes on to,
//! and cookies.

use http::{HeaderValue, header};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use crate::{
    address::Spelling,
    area::{Areas, Onward},
    cookie::Cookie,
    shop::Shop,
};

/// How long browsers keep the session cookie, in seconds: as long as any session may last.
pub const SESSION_LIFETIME: i64 = 60 * 24 * 60 * 60;

/// How long a cart lives that nobody touches, in seconds.
pub fn cart_lifetime() -> i64 {
    crate::shop::shop().settings.cart_days * 24 * 60 * 60
}

/// Where a plain form goes on to (303); callers that asked for JSON stay where they are.
/// `path` must be one of our own addresses in ASCII, or a page of a payment provider's.
pub fn go_to(path: &str) {
    if let (Some(options), Ok(value)) = (
        use_context::<ResponseOptions>(),
        HeaderValue::from_str(path),
    ) {
        options.insert_header(header::LOCATION, value);
    }
}

/// `max_age` in seconds; zero removes the cookie.
pub fn set_cookie(cookie: Cookie, value: &str, max_age: i64) {
    let line = cookie.line(&crate::shop::shop().settings.base_url, value, max_age);
    if let (Some(options), Ok(line)) = (
        use_context::<ResponseOptions>(),
        HeaderValue::from_str(&line),
    ) {
        options.append_header(header::SET_COOKIE, line);
    }
}

/// Tells when trying the page at hand again makes sense, in seconds.
pub fn set_retry_after(seconds: u32) {
    if let Some(options) = use_context::<ResponseOptions>() {
        options.insert_header(header::RETRY_AFTER, seconds.into());
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
    address_of(next, Onward::ForStaff, areas())
}

/// Where a form of the admin area goes on to after saving.
pub fn back_to(next: &str, otherwise: String) -> String {
    admin_address(next).map_or(otherwise, str::to_owned)
}

/// `next` if it is an address of the shopper's own pages.
pub fn shop_address(next: &str) -> Option<&str> {
    address_of(next, Onward::ForShoppers, areas())
}

/// Those of the shop of the request at hand.
fn areas() -> Areas {
    use_context::<Shop>().map_or_else(Areas::default, |shop| shop.areas)
}

/// `next` if it leads into an area that these people's forms may lead to, and is written as our own
/// addresses are: browsers read others in ways of their own.
fn address_of(next: &str, whose: Onward, areas: Areas) -> Option<&str> {
    let path = next.split(['?', '#']).next().unwrap_or_default();
    let is_ours = areas.of(path).is_some_and(|area| area.onward == whose)
        && Spelling::of(path, areas) == Spelling::Canonical
        && next.bytes().all(|b| b.is_ascii_graphic())
        && !next.contains("..")
        && !next.contains('\\');
    is_ours.then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_addresses_are_gone_on_to() {
        let areas = crate::area::samples();
        let shop_address = |next| address_of(next, Onward::ForShoppers, areas);
        let admin_address = |next| address_of(next, Onward::ForStaff, areas);
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
            assert_eq!(address_of(&admin, Onward::ForStaff, areas), None, "{admin}");
        }
    }
}
