//! The page for what a form's own page has nowhere to say.

use app::{
    error::{ErrorKind, ShopError},
    visitor::Visitor,
};
use axum::{body::Body, http::Uri};
use http_body_util::BodyExt;

use super::{
    page,
    state::{HttpState, Reply},
};

/// The form's page, if it says why the form was refused. Small forms, such as those on cards, are on
/// pages that do not, and others send on elsewhere: then it is a page of its own.
pub async fn explained(
    state: &HttpState,
    at: Uri,
    visitor: Option<Visitor>,
    error: &ShopError,
    response: Reply,
) -> Reply {
    if !is_of_any_form(error) || response.status().is_server_error() {
        return response;
    }
    let (parts, body) = response.into_parts();
    let html = body.collect().await;
    let html = html.map(|html| html.to_bytes()).unwrap_or_default();
    if String::from_utf8_lossy(&html).contains(&error.message) {
        return Reply::from_parts(parts, Body::from(html));
    }
    page::render_error(state, page::asked_for(at, visitor), error.clone()).await
}

/// Whether any form may be refused so, whatever was typed in it. The words are ours, and on a page as
/// they are.
fn is_of_any_form(error: &ShopError) -> bool {
    match error.kind {
        ErrorKind::TooManyRequests
        | ErrorKind::TooLarge
        | ErrorKind::Busy
        | ErrorKind::Unavailable
        | ErrorKind::Internal => true,
        ErrorKind::SoldOut
        | ErrorKind::NotYet
        | ErrorKind::Waiting
        | ErrorKind::Insufficient
        | ErrorKind::Inactive
        | ErrorKind::PriceChanged
        | ErrorKind::LimitReached
        | ErrorKind::TotalChanged
        | ErrorKind::EmptyCart
        | ErrorKind::NotOpen
        | ErrorKind::Invalid
        | ErrorKind::PaymentDeclined
        | ErrorKind::PaymentAway
        | ErrorKind::PaymentUnclear
        | ErrorKind::Conflict
        | ErrorKind::SignInFailed
        | ErrorKind::CodeNeeded
        | ErrorKind::ConfirmNeeded
        | ErrorKind::SecondFactorNeeded
        | ErrorKind::NotFound
        | ErrorKind::MethodNotAllowed
        | ErrorKind::Forbidden => false,
    }
}
