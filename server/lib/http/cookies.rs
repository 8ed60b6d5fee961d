//! Cookies as they come, and those of the time before their names said that they belong to the host.

use app::{
    cookie::{Cookie, is_encrypted},
    features,
    reply::SESSION_LIFETIME,
};
use axum::http::{HeaderMap, HeaderValue, header};

use super::state::HttpState;
use crate::{
    account::store,
    cart,
    error::Result,
    facts::{self, Fact},
    ids::is_secret,
    shop::Services,
};

/// A cookie's value, if it has the form of our secrets.
pub fn secret(headers: &HeaderMap, name: &str) -> Option<String> {
    Sent::with(headers).secret(name)
}

/// Letters of a cookie with tickets of waiting rooms that are looked at.
const MAX_TICKETS: usize = 400;

/// The value of a cookie with tickets of waiting rooms, if it may be one: whether the shop has signed it is found out
/// where it is asked for.
pub fn tickets(headers: &HeaderMap, name: &str) -> Option<String> {
    Sent::with(headers).tickets(name)
}

fn may_be_tickets(value: &str) -> bool {
    let mut bytes = value.bytes();
    let are_known = bytes.all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    !value.is_empty() && value.len() <= MAX_TICKETS && are_known
}

/// The values of all cookies of this name.
pub fn values(headers: &HeaderMap, name: &str) -> impl Iterator<Item = String> {
    sent(headers)
        .filter(move |cookie| cookie.name() == name)
        .map(|cookie| cookie.value().to_owned())
}

fn is_there(headers: &HeaderMap, name: &str) -> bool {
    sent(headers).any(|cookie| cookie.name() == name)
}

/// All cookies of a request, read once.
pub struct Sent<'a>(Vec<cookie::Cookie<'a>>);

impl<'a> Sent<'a> {
    pub fn with(headers: &'a HeaderMap) -> Self {
        Self(sent(headers).collect())
    }

    /// See [`secret`].
    pub fn secret(&self, name: &str) -> Option<String> {
        let of_name = self.0.iter().filter(|cookie| cookie.name() == name);
        let found = of_name
            .map(cookie::Cookie::value)
            .find(|value| is_secret(value));
        found.map(str::to_owned)
    }

    /// See [`tickets`].
    pub fn tickets(&self, name: &str) -> Option<String> {
        let of_name = self.0.iter().filter(|cookie| cookie.name() == name);
        let found = of_name
            .map(cookie::Cookie::value)
            .find(|value| may_be_tickets(value));
        found.map(str::to_owned)
    }
}

/// All that came. One that others set for our host, in whatever letters, hides none of ours.
fn sent(headers: &HeaderMap) -> impl Iterator<Item = cookie::Cookie<'_>> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .map(|value| String::from_utf8_lossy(value.as_bytes()))
        .flat_map(cookie::Cookie::split_parse)
        .filter_map(Result::ok)
}

/// What becomes of cookies with plain names where the shop is reached over TLS: what they hold is
/// taken over into `__Host-` cookies, so that nobody is signed out or loses a cart.
///
/// Anybody who answers for a sibling host may plant a plain one. So only what was made before the
/// shop first used the other names is taken over, which all ends by itself.
#[derive(Debug, Clone, Copy)]
pub enum PlainCookies {
    /// They are what the shop uses.
    InUse,
    /// Taken over if they are from before this time, in milliseconds since 1970; none if it is not
    /// known.
    Outdated(Option<i64>),
}

impl PlainCookies {
    pub async fn of_site(state: &HttpState) -> Self {
        let services = &state.services;
        if !is_encrypted(services.settings.base_url()) {
            return Self::InUse;
        }
        let now = services.clock.now().to_string();
        let since = facts::settle(&services.db, Fact::HostCookiesSince, &now).await;
        Self::Outdated(match since {
            Ok(since) => since.parse().ok(),
            Err(error) => {
                tracing::warn!(%error, "this node does not accept cookies of earlier versions");
                None
            }
        })
    }

    pub async fn take_over(self, services: &Services, headers: &HeaderMap) -> Result<TakenOver> {
        let mut taken = TakenOver::default();
        let Self::Outdated(Some(since)) = self else {
            return Ok(taken);
        };
        let base_url = services.settings.base_url();
        let found = features::cookies();
        taken.plain = found
            .filter(|cookie| is_there(headers, cookie.plain_name()))
            .collect();
        for cookie in &taken.plain {
            if is_there(headers, cookie.name(base_url)) {
                continue;
            }
            let value = secret(headers, cookie.plain_name());
            let db = &services.db;
            match (*cookie, value) {
                (Cookie::SESSION, Some(token)) => {
                    let is_old = store::began_before(db, &token, since).await?;
                    taken.session = is_old.then_some(token);
                }
                (Cookie::CART, Some(token)) => {
                    let is_old = cart::store::began_before(db, &token, since).await?;
                    taken.cart = is_old.then_some(token);
                }
                _ => {}
            }
        }
        Ok(taken)
    }
}

/// What plain cookies held, to be told to the browser under the other names.
#[derive(Debug, Clone, Default)]
pub struct TakenOver {
    /// All that came.
    plain: Vec<Cookie>,
    pub session: Option<String>,
    pub cart: Option<String>,
}

impl TakenOver {
    /// Sets what was taken over, unless the answer says otherwise, and removes the plain ones.
    pub fn tell(&self, services: &Services, headers: &mut HeaderMap) {
        // What others may be answered with tells nobody's secrets; the next answer does.
        if self.plain.is_empty() || is_public(headers) {
            return;
        }
        let base_url = services.settings.base_url();
        let cart_days = services.settings.last_known().cart_days;
        let cart_lifetime = cart_days * 24 * 60 * 60;
        let has_hint = self.plain.contains(&Cookie::CART_HINT);
        let hint = Some("1").filter(|_| has_hint);
        for (cookie, value, max_age) in [
            (Cookie::SESSION, self.session.as_deref(), SESSION_LIFETIME),
            (Cookie::CART, self.cart.as_deref(), cart_lifetime),
            (Cookie::CART_HINT, hint, cart_lifetime),
        ] {
            let Some(value) = value.filter(|_| !is_set(headers, cookie.name(base_url))) else {
                continue;
            };
            append(headers, &cookie.line(base_url, value, max_age));
        }
        for cookie in &self.plain {
            append(headers, &cookie.end_of_plain(base_url));
        }
    }
}

fn is_public(headers: &HeaderMap) -> bool {
    let control = headers.get(header::CACHE_CONTROL);
    control.is_some_and(|control| control.as_bytes().starts_with(b"public"))
}

/// Whether the answer sets or removes a cookie of this name.
fn is_set(headers: &HeaderMap, name: &str) -> bool {
    let lines = headers.get_all(header::SET_COOKIE).iter();
    lines
        .filter_map(|line| cookie::Cookie::parse(line.to_str().ok()?).ok())
        .any(|set| set.name() == name)
}

fn append(headers: &mut HeaderMap, line: &str) {
    if let Ok(line) = HeaderValue::from_str(line) {
        headers.append(header::SET_COOKIE, line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret_of(lines: &[&[u8]]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(header::COOKIE, HeaderValue::from_bytes(line).unwrap());
        }
        secret(&headers, Cookie::CART.plain_name())
    }

    #[test]
    fn a_cookie_is_found_whatever_others_came_with_it() {
        let secret = "a-secret-of-the-form-that-the-shop-gives-_-"; // 43 letters
        assert!(is_secret(secret));
        let ours = format!("holdfast_cart={secret}");
        let found = Some(secret.to_owned());
        for line in [
            ours.clone(),
            format!("a=1; {ours}; b=2"),
            format!("a=1;{ours}"),
            format!(";; a ;=; {ours} ;"),
            // A quotation mark means nothing here, and letters beyond ASCII are someone else's.
            format!("a=\"; {ours}"),
            format!("a=grün; {ours}"),
            // One that is no secret of ours was planted, or is from another time.
            format!("holdfast_cart=x; {ours}"),
        ] {
            assert_eq!(secret_of(&[line.as_bytes()]), found, "{line}");
        }
        let latin1 = [b"a=gr\xfcn; ".as_slice(), ours.as_bytes()].concat();
        assert_eq!(secret_of(&[latin1.as_slice()]), found);
        assert_eq!(secret_of(&[b"a=1".as_slice(), ours.as_bytes()]), found);
        for line in [
            "",
            Cookie::CART.plain_name(),
            "holdfast_cart=",
            "holdfast_cart=x",
            "xholdfast_cart=a",
        ] {
            assert_eq!(secret_of(&[line.as_bytes()]), None, "{line}");
        }
    }

    #[test]
    fn what_an_answer_sets_is_known_by_its_name() {
        let mut headers = HeaderMap::new();
        append(&mut headers, "holdfast_cart=x; Path=/; Max-Age=60");
        assert!(is_set(&headers, Cookie::CART.plain_name()));
        for other in ["holdfast", "Path", "x", Cookie::CART_HINT.plain_name()] {
            assert!(!is_set(&headers, other), "{other}");
        }
    }
}
