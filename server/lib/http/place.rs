//! Orders that programs place, and the shop's own script: the answer is the one of the function at this address, without
//! what is done around a function for pages. A form, whose answer may be a page, goes the long way.

use std::{borrow::Cow, iter};

use app::{
    brakes::Brake,
    braking::Braking,
    checkout::{api::PlaceOrder, cookies::to_pay, types::Placed},
    cookie::Cookie,
    error::{ErrorKind, ShopError, ShopResult},
    locale::locale,
    visitor::{Proof, Visitor},
};
use axum::{
    Json,
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderValue, Method, header},
    response::IntoResponse,
};
use server_fn::codec::{FromReq, PostUrl};

use super::{
    confirm, functions, page,
    state::{HttpState, Reply},
};
use crate::checkout::Again;

/// As the feature declares it.
pub const PLACE: &str = "/api/checkout/place";

/// What came the long way: see [`lean`](super::lean) for what is asked for at the plain address.
pub async fn place(State(state): State<HttpState>, mut request: Request<Body>) -> Reply {
    if *request.method() != Method::POST || page::wants_html(request.headers()) {
        return functions::call(State(state), request).await;
    }
    let visitor = request.extensions_mut().remove::<Visitor>();
    answered(&state, &visitor.unwrap_or_default(), request.into_body()).await
}

/// Places what this body orders.
pub async fn answered(state: &HttpState, visitor: &Visitor, body: Body) -> Reply {
    match tried(state, visitor, body).await {
        Ok(reply) => reply,
        Err(error) => page::json_error(&error),
    }
}

async fn tried(state: &HttpState, visitor: &Visitor, body: Body) -> ShopResult<Reply> {
    let services = &state.services;
    let body = to_bytes(body, functions::MAX_BODY).await;
    let body = body.map_err(|_| ShopError::of(ErrorKind::TooLarge))?;
    services.checkout.has_room()?;
    // Boxed, as what else seldom happens: it takes no room of orders that wait.
    let confirmed;
    let visitor = match visitor.proof {
        Proof::Code => {
            let taken = confirm::take_code(state, visitor.clone(), &body);
            confirmed = Box::new(Box::pin(taken).await?);
            &*confirmed
        }
        Proof::Password | Proof::FreshCode => visitor,
    };
    // What an order is decided by is read with its batch.
    let settings = services.settings.last_known();
    let (brakes, rates) = (&services.brakes, &settings.brakes);
    let who = brakes.who(visitor).await;
    let tried = tries(state, visitor, &body);
    let again = match tried {
        Tries::First => {
            brakes.pass_as(rates, Brake::Orders, &who).await?;
            None
        }
        Tries::Again => {
            // From memory that is told for less than it would cost to count it.
            let again = Box::pin(asked_again(state, visitor, &body)).await?;
            brakes.pass_again(rates, &who).await?;
            again
        }
    };
    let placed = placed(state, visitor, &body, again).await;
    match (tried, &placed) {
        (Tries::First, Ok(_)) => {}
        (Tries::First, Err(error)) => {
            let noted = brakes.refused_as(rates, Brake::Orders, &who, error);
            Box::pin(noted).await;
        }
        (Tries::Again, Ok(_)) => Box::pin(brakes.placed_again(rates, &who)).await,
        (Tries::Again, Err(error)) => {
            Box::pin(brakes.refused_again(rates, &who, error)).await;
        }
    }
    let placed = placed?;
    if placed.pay_at.is_some() {
        let braking = services.shop.port::<dyn Braking>();
        braking.goes_to_pay(visitor, &placed.token).await;
    }
    let cookies = iter::once((Cookie::CART_HINT, "", 0)).chain(to_pay(&placed));
    let lines = cookies.map(|(cookie, value, age)| cookie.line(&settings.base_url, value, age));
    let lines: Vec<String> = lines.collect();
    let mut reply = Json(placed).into_response();
    for line in lines {
        if let Ok(line) = HeaderValue::try_from(line) {
            reply.headers_mut().append(header::SET_COOKIE, line);
        }
    }
    Ok(reply)
}

/// How often an order was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tries {
    First,
    /// It was refused before.
    Again,
}

/// As far as one can tell at a glance.
fn tries(state: &HttpState, visitor: &Visitor, body: &Bytes) -> Tries {
    let checkout = &state.services.checkout;
    let cart = visitor.cart.as_deref();
    match key_of(body).is_some_and(|key| checkout.was_refused(cart, &key)) {
        true => Tries::Again,
        false => Tries::First,
    }
}

/// What an order that was refused before is placed with, unless it certainly is refused again.
async fn asked_again(
    state: &HttpState,
    visitor: &Visitor,
    body: &Bytes,
) -> ShopResult<Option<Box<Again>>> {
    let Some(key) = key_of(body) else {
        return Ok(None);
    };
    let checkout = &state.services.checkout;
    checkout.asked_again(visitor.cart.as_deref(), &key).await
}

fn key_of(body: &Bytes) -> Option<Cow<'_, str>> {
    let mut fields = url::form_urlencoded::parse(body);
    fields.find_map(|(name, key)| (name == "checkout_key").then_some(key))
}

async fn placed(
    state: &HttpState,
    visitor: &Visitor,
    body: &Bytes,
    again: Option<Box<Again>>,
) -> ShopResult<Placed> {
    let form = match PlaceOrder::of_usual(body) {
        Some(form) => form,
        None => Box::pin(read(body.clone())).await?,
    };
    let order = form.order(visitor.client.clone())?;
    let checkout = &state.services.checkout;
    let checkout = checkout.of_shopper(locale(), visitor.tickets());
    let cart = visitor.cart.as_deref();
    checkout.place_asked(cart, order, again).await
}

/// What the form in this body orders, read as the function reads it.
async fn read(body: Bytes) -> ShopResult<PlaceOrder> {
    let request = Request::new(Body::from(body));
    <PlaceOrder as FromReq<PostUrl, Request, ShopError>>::from_req(request).await
}

#[cfg(test)]
mod tests {
    use app::{
        feature::{Braked, Settings},
        features,
    };
    use proptest::prelude::*;

    use super::*;

    /// Otherwise a program would be answered by other rules than a form.
    #[test]
    fn the_function_is_declared_as_it_is_answered_here() {
        let function = features::function(PLACE).expect("it is declared");
        assert_eq!(function.settings, Settings::LastKnown);
        let Braked::By(brake) = function.braked else {
            panic!("strangers order, too");
        };
        assert_eq!(brake, Brake::Orders);
    }
    /// What is read at once of a body, if it is, and what the function reads of it.
    fn both(body: &[u8]) -> (Option<String>, Option<String>) {
        let usual = PlaceOrder::of_usual(body).map(|form| format!("{form:?}"));
        let read = read(Bytes::copy_from_slice(body));
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        let read = runtime.expect("there is a runtime").block_on(read);
        (usual, read.ok().map(|form| format!("{form:?}")))
    }

    #[test]
    fn a_usual_form_is_read_at_once() {
        for body in [
            "checkout_key=a",
            "email=kim%40example.com&name=Kim+Marten&city=K%C3%B6ln&page=%2Fcheckout",
            "billing=elsewhere&billing_name=&phone=",
        ] {
            let (usual, read) = both(body.as_bytes());
            assert!(usual.is_some(), "{body}");
            assert_eq!(usual, read, "{body}");
        }
        // What these mean is for the function to tell.
        for body in [
            "",
            "name",
            "name=a&name=b",
            "x[y]=1",
            "name=%",
            "name=%ff",
            "%6eame=a",
        ] {
            assert_eq!(
                PlaceOrder::of_usual(body.as_bytes()).map(drop),
                None,
                "{body}"
            );
        }
    }

    proptest! {
        #[test]
        fn what_is_read_at_once_is_what_the_function_reads(
            body in "((checkout_key|email|name|city|terms|company|billing_city|page|x)=\
                     ([ -~]{0,3}|%[0-9a-f]{2}|[+%é]){0,3}&){0,4}(phone|x|name)=[a-z+]{0,3}",
        ) {
            let (usual, read) = both(body.as_bytes());
            if usual.is_some() {
                prop_assert_eq!(usual, read);
            }
        }
    }
}
