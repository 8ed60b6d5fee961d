//! Who asks: from the cookies, once per request.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use super::{
    braked,
    cookies::{self, PlainCookies, TakenOver},
    device, ended, page,
    state::{HttpState, Network, Reply},
};
use crate::{
    account::store,
    cart::token,
    error::Result,
    security_events::{self, Kind, Who},
};
use app::{
    cookie::{Cookie, Holds},
    error::ShopError,
    features,
    identity::{Account, Role},
    kept_forms::FORMS,
    locale::{self, Language},
    tickets::TICKETS,
    visitor::Visitor,
};
use axum::{
    body::Body,
    extract::{ConnectInfo, Request, State},
    http::{Extensions, HeaderMap, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Redirect},
};

/// Puts a [`Visitor`] into the request, and tells of a role that was asked for and is not theirs.
pub async fn identify(
    State((state, plain)): State<(HttpState, PlainCookies)>,
    request: Request<Body>,
    next: Next,
) -> Reply {
    let client = client(&request, state.network);
    let asked = braked::asked(&state, &request);
    if let Some(asked) = asked
        && let Some(error) = asked.refusal(&state, &client).await
    {
        return page::json_error(&error);
    }
    let work = identified(state, plain, client.clone(), request, next);
    security_events::of_client(client, work).await
}

async fn identified(
    state: HttpState,
    plain: PlainCookies,
    client: String,
    mut request: Request<Body>,
    next: Next,
) -> Reply {
    let services = &state.services;
    let language = request.extensions().get::<Language>().copied();
    let known = known(
        &state,
        plain,
        request.headers(),
        client,
        language.unwrap_or_default(),
    );
    let (mut visitor, taken_over) = match known.await {
        Ok(known) => known,
        Err(error) => return page::refused(&state, request, error.into()).await,
    };
    visitor.device = request
        .headers()
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok())
        .map(device::words)
        .unwrap_or_default();
    if let Some(door) = ended::door_before(&visitor, &request) {
        return Redirect::to(&door).into_response();
    }
    let opened_too_late = ended::opened_too_late(&visitor, &request);
    if locale::is_of_account(request.uri().path()) {
        let languages = &services.settings.last_known().languages;
        visitor.language = languages.of_account(visitor.account_language);
        request.extensions_mut().insert(visitor.language);
    }
    request.extensions_mut().insert(visitor.clone());
    // What is refused outside of pages and functions is said in it, too.
    let mut response = locale::within(visitor.language, next.run(request)).await;
    // Strangers are told of no such page; who has been signed in is led there by the sign-in.
    if let Some(page) = opened_too_late
        && response.status() == StatusCode::NOT_FOUND
        && visitor.was_refused_a_role()
    {
        response = Redirect::to(&ended::sign_in_page(&page)).into_response();
    }
    taken_over.tell(services, response.headers_mut());
    if visitor.was_refused_a_role() {
        let events = services.accounts.events();
        match &visitor.account {
            Some(account) => events.note_of(Kind::RoleRefused, account).await,
            None => events.note(Kind::RoleRefused, Who::Nobody).await,
        }
    }
    response
}

/// Who asks, by what came along, and what their browser is to be told of it.
pub async fn known(
    state: &HttpState,
    plain: PlainCookies,
    headers: &HeaderMap,
    client: String,
    language: Language,
) -> Result<(Visitor, TakenOver)> {
    let services = &state.services;
    let base_url = services.settings.base_url();
    // Boxed: what seldom happens takes no room of what waits.
    let taken_over = match plain {
        PlainCookies::InUse => TakenOver::default(),
        PlainCookies::Outdated(_) => Box::pin(plain.take_over(services, headers)).await?,
    };
    let mut visitor = {
        let cookies = cookies::Sent::with(headers);
        let sent = |cookie: Cookie| match cookies.secret(cookie.name(base_url)) {
            None if cookie == Cookie::CART => taken_over.cart.clone(),
            None if cookie == Cookie::SESSION => taken_over.session.clone(),
            secret => secret,
        };
        let of_device = features::cookies().filter(|cookie| cookie.holds == Holds::OfDevice);
        Visitor {
            cart: sent(Cookie::CART),
            device_cookies: of_device
                .filter_map(|cookie| Some((cookie, sent(cookie)?)))
                .collect(),
            session: sent(Cookie::SESSION),
            pending_sign_in: sent(Cookie::PENDING_SIGN_IN),
            new_account: sent(Cookie::NEW_ACCOUNT),
            forms: sent(FORMS),
            room: cookies.tickets(TICKETS.name(base_url)),
            client,
            language,
            ..Visitor::default()
        }
    };
    let Some(session) = &visitor.session else {
        return Ok((visitor, taken_over));
    };
    let session = store::session(&services.db, services.clock.now(), session);
    if let Some(session) = Box::pin(session).await? {
        // Only a session leads to an account's cart: a cookie's token never names one.
        visitor.cart = Some(token::of_account(&session.account.id));
        visitor.account = Some(session.account);
        visitor.proof = session.proof;
        visitor.account_language = session.language;
    }
    Ok((visitor, taken_over))
}

/// The signed-in admin, for what is no server function; for everybody else there is nothing here.
pub async fn admin(state: &HttpState, visitor: Option<&Visitor>) -> Result<Account, ShopError> {
    let visitor = visitor.ok_or_else(ShopError::not_found)?;
    let settings = state.services.settings.now_or_last().await;
    visitor.with_role(Role::Admin, &settings)
}

/// The network a request comes from, to count by: an IPv4 address, or the /64 of an IPv6 address,
/// which is what one household or one server gets.
pub fn client(request: &Request<Body>, network: Network) -> String {
    client_by(request.headers(), request.extensions(), network)
}

/// The same by the parts of a request that tell it.
pub fn client_by(headers: &HeaderMap, extensions: &Extensions, network: Network) -> String {
    let forwarded = match network {
        Network::Direct => None,
        // The last address is the one our own proxy saw; those before it are anybody's word.
        Network::BehindProxy => headers
            .get_all("x-forwarded-for")
            .iter()
            // Some proxies add to the line they got, some add a line.
            .next_back()
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.rsplit(',').next())
            .map(|address| address.trim().to_owned()),
    };
    forwarded
        .map(|text| match address(&text) {
            Some(address) => network_of(address),
            None => text,
        })
        .or_else(|| {
            let ConnectInfo(address) = extensions.get::<ConnectInfo<SocketAddr>>()?;
            Some(network_of(address.ip()))
        })
        .unwrap_or_default()
}

/// An address as proxies write it: some add a port, some put IPv6 into brackets.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    bare.parse()
        .ok()
        .or_else(|| Some(text.parse::<SocketAddr>().ok()?.ip()))
}

/// The network of an address, named by its first one.
pub fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => {
            let net = Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64));
            IpAddr::V6(net)
        }
    }
}

fn network_of(address: IpAddr) -> String {
    match network(address) {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(net) => format!("{net}/64"),
    }
}

#[cfg(test)]
mod tests {
    use super::{address, network_of};

    #[test]
    fn one_network_counts_as_one_client() {
        let net = |text: &str| network_of(address(text).unwrap());
        for (text, expected) in [
            ("203.0.113.7", "203.0.113.7"),
            ("203.0.113.7:4711", "203.0.113.7"),
            ("::ffff:203.0.113.7", "203.0.113.7"),
            ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
            ("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"),
            ("[2001:db8:1:2::9]:443", "2001:db8:1:2::/64"),
            ("[2001:db8:1:3::9]", "2001:db8:1:3::/64"),
        ] {
            assert_eq!(net(text), expected, "{text}");
        }
        assert_eq!(address("unknown"), None);
    }
}
