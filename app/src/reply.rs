//! What a server function adds to its reply besides its value: where a plain form goes on to,
//! and cookies.

use http::{HeaderValue, header};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use crate::{
    address::Spelling,
    area::{Areas, Onward},
    shop::Shop,
};

/// A cookie of the shop's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cookie {
    /// Holds the cart's token.
    Cart,
    /// A hint scripts may read that there is a cart at all; never believed by the server.
    CartHint,
    /// Holds the session's token.
    Session,
    /// Holds the token of a sign-in that waits for its code.
    PendingSignIn,
}

impl Cookie {
    pub const ALL: [Self; 4] = [
        Self::Cart,
        Self::CartHint,
        Self::Session,
        Self::PendingSignIn,
    ];

    /// What it is called at `base_url`.
    pub fn name(self, base_url: &str) -> &'static str {
        match is_encrypted(base_url) {
            true => self.host_name(),
            false => self.plain_name(),
        }
    }

    /// A name anybody may set who answers for the host or for one above it, encrypted or not.
    pub const fn plain_name(self) -> &'static str {
        match self {
            Self::Cart => "holdfast_cart",
            Self::CartHint => "holdfast_has_cart",
            Self::Session => "holdfast_session",
            Self::PendingSignIn => "holdfast_sign_in",
        }
    }

    /// Browsers take a `__Host-` cookie from this very host alone, and only over TLS (RFC 6265bis,
    /// 4.1.3.2): nobody else plants one.
    const fn host_name(self) -> &'static str {
        match self {
            Self::Cart => "__Host-holdfast_cart",
            Self::CartHint => "__Host-holdfast_has_cart",
            Self::Session => "__Host-holdfast_session",
            Self::PendingSignIn => "__Host-holdfast_sign_in",
        }
    }

    /// A `Set-Cookie` line for `base_url`. `max_age` in seconds; zero removes the cookie.
    pub fn line(self, base_url: &str, value: &str, max_age: i64) -> String {
        self.line_named(self.name(base_url), base_url, value, max_age)
    }

    /// A `Set-Cookie` line that removes the cookie of the plain name.
    pub fn end_of_plain(self, base_url: &str) -> String {
        self.line_named(self.plain_name(), base_url, "", 0)
    }

    /// Attributes in this order, which the `cookie` crate would change.
    fn line_named(self, name: &str, base_url: &str, value: &str, max_age: i64) -> String {
        let scripts = match self {
            Self::Cart | Self::Session | Self::PendingSignIn => "; HttpOnly",
            Self::CartHint => "",
        };
        let secure = match is_encrypted(base_url) {
            true => "; Secure",
            false => "",
        };
        format!("{name}={value}; Path=/; Max-Age={max_age}; SameSite=Lax{scripts}{secure}")
    }
}

/// Whether shoppers reach the shop over TLS.
pub fn is_encrypted(base_url: &str) -> bool {
    base_url.starts_with("https://")
}

/// How long browsers keep the session cookie, in seconds: as long as any session may last.
pub const SESSION_LIFETIME: i64 = 60 * 24 * 60 * 60;

/// How long a cart lives that nobody touches, in seconds.
pub fn cart_lifetime() -> i64 {
    crate::shop::shop().settings.cart_days * 24 * 60 * 60
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
    fn cookies_belong_to_the_host_where_the_shop_is_reached_over_tls() {
        let (tls, plain) = ("https://shop.example", "http://localhost:3000");
        assert_eq!(
            Cookie::Session.line(tls, "x", 60),
            "__Host-holdfast_session=x; Path=/; Max-Age=60; SameSite=Lax; HttpOnly; Secure"
        );
        assert_eq!(
            Cookie::Session.line(plain, "x", 60),
            "holdfast_session=x; Path=/; Max-Age=60; SameSite=Lax; HttpOnly"
        );
        assert_eq!(
            Cookie::PendingSignIn.line(tls, "x", 60),
            "__Host-holdfast_sign_in=x; Path=/; Max-Age=60; SameSite=Lax; HttpOnly; Secure"
        );
        assert_eq!(
            Cookie::CartHint.line(tls, "1", 60),
            "__Host-holdfast_has_cart=1; Path=/; Max-Age=60; SameSite=Lax; Secure"
        );
        assert_eq!(
            Cookie::Cart.end_of_plain(tls),
            "holdfast_cart=; Path=/; Max-Age=0; SameSite=Lax; HttpOnly; Secure"
        );
        for cookie in Cookie::ALL {
            // What browsers ask of the prefix.
            let line = cookie.line(tls, "x", 60);
            assert!(line.starts_with("__Host-") && line.contains("; Path=/;"));
            assert!(line.ends_with("; Secure") && !line.contains("Domain"));
        }
    }

    #[test]
    fn only_our_own_addresses_are_gone_on_to() {
        let areas = crate::features::areas();
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
