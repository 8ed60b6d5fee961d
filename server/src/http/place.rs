//! Orders that programs place, and the shop's own script: the answer is the one of the function at this address, without
//! what is done around a function for pages. A form, whose answer may be a page, goes the long way.

use std::iter;

use app::{
    brakes::Brake,
    braking::Braking,
    checkout::{api::PlaceOrder, cookies::to_pay, ports::Checkout, types::Placed},
    cookie::Cookie,
    error::{ErrorKind, ShopError, ShopResult},
    locale::locale,
    visitor::Visitor,
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

/// As the feature declares it.
pub const PLACE: &str = "/api/checkout/place";

pub async fn place(State(state): State<HttpState>, mut request: Request<Body>) -> Reply {
    if *request.method() != Method::POST || page::wants_html(request.headers()) {
        return functions::call(State(state), request).await;
    }
    let visitor = request.extensions_mut().remove::<Visitor>();
    let visitor = visitor.unwrap_or_default();
    match answered(&state, visitor, request.into_body()).await {
        Ok(reply) => reply,
        Err(error) => page::json_error(&error),
    }
}

async fn answered(state: &HttpState, visitor: Visitor, body: Body) -> ShopResult<Reply> {
    let services = &state.services;
    let body = to_bytes(body, functions::MAX_BODY).await;
    let body = body.map_err(|_| ShopError::of(ErrorKind::TooLarge))?;
    let visitor = confirm::take_code(state, visitor, &body).await?;
    // What an order is decided by is read with its batch.
    let settings = services.settings.last_known();
    let (brakes, rates) = (&services.brakes, &settings.brakes);
    brakes.pass(rates, Brake::Orders, &visitor).await?;
    let placed = match placed(state, &visitor, body).await {
        Ok(placed) => placed,
        Err(error) => {
            brakes.refused(rates, Brake::Orders, &visitor, &error).await;
            return Err(error);
        }
    };
    if placed.pay_at.is_some() {
        let braking = services.shop.port::<dyn Braking>();
        braking.goes_to_pay(&visitor, &placed.token).await;
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

/// What the form in this body orders, read as the function reads it.
async fn placed(state: &HttpState, visitor: &Visitor, body: Bytes) -> ShopResult<Placed> {
    let request = Request::new(Body::from(body));
    let form = <PlaceOrder as FromReq<PostUrl, Request, ShopError>>::from_req(request).await?;
    let order = form.order(visitor.client.clone())?;
    let checkout = state.services.shop.port::<dyn Checkout>();
    let checkout = checkout
        .in_language(locale())
        .with_tickets(visitor.tickets());
    checkout.place(visitor.cart.as_deref(), order).await
}

#[cfg(test)]
mod tests {
    use app::{
        feature::{Braked, Settings},
        features,
    };

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
}
