//! A customer's data, down to the browser.

use app::{error::ShopError, ui::form::FormState, visitor::Visitor};
use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Request, State},
    http::{HeaderValue, header},
    response::IntoResponse,
};
use desk::admin::customers::{customer::EXPORT, ports::Customers};

use super::{
    confirm, page,
    state::{HttpState, Reply},
    visitor::admin,
};

/// `POST /api/admin/customers/export`, form: `id`. It is written down who had what, so it is no GET.
pub async fn export(State(state): State<HttpState>, request: Request<Body>) -> Reply {
    let html = page::wants_html(request.headers());
    let visitor = request.extensions().get::<Visitor>().cloned();
    // For the page that says what was wrong: it has the visitor, not the body.
    let empty = page::asked_for(request.uri().clone(), visitor.clone());
    let mut id = String::new();
    match write(&state, visitor.as_ref(), request, &mut id).await {
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
        Err(Refused::Code(error)) if html => {
            let form = FormState {
                action: EXPORT.to_owned(),
                values: vec![("id".to_owned(), id)],
                error: Some(error),
            };
            confirm::ask(&state, visitor, form).await
        }
        Err(Refused::Export(error)) if html => page::render_error(&state, empty, error).await,
        Err(Refused::Code(error) | Refused::Export(error)) => page::json_error(&error),
    }
}

/// What prevented it.
enum Refused {
    /// A code is missing or not good, or too many were tried: the form is kept, and asks again.
    Code(ShopError),
    Export(ShopError),
}

async fn write(
    state: &HttpState,
    visitor: Option<&Visitor>,
    request: Request<Body>,
    id: &mut String,
) -> Result<String, Refused> {
    let actor = admin(state, visitor).await.map_err(Refused::Export)?;
    let visitor = visitor.cloned().unwrap_or_default();
    let body = Bytes::from_request(request, state)
        .await
        .unwrap_or_default();
    *id = url::form_urlencoded::parse(&body)
        .find(|(name, _)| name == "id")
        .map(|(_, id)| id.into_owned())
        .unwrap_or_default();
    let visitor = confirm::take_code(state, visitor, &body)
        .await
        .map_err(Refused::Code)?;
    visitor.confirmed().map_err(Refused::Code)?;
    let customers = state.services.shop.port::<dyn Customers>();
    customers.export(&actor, id).await.map_err(Refused::Export)
}
