//! Pages: rendered by Leptos, whole, before anything is sent.

use std::any::Any;

use app::{
    audience::Audience,
    catalog::query::{ListQuery, encode, normal_pairs},
    document::PageError,
    error::{ErrorKind, ShopError},
    features,
    locale::{self, Language},
    ui::form::FormState,
    visitor::Visitor,
};
use axum::{
    Json,
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Redirect},
};
use http_body_util::BodyExt;
use leptos::prelude::provide_context;

use super::{
    apart::apart,
    functions,
    kept_forms::{self, Key},
    state::{HttpState, Reply},
};

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

/// The way to something else may be kept, but is asked for each time: an address may be given to
/// another product, and a list's depends on the settings.
const ELSEWHERE: HeaderValue = HeaderValue::from_static("public, no-cache");

/// The way to what had this address before and is at `path` now.
pub fn moved(path: &str, uri: &Uri) -> Reply {
    let query = uri.query().map(|query| format!("?{query}"));
    let address = format!("{path}{}", query.unwrap_or_default());
    elsewhere(&address)
}

/// The way to one of our own addresses, for good.
pub fn elsewhere(address: &str) -> Reply {
    // A query may hold any bytes but control characters, and so may a header.
    let Ok(location) = HeaderValue::from_bytes(address.as_bytes()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = [
        (header::LOCATION, location),
        (header::CACHE_CONTROL, ELSEWHERE),
    ];
    (StatusCode::PERMANENT_REDIRECT, headers).into_response()
}

/// Whether there is a list at this path.
pub fn is_list(path: &str) -> bool {
    path == "/products"
        || path
            .strip_prefix("/categories/")
            .is_some_and(|slug| !slug.is_empty() && !slug.contains('/'))
}

/// Where a list really is, if this is one and its address says more or other than it means: equal
/// lists have one address, and a form's empty fields do not stay in it. An amount that cannot be read
/// does: the page says so at its field.
pub fn normal_address(state: &HttpState, uri: &Uri) -> Option<String> {
    let path = uri.path();
    let text = uri.query().filter(|_| is_list(path))?;
    let given: Vec<(String, String)> = url::form_urlencoded::parse(text.as_bytes())
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    let currency = &state.services.settings.last_known().currency;
    let pairs = given
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()));
    let (query, unread) = ListQuery::read(pairs, currency);
    let mut normal = normal_pairs(&query, &unread, currency);
    // A category's page says in its path which category it is.
    if path != "/products" {
        normal.retain(|(name, _)| name != "category");
    }
    if normal == given {
        return None;
    }
    if normal.is_empty() {
        return Some(path.to_owned());
    }
    Some(format!("{path}?{}", encode(&normal)))
}

pub async fn method_not_allowed(State(state): State<HttpState>, request: Request<Body>) -> Reply {
    not_allowed(&state, request).await
}

async fn not_allowed(state: &HttpState, request: Request<Body>) -> Reply {
    let error = ShopError::of(ErrorKind::MethodNotAllowed);
    let mut response = refused(state, request, error).await;
    response
        .headers_mut()
        .insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    response
}

/// Whether whoever asks wants a page rather than JSON.
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
    // What failed before its function looked at it: nothing is known of the form but where it stood.
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

fn with_retry_after(mut response: Reply, error: &ShopError) -> Reply {
    if let Some(seconds) = error.retry_after() {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, seconds.into());
    }
    response
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

/// The page that a form stood on as the answer to it, with what was typed and what is wrong.
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
    let settings = match extras.error {
        Some(_) => settings.last_known(),
        None => settings.now_or_last().await,
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
    let (parts, body) = locale::within(language, apart(rendering)).await;
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

/// Leptos gives every response another nonce. Our policy goes by hash, and equal pages are to be
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_carry_no_nonce() {
        let html = "<link crossorigin=\"abc\"><script nonce=\"abc\">x</script><p>abc</p>";
        assert_eq!(
            without_nonce(html.to_owned()),
            "<link crossorigin=\"anonymous\"><script>x</script><p>abc</p>"
        );
    }
}
