//! Server functions: JSON for programs, pages for plain forms.
//!
//! A server function knows nothing of this. It returns a value or a refusal and may name the
//! address a form goes on to. Here that becomes: JSON with the refusal's status; or, for a form, a
//! 303 on success and otherwise the page the form stood on, with what was typed.

use app::{
    account::{pages::second_factor::codes, second_factor::types::RecoveryCodes},
    address::Spelling,
    admin::products::editing::{CREATE, UPDATE},
    catalog::address,
    error::{ErrorKind, ShopError},
    identity::Role,
    ui::form::FormState,
    visitor::SECOND_FACTOR_PAGE,
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

use super::{HttpState, Reply, confirm, page};
use crate::catalog::read;

/// Fields that are never shown again, by the ends of their names.
const SECRETS: [&str; 5] = [
    "password",
    "card_number",
    "token",
    "factor_code",
    "confirm_code",
];
/// Functions whose answer is shown on the form's page, once: it is kept nowhere to be read again.
const MAKE_CODES: [&str; 2] = [
    "/api/account/second-factor/on",
    "/api/account/second-factor/codes",
];

pub async fn call(State(state): State<HttpState>, request: Request<Body>) -> Reply {
    let path = request.uri().path().to_owned();
    let method = request.method().clone();
    if !is_function(&path, &method) {
        let other = [Method::GET, Method::POST]
            .into_iter()
            .find(|m| is_function(&path, m));
        let mut response = page::refused(
            &state,
            request,
            match &other {
                Some(_) => ShopError::new(
                    ErrorKind::MethodNotAllowed,
                    "This address cannot be used in that way.",
                ),
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
    }
    let wants_page = method == Method::POST && page::wants_html(request.headers());
    let headers = request.headers().clone();
    let visitor = request.extensions().get::<Visitor>().cloned();
    let (mut parts, body) = request.into_parts();
    let limit = body_limit(&path, visitor.as_ref());
    let body = match axum::body::to_bytes(body, limit).await {
        Ok(body) => body,
        Err(_) => {
            let error = ShopError::new(ErrorKind::TooLarge, "This is more than we take at once.");
            return page::refused(&state, Request::from_parts(parts, Body::empty()), error).await;
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
    let (mut response, error) = run(&state, visiting, request).await;

    let location = response.headers_mut().remove(header::LOCATION);
    if !wants_page {
        return response;
    }
    match (error, location) {
        // Also a refusal may send on elsewhere: what is wrong with a cart stands on its page.
        (_, Some(location)) => see_other(response, location),
        (Some(error), None) if confirm::is_asked_for(&error) => {
            let form = FormState {
                action: path,
                values: values(&body),
                error: Some(error),
            };
            confirm::ask(&state, visitor, form).await
        }
        (None, None) if MAKE_CODES.contains(&path.as_str()) => {
            show_codes(&state, visitor, path, response).await
        }
        (None, None) => see_other(response, HeaderValue::from_static("/")),
        (Some(error), None) => {
            let values = values(&body);
            let page = match referring_page(&headers) {
                Some(page) => page,
                None => form_page(&state, &path, &body, &values).await,
            };
            let form = FormState {
                action: path,
                values,
                error: Some(error),
            };
            page::render_form(&state, page, visitor, form).await
        }
    }
}

/// Most bytes that are taken; more from those who may edit products, for the editor's form.
fn body_limit(path: &str, visitor: Option<&Visitor>) -> usize {
    let account = visitor.and_then(|visitor| visitor.account.as_ref());
    let is_admin = account.is_some_and(|account| account.role == Role::Admin);
    match is_admin && [CREATE, UPDATE].contains(&path) {
        true => super::MAX_EDITOR_BODY,
        false => super::MAX_BODY,
    }
}

/// The page of the form with the recovery codes that it has made.
async fn show_codes(
    state: &HttpState,
    visitor: Option<Visitor>,
    path: String,
    response: Reply,
) -> Reply {
    let body = response.into_body().collect().await;
    let body = body.map(|body| body.to_bytes()).unwrap_or_default();
    match serde_json::from_slice::<RecoveryCodes>(&body) {
        Ok(made) => {
            let page = Uri::from_static(SECOND_FACTOR_PAGE);
            let form = codes::shown(path, made.codes);
            page::render_form(state, page, visitor, form).await
        }
        Err(error) => {
            tracing::error!(%error, "recovery codes were made and cannot be shown");
            page::json_error(&ShopError::internal())
        }
    }
}

fn is_function(path: &str, method: &Method) -> bool {
    server_fn::axum::get_server_fn_service(path, method.clone()).is_some()
}

/// Runs the function; a refusal comes back both as the response and as itself.
async fn run(
    state: &HttpState,
    visitor: Visitor,
    request: Request<Body>,
) -> (Reply, Option<ShopError>) {
    let settings = &state.services.settings;
    // An order is priced by what its own transaction reads; it needs no look before.
    let settings = match request.uri().path().starts_with("/api/checkout/") {
        true => settings.last_known(),
        false => settings.now_or_last().await,
    };
    let shop = state.services.shop_with(settings);
    let context = move || {
        provide_context(shop.clone());
        provide_context(visitor.clone());
    };
    let response = leptos_axum::handle_server_fns_with_context(context, request)
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
        .filter(|(name, _)| !SECRETS.iter().any(|secret| name.ends_with(secret)))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect()
}

/// Where a form belongs by what it is about. A form that was refused before was rendered at the
/// function's own address, so the browser does not know its page any more.
async fn form_page(
    state: &HttpState,
    action: &str,
    body: &Bytes,
    values: &[(String, String)],
) -> Uri {
    let id = |name: &str| {
        let found = values
            .iter()
            .find(|(n, v)| n == name && crate::ids::is_id(v));
        found.map(|(_, v)| v.as_str())
    };
    let page = match (action.trim_start_matches("/api/"), id("id")) {
        ("cart/add", _) => {
            let db = &state.services.db;
            let slug = read::slug_of(db, id("product_id"), id("variant_id"))
                .await
                .ok()
                .flatten();
            slug.map_or("/cart".to_owned(), |slug| address::product(&slug))
        }
        ("admin/sign-in", _) => "/admin/sign-in".to_owned(),
        (
            action @ ("admin/set-up"
            | "admin/invitation/accept"
            | "account/sign-up"
            | "account/reset"
            | "account/verify"),
            _,
        ) => {
            let action = action.trim_end_matches("/accept");
            let mut fields = url::form_urlencoded::parse(body);
            let token =
                fields.find(|(name, value)| name == "token" && crate::ids::is_secret(value));
            format!(
                "/{action}/{}",
                token.map(|(_, value)| value).unwrap_or_default()
            )
        }
        ("account/ask-sign-up", _) => "/account/sign-up".to_owned(),
        ("account/ask-reset", _) => "/account/reset".to_owned(),
        ("account/sign-in", _) => "/account/sign-in".to_owned(),
        ("account/sign-in/code", _) => "/account/sign-in/code".to_owned(),
        (action, _) if action.starts_with("account/second-factor/") => {
            SECOND_FACTOR_PAGE.to_owned()
        }
        ("account/addresses/save", Some(id)) => format!("/account/addresses/{id}"),
        ("account/addresses/save", None) => "/account/addresses/new".to_owned(),
        ("account/addresses/delete", _) => "/account/addresses".to_owned(),
        ("account/orders/cancel" | "account/orders/again", Some(id)) => {
            format!("/account/orders/{id}")
        }
        (
            "account/email"
            | "account/password"
            | "account/close"
            | "account/sessions/end"
            | "account/sessions/end-others",
            _,
        ) => "/account/security".to_owned(),
        ("admin/products/create", _) => "/admin/products/new".to_owned(),
        ("admin/products/update" | "admin/products/delete", Some(id)) => {
            format!("/admin/products/{id}")
        }
        ("admin/second-factor/reset", _) => "/admin/staff".to_owned(),
        (action, _) if action.starts_with("admin/staff/") => "/admin/staff".to_owned(),
        ("admin/customers/erase" | "admin/customers/sign-out", Some(id)) => {
            format!("/admin/customers/{id}")
        }
        ("admin/orders/refund", Some(id)) => format!("/admin/orders/{id}/refund"),
        (action, Some(id)) if action.starts_with("admin/orders/") => format!("/admin/orders/{id}"),
        ("admin/jobs/start" | "admin/jobs/undo" | "admin/jobs/discard", Some(id)) => {
            format!("/admin/jobs/{id}")
        }
        ("admin/settings/save", _) => "/admin/settings".to_owned(),
        ("admin/prices/set", _) => "/admin/stock".to_owned(),
        ("admin/stock/set" | "admin/stock/adjust", _) => match id("variant_id") {
            Some(id) => format!("/admin/stock/{id}"),
            None => "/admin/stock".to_owned(),
        },
        (action, _) => match action.split('/').next() {
            Some("checkout") => "/checkout",
            Some("orders") => "/orders",
            Some("account") => "/account",
            Some("admin") => "/admin/products",
            _ => "/cart",
        }
        .to_owned(),
    };
    page.parse().unwrap_or_default()
}

/// The page the browser says the form stood on, if that is one of our pages.
fn referring_page(headers: &HeaderMap) -> Option<Uri> {
    let referer = url::Url::parse(headers.get(header::REFERER)?.to_str().ok()?).ok()?;
    let host = headers.get(header::HOST)?.to_str().ok()?;
    let authority = match referer.port() {
        Some(port) => format!("{}:{port}", referer.host_str()?),
        None => referer.host_str()?.to_owned(),
    };
    // A form that was refused before was rendered at the function's own address.
    let is_page = !referer.path().starts_with("/api/");
    let is_ours = Spelling::of(referer.path()) == Spelling::Canonical;
    if authority != host || !is_page || !is_ours {
        return None;
    }
    let query = referer
        .query()
        .map(|query| format!("?{query}"))
        .unwrap_or_default();
    format!("{}{query}", referer.path()).parse().ok()
}
