//! What the product editor does between two saves: it comes back with what was typed, worked on.

use app::{
    error::{ErrorKind, ShopError},
    ui::form::{FormState, PAGE},
    visitor::Visitor,
};
use axum::{
    body::Body,
    extract::{Request, State},
    http::Uri,
};
use desk::admin::products::{
    editing,
    preview::{SHOW, preview_href},
};

use super::{
    functions::{self, MAX_LONG_BODY},
    kept_forms, page,
    state::{HttpState, Reply},
    visitor::admin,
};

/// `POST /api/admin/products/draft`: the editor's form, with `do` for what is to be done. Nothing
/// is stored.
pub async fn draft(State(state): State<HttpState>, request: Request<Body>) -> Reply {
    let html = page::wants_html(request.headers());
    let visitor = request.extensions().get::<Visitor>().cloned();
    if let Err(error) = admin(&state, visitor.as_ref()).await {
        return page::refused(&state, request, error).await;
    }
    let (parts, body) = request.into_parts();
    let Ok(body) = axum::body::to_bytes(body, MAX_LONG_BODY).await else {
        let error = ShopError::of(ErrorKind::TooLarge);
        if !html {
            return page::json_error(&error);
        }
        let uri = functions::referring_page(&parts.headers);
        let form = FormState {
            action: parts.uri.path().to_owned(),
            values: Vec::new(),
            error: Some(error),
        };
        let uri = uri.unwrap_or(Uri::from_static("/admin/products/new"));
        return kept_forms::answer(&state, uri, visitor, form).await;
    };
    let values: Vec<(String, String)> = url::form_urlencoded::parse(&body)
        .filter(|(name, _)| name != PAGE)
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    let is_to_be_shown = values
        .iter()
        .any(|(name, value)| name == "do" && value == SHOW);
    let form: FormState = editing::rework(values);
    let id = form
        .values
        .iter()
        .find(|(name, value)| name == "id" && crate::ids::is_id(value));
    let uri: Uri = match id {
        Some((_, id)) if is_to_be_shown => preview_href(id).parse().unwrap_or_default(),
        Some((_, id)) => format!("/admin/products/{id}").parse().unwrap_or_default(),
        None => Uri::from_static("/admin/products/new"),
    };
    match html {
        true => kept_forms::answer(&state, uri, visitor, form).await,
        false => page::render_form(&state, uri, visitor, form).await,
    }
}
