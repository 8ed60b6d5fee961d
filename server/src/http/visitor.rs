//! Who asks: from the cookies, once per request.

use std::net::SocketAddr;

use app::{
    ports::Visitor,
    reply::{CART_COOKIE, SESSION_COOKIE},
};
use axum::{
    body::Body,
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, header},
    middleware::Next,
};

use super::{HttpState, Network, Reply, device, page};
use crate::{cart::token, ids::is_secret};

/// Puts a [`Visitor`] into the request.
pub async fn identify(
    State(state): State<HttpState>,
    mut request: Request<Body>,
    next: Next,
) -> Reply {
    let cart = cookie(request.headers(), CART_COOKIE);
    let session = cookie(request.headers(), SESSION_COOKIE);
    let mut visitor = Visitor {
        cart,
        session: session.clone(),
        account: None,
        client: client(&request, state.network),
        device: request
            .headers()
            .get(header::USER_AGENT)
            .and_then(|value| value.to_str().ok())
            .map(device::words)
            .unwrap_or_default(),
    };
    if let Some(session) = session {
        let services = &state.services;
        let account =
            crate::account::store::session_account(&services.db, services.clock.now(), &session);
        match account.await {
            Ok(account) => {
                // Only a session leads to an account's cart: a cookie's token never names one.
                if let Some(account) = &account {
                    visitor.cart = Some(token::of_account(&account.id));
                }
                visitor.account = account;
            }
            Err(error) => return page::refused(&state, request, error.into()).await,
        }
    }
    request.extensions_mut().insert(visitor);
    next.run(request).await
}

/// A cookie's value, if it has the form of our secrets.
fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, value)| *key == name && is_secret(value))
        .map(|(_, value)| value.to_owned())
}

/// The address a request comes from, to count by.
pub fn client(request: &Request<Body>, network: Network) -> String {
    let forwarded = match network {
        Network::Direct => None,
        // The last address is the one our own proxy saw; those before it are anybody's word.
        Network::BehindProxy => request
            .headers()
            .get_all("x-forwarded-for")
            .iter()
            // Some proxies add to the line they got, some add a line.
            .next_back()
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.rsplit(',').next())
            .map(|address| address.trim().to_owned()),
    };
    forwarded
        .or_else(|| {
            let ConnectInfo(address) = request.extensions().get::<ConnectInfo<SocketAddr>>()?;
            Some(address.ip().to_string())
        })
        .unwrap_or_default()
}
