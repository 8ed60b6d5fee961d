//! Server functions: JSON for programs, pages for plain forms.
//!
//! A server function knows nothing of this. It returns a value or a refusal and may name the
//! address a form goes on to. Here that becomes: JSON with the refusal's status; or, for a form, a
//! 303 to the next page, or back to the page of the form, which shows what was typed.

use std::sync::Arc;

use app::{
    address::Spelling,
    catalog::address,
    error::{ErrorKind, ShopError},
    feature::{self, Access, Answer, Braked, FormPage, Function, Settings, Shown},
    features, locale,
    shop::ShopSettings,
    ui::{
        form::{FormState, PAGE},
        secret::Secret,
    },
    visitor::Visitor,
};
use axum::{
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    response::IntoResponse,
};
use http_body_util::BodyExt;
use leptos::prelude::provide_context;

use super::{
    apart::apart,
    carried, confirm, ended, kept_forms, page,
    state::{HttpState, Looked, Reply},
};
use crate::{
    catalog::read,
    ids::{is_id, is_secret},
};

/// Largest body of an ordinary request, in bytes.
pub const MAX_BODY: usize = 512 * 1024;
/// Largest form of the product editor, in bytes: as many variants as there may be, each with a dozen
/// fields, and a long description. For admins alone.
pub const MAX_LONG_BODY: usize = 8 * 1024 * 1024;

pub async fn call(State(state): State<HttpState>, request: Request<Body>) -> Reply {
    let path = request.uri().path().to_owned();
    let method = request.method().clone();
    let Some(function) = declared(&path, &method) else {
        let other = [Method::GET, Method::POST]
            .into_iter()
            .find(|m| declared(&path, m).is_some());
        let mut response = page::refused(
            &state,
            request,
            match &other {
                Some(_) => ShopError::of(ErrorKind::MethodNotAllowed),
                None => ShopError::not_found(),
            },
        )
        .await;
        if let Some(allowed) = other
            && let Ok(allowed) = HeaderValue::from_str(allowed.as_str())
        {
            response.headers_mut().insert(header::ALLOW, allowed);
        }
        return response;
    };
    let wants_page = method == Method::POST && page::wants_html(request.headers());
    let headers = request.headers().clone();
    let visitor = request.extensions().get::<Visitor>().cloned();
    let (mut parts, body) = request.into_parts();
    let limit = body_limit(function, visitor.as_ref());
    let body = match axum::body::to_bytes(body, limit).await {
        Ok(body) => body,
        Err(_) => {
            let error = ShopError::of(ErrorKind::TooLarge);
            if !wants_page {
                return page::json_error(&error);
            }
            let body = Bytes::new();
            let page = form_page(&state, function, &headers, &body).await;
            let form = refused_form(function, &body, error);
            return kept_forms::answer(&state, page, visitor, form).await;
        }
    };
    let visitor = match visitor {
        None => None,
        Some(visitor) => match confirm::take_code(&state, visitor.clone(), &body).await {
            Ok(visitor) => Some(visitor),
            Err(error) if wants_page => {
                let form = FormState {
                    action: path,
                    values: values(&body),
                    error: Some(error),
                };
                return confirm::ask(&state, Some(visitor), form).await;
            }
            Err(error) => return page::json_error(&error),
        },
    };
    parts
        .headers
        .insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    let mut request = Request::from_parts(parts, Body::from(body.clone()));
    // It is here already, and no larger than it may be.
    DefaultBodyLimit::disable().apply(&mut request);
    let visiting = visitor.clone().unwrap_or_default();
    let looked = request.extensions().get::<Looked>().cloned();
    let settings = settings_for(&state, function, looked).await;
    let (brakes, rates) = (&state.services.brakes, &settings.brakes);
    if let Braked::By(brake) = function.braked
        && let Err(error) = brakes.pass(rates, brake, &visiting).await
    {
        return match wants_page {
            true => {
                let page = form_page(&state, function, &headers, &body).await;
                let form = refused_form(function, &body, error);
                kept_forms::answer(&state, page, visitor, form).await
            }
            false => page::json_error(&error),
        };
    }
    let (mut response, error) = run(&state, settings.clone(), visiting.clone(), request).await;
    if let (Braked::By(brake), Some(error)) = (function.braked, &error) {
        brakes.refused(rates, brake, &visiting, error).await;
    }

    let location = response.headers_mut().remove(header::LOCATION);
    if !wants_page {
        return response;
    }
    if error.is_none()
        && let Some(page) = named_page(&body)
    {
        kept_forms::forget(&state, visitor.as_ref(), &path, &page).await;
        if let Some(line) = carried::end_of_taken(&state, &headers, &path, &page).await {
            response.headers_mut().append(header::SET_COOKIE, line);
        }
    }
    let has_ended = function.access != Access::Anybody && ended::has_ended(&visiting);
    match (error, location) {
        // What was typed comes back once they have signed in again.
        (Some(error), _) if has_ended => {
            let page = form_page(&state, function, &headers, &body).await;
            let form = refused_form(function, &body, error);
            kept_forms::answer(&state, page, visitor, form).await
        }
        // A refusal may lead on, too: what is wrong with a cart is told on its page.
        (_, Some(location)) => see_other(response, location),
        (Some(error), None) if confirm::is_asked_for(&error) => {
            let form = FormState {
                action: path,
                values: values(&body),
                error: Some(error),
            };
            confirm::ask(&state, visitor, form).await
        }
        (None, None) => match function.answer {
            Answer::GoesOn => see_other(response, HeaderValue::from_static("/")),
            Answer::Shown(shown) => match answered(path, response, shown).await {
                Ok(form) => {
                    let page = declared_page(&state, function, &body).await;
                    kept_forms::answer(&state, page, visitor, form).await
                }
                Err(error) => page::json_error(&error),
            },
            Answer::ShownOnce(shown) => match answered(path, response, shown).await {
                Ok(form) => {
                    // Nowhere else is it shown, whatever the form says of its page.
                    let page = declared_page(&state, function, &body).await;
                    kept_forms::answer_once(&state, page, visitor, form).await
                }
                Err(error) => page::json_error(&error),
            },
        },
        (Some(error), None) => {
            let page = form_page(&state, function, &headers, &body).await;
            let form = refused_form(function, &body, error);
            kept_forms::answer(&state, page, visitor, form).await
        }
    }
}

/// A refused form with what was typed. The page's form names its page itself.
fn refused_form(function: &Function, body: &Bytes, error: ShopError) -> FormState {
    let mut values = values(body);
    values.retain(|(name, _)| name != PAGE);
    FormState {
        action: function.path.to_owned(),
        values,
        error: Some(error),
    }
}

/// The settings that a function uses.
async fn settings_for(
    state: &HttpState,
    function: &Function,
    looked: Option<Looked>,
) -> Arc<ShopSettings> {
    let settings = &state.services.settings;
    match (function.settings, looked) {
        (Settings::LastKnown, _) => settings.last_known(),
        (Settings::Current, Some(Looked(settings))) => settings,
        (Settings::Current, None) => settings.now_or_last().await,
    }
}

/// Most bytes that are taken: a long form only from those who may send it.
fn body_limit(function: &Function, visitor: Option<&Visitor>) -> usize {
    let account = visitor.and_then(|visitor| visitor.account.as_ref());
    let may = function.access.is_given_to(account);
    match function.body {
        feature::Body::Long if may => MAX_LONG_BODY,
        feature::Body::Long | feature::Body::Usual => MAX_BODY,
    }
}

/// What the function answered, for the form's page.
async fn answered(path: String, response: Reply, shown: Shown) -> Result<FormState, ShopError> {
    let body = response.into_body().collect().await;
    let body = body.map(|body| body.to_bytes()).unwrap_or_default();
    shown(path, &body).map_err(|error| {
        tracing::error!(%error, "the response of a function cannot be sent");
        ShopError::internal()
    })
}

/// The function at this path. One that no feature declares is not there.
fn declared(path: &str, method: &Method) -> Option<&'static Function> {
    let function = features::function(path)?;
    let is_there = server_fn::axum::get_server_fn_service(path, method.clone()).is_some();
    (is_there && function.method.as_str() == method.as_str()).then_some(function)
}

/// Runs the function; a refusal comes back both as the response and as itself.
async fn run(
    state: &HttpState,
    settings: Arc<ShopSettings>,
    visitor: Visitor,
    request: Request<Body>,
) -> (Reply, Option<ShopError>) {
    let shop = state.services.shop_with(settings);
    let language = visitor.language;
    let context = move || {
        provide_context(shop.clone());
        provide_context(language);
        provide_context(visitor.clone());
    };
    let calling = leptos_axum::handle_server_fns_with_context(context, request);
    let response = locale::within(language, apart(calling))
        .await
        .into_response();
    if !response.headers().contains_key("serverfnerror") {
        return (response, None);
    }
    let (parts, body) = response.into_parts();
    let body = body
        .collect()
        .await
        .map(|body| body.to_bytes())
        .unwrap_or_default();
    let error = serde_json::from_slice(&body).unwrap_or_else(|_| ShopError::internal());
    let mut response = page::json_error(&error);
    // Cookies and the address to go on to stay.
    for name in [header::SET_COOKIE, header::LOCATION] {
        for value in parts.headers.get_all(&name) {
            response.headers_mut().append(name.clone(), value.clone());
        }
    }
    (response, Some(error))
}

fn see_other(from: Reply, location: HeaderValue) -> Reply {
    let mut response = StatusCode::SEE_OTHER.into_response();
    for cookie in from.headers().get_all(header::SET_COOKIE) {
        response
            .headers_mut()
            .append(header::SET_COOKIE, cookie.clone());
    }
    response.headers_mut().insert(header::LOCATION, location);
    response
}

/// What was typed, secrets left out.
fn values(body: &Bytes) -> Vec<(String, String)> {
    url::form_urlencoded::parse(body)
        .filter(|(name, _)| !Secret::hides(name))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect()
}

/// The page that a form was on: as it says itself, else as the browser says, else as the function
/// is declared.
async fn form_page(
    state: &HttpState,
    function: &Function,
    headers: &HeaderMap,
    body: &Bytes,
) -> Uri {
    match named_page(body).or_else(|| referring_page(headers)) {
        Some(page) => page,
        None => declared_page(state, function, body).await,
    }
}

async fn declared_page(state: &HttpState, function: &Function, body: &Bytes) -> Uri {
    let field = |name: &str| {
        let mut fields = url::form_urlencoded::parse(body);
        let found = fields.find(|(n, value)| {
            n == name
                && match name {
                    "token" => is_secret(value),
                    _ => is_id(value),
                }
        });
        found.map(|(_, value)| value.into_owned())
    };
    let page = match function.form {
        FormPage::At(page) => page.to_owned(),
        FormPage::Of { path, otherwise } => {
            let segments = path
                .split('/')
                .map(|segment| match segment.strip_prefix(':') {
                    Some(name) => field(name),
                    None => Some(segment.to_owned()),
                });
            let segments: Option<Vec<_>> = segments.collect();
            segments.map_or_else(|| otherwise.to_owned(), |segments| segments.join("/"))
        }
        FormPage::OfProduct { otherwise } => {
            let (product, variant) = (field("product_id"), field("variant_id"));
            let slug = read::slug_of(&state.services.db, product.as_deref(), variant.as_deref());
            let slug = slug.await.ok().flatten();
            slug.map_or_else(|| otherwise.to_owned(), |slug| address::product(&slug))
        }
    };
    page.parse().unwrap_or_default()
}

/// The page that a form's own field names.
pub fn named_page(body: &[u8]) -> Option<Uri> {
    let (_, page) = url::form_urlencoded::parse(body).find(|(name, _)| name == PAGE)?;
    match page.split_once('?') {
        Some((path, query)) => own_page(path, Some(query)),
        None => own_page(&page, None),
    }
}

/// The page that the browser says the form was on.
pub fn referring_page(headers: &HeaderMap) -> Option<Uri> {
    let referer = url::Url::parse(headers.get(header::REFERER)?.to_str().ok()?).ok()?;
    let host = headers.get(header::HOST)?.to_str().ok()?;
    let authority = match referer.port() {
        Some(port) => format!("{}:{port}", referer.host_str()?),
        None => referer.host_str()?.to_owned(),
    };
    let page = own_page(referer.path(), referer.query());
    page.filter(|_| authority == host)
}

/// An address that may be one of our pages.
fn own_page(path: &str, query: Option<&str>) -> Option<Uri> {
    // Where a function is, no page is.
    let is_page = !path.starts_with("/api/");
    let is_ours = Spelling::of(path, features::areas()) == Spelling::Canonical;
    if !is_page || !is_ours {
        return None;
    }
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    let page: Uri = format!("{path}{query}").parse().ok()?;
    // The page has another form next time.
    Some(kept_forms::take_key(&page).map_or(page, |(page, _)| page))
}
