//! What is in a drop, as a file from a browser.

use app::{drops::ports::DropAdmin, error::ShopError, locale::locale, visitor::Visitor};
use axum::{
    body::Body,
    extract::{Request, State},
};
use desk::admin::drops::{FILE, editor, text::Text};
use serde_json::json;

use super::{
    file_form::{self, FileForm, Named, Place, Sender, Taken, Unreadable, is_there},
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
    let named = Named {
        field: "id",
        read: |typed| is_id(typed).then(|| typed.to_owned()),
        named: id,
    };
    let words = Unreadable {
        form: text.upload_multipart(),
        file: text.upload_unreadable(),
    };
    let file = file_form::file(state, request, named, words).await?;
    let id = id.as_deref().ok_or_else(ShopError::not_found)?;
    let file = file.ok_or_else(|| ShopError::field("file", text.file_wanted()))?;
    let port = state.services.shop.port::<dyn DropAdmin>();
    port.take_file(&actor, id, file.to_vec()).await
}
