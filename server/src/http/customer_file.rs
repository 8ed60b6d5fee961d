//! A customer's data, down to the browser.

use app::{account::types::Role, error::ShopError, ports::Visitor};
use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Request, State},
    http::{HeaderValue, header},
    response::IntoResponse,
};

use super::{HttpState, Reply, page};

/// `POST /api/admin/customers/export`, form: `id`. It is written down who had what, so it is no GET.
pub async fn export(State(state): State<HttpState>, request: Request<Body>) -> Reply {
    let html = page::wants_html(request.headers());
    match write(&state, request).await {
        Ok(json) => {
            let mut response = json.into_response();
            let headers = response.headers_mut();
            for (name, value) in [
                (header::CONTENT_TYPE, "application/json"),
                (
                    header::CONTENT_DISPOSITION,
                    "attachment; filename=\"customer.json\"",
                ),
                (header::CACHE_CONTROL, "no-store"),
            ] {
                headers.insert(name, HeaderValue::from_static(value));
            }
            response
        }
        Err((error, request)) if html => page::render_error(&state, request, error).await,
        Err((error, _)) => page::json_error(&error),
    }
}

async fn write(
    state: &HttpState,
    request: Request<Body>,
) -> Result<String, (ShopError, Request<Body>)> {
    // For the page that says what was wrong: it has the visitor, not the body.
    let mut empty = Request::new(Body::empty());
    *empty.uri_mut() = request.uri().clone();
    let visitor = request.extensions().get::<Visitor>().cloned();
    let visitor = visitor.unwrap_or_default();
    let actor = visitor.with_role(Role::Admin);
    empty.extensions_mut().insert(visitor);
    let actor = match actor {
        Ok(actor) => actor,
        Err(error) => return Err((error, empty)),
    };
    let body = Bytes::from_request(request, state)
        .await
        .unwrap_or_default();
    let id = url::form_urlencoded::parse(&body)
        .find(|(name, _)| name == "id")
        .map(|(_, id)| id.into_owned())
        .unwrap_or_default();
    let exported = state.services.shop.customers.export(&actor, &id).await;
    exported.map_err(|error| (error, empty))
}
