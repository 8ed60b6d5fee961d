//! What is in a drop, as a file from a browser.

use app::{
    drops::ports::DropAdmin,
    error::{ErrorKind, ShopError},
    locale::locale,
    ui::form::FormState,
    visitor::Visitor,
};
use axum::{
    Json,
    body::Body,
    extract::{FromRequest, Multipart, Request, State},
    http::{StatusCode, Uri, header},
    response::IntoResponse,
};
use desk::admin::drops::{FILE, editor, text::Text};
use serde_json::json;

use super::{
    kept_forms, page,
    state::{HttpState, Reply},
    visitor::admin,
};
use crate::{drops::MAX_FILE_BYTES, ids::is_id};

/// Largest upload, in bytes: a file and what is around it.
pub const MAX_UPLOAD: usize = MAX_FILE_BYTES + 64 * 1024;

/// `POST /api/admin/drops/file`, multipart: `id` and `file`.
pub async fn upload(State(state): State<HttpState>, request: Request<Body>) -> Reply {
    let html = page::wants_html(request.headers());
    let visitor = request.extensions().get::<Visitor>().cloned();
    let mut id = None;
    let taken = take(&state, visitor.as_ref(), request, &mut id).await;
    let own_page = |id: &str| -> Uri { editor(id).parse().unwrap_or_default() };
    match (taken, id) {
        (Ok(_), Some(id)) if html => {
            let page = own_page(&id);
            kept_forms::forget(&state, visitor.as_ref(), FILE, &page).await;
            let location = format!("{page}?done=file");
            (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
        }
        (Ok(lines), _) => Json(json!({ "lines": lines })).into_response(),
        (Err(error), Some(id)) if html && error.kind != ErrorKind::NotFound => {
            let form = FormState {
                action: FILE.to_owned(),
                values: Vec::new(),
                error: Some(error),
            };
            kept_forms::answer(&state, own_page(&id), visitor, form).await
        }
        (Err(error), _) if html => {
            let request = page::asked_for(Uri::from_static("/admin/drops"), None);
            page::render_error(&state, request, error).await
        }
        (Err(error), _) => page::json_error(&error),
    }
}

/// How many lines were written.
async fn take(
    state: &HttpState,
    visitor: Option<&Visitor>,
    request: Request<Body>,
    id: &mut Option<String>,
) -> Result<usize, ShopError> {
    let actor = admin(state, visitor).await?;
    let text = Text::from(locale());
    let unreadable = || ShopError::field("file", text.upload_unreadable());
    let mut form = Multipart::from_request(request, state)
        .await
        .map_err(|_| ShopError::new(ErrorKind::Invalid, text.upload_multipart()))?;
    let mut file = None;
    while let Some(field) = form.next_field().await.map_err(|_| unreadable())? {
        match field.name() {
            Some("id") if id.is_none() => {
                let typed = field.text().await.map_err(|_| unreadable())?;
                *id = Some(typed.trim().to_owned()).filter(|id| is_id(id));
            }
            Some("file") if file.is_none() => {
                let bytes = field.bytes().await.map_err(|_| unreadable())?;
                file = (!bytes.is_empty()).then_some(bytes);
            }
            _ => {}
        }
    }
    let id = id.as_deref().ok_or_else(ShopError::not_found)?;
    let file = file.ok_or_else(|| ShopError::field("file", text.file_wanted()))?;
    let port = state.services.shop.port::<dyn DropAdmin>();
    port.take_file(&actor, id, file.to_vec()).await
}
