//! What is refused, as a page or as JSON.

use std::any::Any;

use app::error::{ErrorKind, ShopError};
use axum::{
    Json,
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Redirect},
};

use super::{head_of, render_error};
use crate::http::{
    functions, kept_forms,
    state::{HttpState, Reply},
};

pub async fn method_not_allowed(State(state): State<HttpState>, request: Request<Body>) -> Reply {
    not_allowed(&state, request).await
}

pub(super) async fn not_allowed(state: &HttpState, request: Request<Body>) -> Reply {
    let error = ShopError::of(ErrorKind::MethodNotAllowed);
    let mut response = refused(state, request, error).await;
    response
        .headers_mut()
        .insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    response
}

/// Whether a page is wanted rather than JSON.
pub fn wants_html(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"))
}

/// A refusal as a page or as JSON, whichever is wanted.
pub async fn refused(state: &HttpState, request: Request<Body>, error: ShopError) -> Reply {
    let path = request.uri().path();
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let html = wants_html(request.headers());
    // A function's address, which earlier versions showed pages at, leads to the page when it is loaded.
    if html && reads && error.kind == ErrorKind::MethodNotAllowed {
        for (functions, page) in [("/api/admin/", "/admin"), ("/api/account/", "/account")] {
            if path.starts_with(functions) {
                return Redirect::to(page).into_response();
            }
        }
    }
    // What failed before its function looked at it: nothing is known of the form but its page.
    let form_page = match error.kind {
        ErrorKind::TooLarge | ErrorKind::Busy | ErrorKind::Unavailable | ErrorKind::Internal
            if html && !reads && path.starts_with("/api/") =>
        {
            functions::referring_page(request.headers())
        }
        _ => None,
    };
    if let Some(page) = form_page {
        let (headers, action) = (request.headers(), path.to_owned());
        let told = kept_forms::tell(state, headers, &page, action, error.clone());
        if let Some(reply) = told.await {
            return reply;
        }
    }
    if html || (reads && !request.uri().path().starts_with("/api/")) {
        render_error(state, request, error).await
    } else {
        json_error(&error)
    }
}

/// `{"error": …}` with its status.
pub fn json_error(error: &ShopError) -> Reply {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    with_retry_after((status, Json(error)).into_response(), error)
}

pub(super) fn with_retry_after(mut response: Reply, error: &ShopError) -> Reply {
    if let Some(seconds) = error.retry_after() {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, seconds.into());
    }
    response
}

/// What refuses without knowing how to say so, such as a time limit or a panic, is given words:
/// a page or JSON, whichever is wanted.
pub async fn explain_errors(
    State(state): State<HttpState>,
    request: Request<Body>,
    next: Next,
) -> Reply {
    let asked = head_of(&request);
    let html = wants_html(request.headers());

    let response = next.run(request).await;
    let kind = match response.status() {
        StatusCode::NOT_FOUND => ErrorKind::NotFound,
        StatusCode::PAYLOAD_TOO_LARGE => ErrorKind::TooLarge,
        StatusCode::SERVICE_UNAVAILABLE => ErrorKind::Unavailable,
        status if status.is_server_error() => ErrorKind::Internal,
        _ => return response,
    };
    let content_type = response.headers().get(header::CONTENT_TYPE);
    let has_words = match content_type.and_then(|value| value.to_str().ok()) {
        Some(kind) => kind.starts_with("text/html") || (kind == "application/json" && !html),
        None => false,
    };
    if has_words {
        return response;
    }
    refused(&state, asked, ShopError::of(kind)).await
}

/// The last resort after a bug: says so, in few words, and keeps the cause in the log.
pub fn panicked(cause: Box<dyn Any + Send + 'static>) -> http::Response<Body> {
    let text = cause
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| cause.downcast_ref::<&str>().copied())
        .unwrap_or("unknown");
    tracing::error!(cause = text, "a request panicked");
    json_error(&ShopError::internal())
}
