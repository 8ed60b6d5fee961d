//! The page for whoever was too fast with a form.

use app::{error::ShopError, visitor::Visitor};
use axum::{body::Body, extract::Request, http::Uri};
use http_body_util::BodyExt;

use super::{
    page,
    state::{HttpState, Reply},
};

/// The form's page, if it says why the form was refused. Small forms, such as those on cards, stand on
/// pages that have nowhere to say it: then it is a page of its own.
pub async fn explained(
    state: &HttpState,
    at: Uri,
    visitor: Option<Visitor>,
    error: ShopError,
    response: Reply,
) -> Reply {
    let (parts, body) = response.into_parts();
    let html = body.collect().await;
    let html = html.map(|html| html.to_bytes()).unwrap_or_default();
    if String::from_utf8_lossy(&html).contains(&error.message) {
        return Reply::from_parts(parts, Body::from(html));
    }
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = at;
    if let Some(visitor) = visitor {
        request.extensions_mut().insert(visitor);
    }
    page::render_error(state, request, error).await
}
