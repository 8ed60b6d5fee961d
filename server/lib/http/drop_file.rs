//! What is in a drop, as a file from a browser.

use app::{
    drops::ports::DropAdmin,
    error::{ErrorKind, ShopError},
    locale::locale,
    visitor::Visitor,
};
use axum::{
    body::Body,
    extract::{FromRequest, Multipart, Request, State},
};
use desk::admin::drops::{FILE, editor, text::Text};
use serde_json::json;

use super::{
    file_form::{FileForm, Place, Sender, Taken, is_there},
    state::{HttpState, Reply},
    visitor::admin,
};
use crate::{drops::MAX_FILE_BYTES, ids::is_id};

/// Largest upload, in bytes: a file and what is around it.
pub const MAX_UPLOAD: usize = MAX_FILE_BYTES + 64 * 1024;

const FORM: FileForm = FileForm {
    action: FILE,
    list: "/admin/drops",
};

/// `POST /api/admin/drops/file`, multipart: `id` and `file`.
pub async fn upload(State(state): State<HttpState>, request: Request<Body>) -> Reply {
    let sender = Sender::of(&request);
    let mut id = None;
    let taken = take(&state, sender.visitor.as_ref(), request, &mut id).await;
    let page = id.as_deref().map(editor);
    let location = format!("{}?done=file", page.as_deref().unwrap_or_default());
    let place = page.map(Place::of).filter(|_| is_there(&taken));
    let taken = taken.map(|lines| Taken {
        location,
        told: json!({ "lines": lines }),
    });
    FORM.answer(&state, sender, place, taken).await
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
