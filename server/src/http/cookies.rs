//! Cookies as they come, and those of the time before their names said that they belong to the host.

use app::reply::{Cookie, SESSION_LIFETIME, is_encrypted};
use axum::http::{HeaderMap, HeaderValue, header};

use super::HttpState;
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
    pairs(headers)
        .find(|(key, value)| *key == name && is_secret(value))
        .map(|(_, value)| value.to_owned())
}

fn is_there(headers: &HeaderMap, name: &str) -> bool {
    pairs(headers).any(|(key, _)| key == name)
}

fn pairs(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
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
                tracing::warn!(%error, "cookies of earlier days are not taken over by this node");
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
        let found = Cookie::ALL.into_iter();
        taken.plain = found
            .filter(|cookie| is_there(headers, cookie.plain_name()))
            .collect();
        for cookie in &taken.plain {
            if is_there(headers, cookie.name(base_url)) {
                continue;
            }
            let value = secret(headers, cookie.plain_name());
            let db = &services.db;
            match (cookie, value) {
                (Cookie::Session, Some(token)) => {
                    let is_old = store::began_before(db, &token, since).await?;
                    taken.session = is_old.then_some(token);
                }
                (Cookie::Cart, Some(token)) => {
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
        let has_hint = self.plain.contains(&Cookie::CartHint);
        let hint = Some("1").filter(|_| has_hint);
        for (cookie, value, max_age) in [
            (Cookie::Session, self.session.as_deref(), SESSION_LIFETIME),
            (Cookie::Cart, self.cart.as_deref(), cart_lifetime),
            (Cookie::CartHint, hint, cart_lifetime),
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
    let set = headers.get_all(header::SET_COOKIE).iter();
    set.filter_map(|line| line.to_str().ok()?.split_once('='))
        .any(|(set, _)| set == name)
}

fn append(headers: &mut HeaderMap, line: &str) {
    if let Ok(line) = HeaderValue::from_str(line) {
        headers.append(header::SET_COOKIE, line);
    }
}
