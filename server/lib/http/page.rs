//! Pages: rendered by Leptos, whole, before anything is sent.

mod address;
mod refusal;
#[cfg(test)]
mod tests;

use app::{
    audience::Audience,
    document::PageError,
    error::ShopError,
    features,
    locale::{self, Language},
    ui::form::FormState,
    visitor::Visitor,
};
use axum::{
    body::Body,
    extract::{Request, State},
    http::{Method, StatusCode, Uri, header},
    response::{IntoResponse, Redirect},
};
use http_body_util::BodyExt;
use leptos::prelude::provide_context;

use super::{
    apart::apart,
    kept_forms::{self, Key},
    state::{HttpState, Looked, Reply},
};
use crate::coordination::freshness::of_one_moment;
pub use address::{elsewhere, is_list, moved, normal_address};
pub use refusal::{explain_errors, json_error, method_not_allowed, panicked, refused, wants_html};
use refusal::{not_allowed, with_retry_after};

/// What a page is rendered with besides its address.
#[derive(Clone, Default)]
struct Extras {
    form: Option<FormState>,
    error: Option<ShopError>,
}

/// Any address that is not something else.
pub async fn any(State(state): State<HttpState>, request: Request<Body>) -> Reply {
    match *request.method() {
        Method::GET | Method::HEAD => {
            if let Some(key) = request.extensions().get::<Key>().cloned() {
                return kept_forms::show(&state, request, key).await;
            }
            match normal_address(&state, request.uri()) {
                Some(address) => Redirect::to(&address).into_response(),
                None => render(&state, request, Extras::default()).await,
            }
        }
        _ => not_allowed(&state, request).await,
    }
}

/// The page for an error, in place of what is at the request's address.
pub async fn render_error(state: &HttpState, request: Request<Body>, error: ShopError) -> Reply {
    let extras = Extras {
        error: Some(error.clone()),
        ..Extras::default()
    };
    with_retry_after(render(state, request, extras).await, &error)
}

/// Where a form that came back is shown if its page is gone, which may be just why it was refused.
pub fn if_gone(form: &FormState, path: &str) -> Option<&'static str> {
    let other = features::function(&form.action)?.form.if_gone();
    other.filter(|other| *other != path)
}

/// The page at the request's address, with a form that came back to it.
pub async fn render_with(state: &HttpState, request: Request<Body>, form: FormState) -> Reply {
    let extras = Extras {
        form: Some(form),
        error: None,
    };
    render(state, request, extras).await
}

/// The page that a form was on as the answer to it, with what was typed and what is wrong.
pub async fn render_form(
    state: &HttpState,
    uri: Uri,
    visitor: Option<Visitor>,
    form: FormState,
) -> Reply {
    let error = form.error.clone();
    let request = asked_for(uri, visitor.clone());
    let other = if_gone(&form, request.uri().path());
    let mut response = render_with(state, request, form.clone()).await;
    if let Some(other) = other
        && response.status() == StatusCode::NOT_FOUND
    {
        let request = asked_for(Uri::from_static(other), visitor);
        response = render_with(state, request, form).await;
    }
    if let Some(error) = error {
        if response.status() == StatusCode::OK {
            *response.status_mut() =
                StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        }
        response = with_retry_after(response, &error);
    }
    response
}

/// A request for the page at an address.
pub fn asked_for(uri: Uri, visitor: Option<Visitor>) -> Request<Body> {
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = uri;
    if let Some(visitor) = visitor {
        request.extensions_mut().insert(visitor);
    }
    request
}

/// The same request without its body and its visitor.
pub fn head_of(request: &Request<Body>) -> Request<Body> {
    let mut head = asked_for(request.uri().clone(), None);
    *head.method_mut() = request.method().clone();
    *head.headers_mut() = request.headers().clone();
    if let Some(language) = request.extensions().get::<Language>() {
        head.extensions_mut().insert(*language);
    }
    head
}

/// The page at the request's address, with nothing besides.
pub async fn render_plain(state: &HttpState, request: Request<Body>) -> Reply {
    render(state, request, Extras::default()).await
}

async fn render(state: &HttpState, request: Request<Body>, extras: Extras) -> Reply {
    let visitor = request.extensions().get::<Visitor>().cloned();
    let language = request.extensions().get::<Language>().copied();
    let language = language
        .or(visitor.as_ref().map(|visitor| visitor.language))
        .unwrap_or_else(|| {
            let settings = state.services.settings.last_known();
            settings.languages.default_language()
        });
    let visitor = visitor.unwrap_or_default();
    let audience = Audience::default();
    if extras.form.is_some() || extras.error.is_some() {
        audience.narrow();
    }
    let found = audience.clone();
    let settings = &state.services.settings;
    // A page that says what is wrong waits for nothing that may be wrong.
    let looked = request.extensions().get::<Looked>().cloned();
    let settings = match (&extras.error, looked) {
        (Some(_), _) => settings.last_known(),
        (None, Some(Looked(settings))) => settings,
        (None, None) => settings.now_or_last().await,
    };
    let shop = state.services.shop_with(settings);
    let context = move || {
        provide_context(shop.clone());
        provide_context(language);
        provide_context(visitor.clone());
        provide_context(audience.clone());
        if let Some(form) = extras.form.clone() {
            provide_context(form);
        }
        if let Some(error) = extras.error.clone() {
            provide_context(PageError(error));
        }
    };
    let (document, options, islands) =
        (state.document, state.leptos.clone(), state.islands.clone());
    let handler = leptos_axum::render_app_async_with_context(context, move || {
        document(options.clone(), &islands)
    });
    let rendering = async move {
        let (parts, body) = handler(bare(request)).await.into_parts();
        (parts, body.collect().await)
    };
    let rendering = of_one_moment(apart(rendering));
    let (parts, body) = locale::within(language, rendering).await;
    let html = match body {
        Ok(body) => body.to_bytes(),
        Err(error) => {
            tracing::error!(%error, "a page failed while it was rendered");
            return json_error(&ShopError::internal());
        }
    };
    let html = without_nonce(String::from_utf8_lossy(&html).into_owned());
    let mut response = Reply::from_parts(parts, Body::from(html));
    response.extensions_mut().insert(found);
    // A page that sends on elsewhere while it is rendered answers a GET: 303 says "look there".
    if response.status() == StatusCode::FOUND {
        *response.status_mut() = StatusCode::SEE_OTHER;
    }
    if response.status() == StatusCode::SERVICE_UNAVAILABLE {
        response
            .headers_mut()
            .entry(header::RETRY_AFTER)
            .or_insert(5.into());
    }
    response
}

/// A page is rendered for GET, whatever the request was, and reads nothing of its body.
fn bare(request: Request<Body>) -> Request<Body> {
    let (mut parts, _) = request.into_parts();
    parts.method = Method::GET;
    Request::from_parts(parts, Body::empty())
}

/// Leptos gives every response another nonce. Our policy has hashes, and equal pages are to be
/// equal bytes.
fn without_nonce(html: String) -> String {
    let Some((_, rest)) = html.split_once(" nonce=\"") else {
        return html;
    };
    let Some((nonce, _)) = rest.split_once('"') else {
        return html;
    };
    html.replace(&format!(" nonce=\"{nonce}\""), "").replace(
        &format!("crossorigin=\"{nonce}\""),
        "crossorigin=\"anonymous\"",
    )
}
