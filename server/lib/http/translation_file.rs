//! Translations as a file: up from a browser, and down to it.

use app::{
    error::ShopError,
    locale::{Locale, locale},
    visitor::Visitor,
};
use axum::{
    body::Body,
    extract::{Path, Request, State},
    http::header,
    response::IntoResponse,
};
use desk::admin::translations::{
    file_page::{UPLOAD, file_page},
    ports::{MAX_FILE_BYTES, TranslationAdmin, no_such_language},
    text::Text,
};
use serde_json::json;

use super::{
    file_form::{self, FileForm, Named, Place, Sender, Taken, Unreadable, is_there},
    page,
    state::{HttpState, Reply},
    visitor::admin,
};

/// Largest upload, in bytes: a file and what is around it.
pub const MAX_UPLOAD: usize = MAX_FILE_BYTES + 64 * 1024;

const FORM: FileForm = FileForm {
    action: UPLOAD,
    list: "/admin/settings",
};

/// `GET /admin/translations/{language}/texts.csv`.
pub async fn download(
    State(state): State<HttpState>,
    Path(language): Path<String>,
    request: Request<Body>,
) -> Reply {
    let visitor = request.extensions().get::<Visitor>().cloned();
    let file = async {
        admin(&state, visitor.as_ref()).await?;
        let language = Locale::of_code(&language).ok_or_else(ShopError::not_found)?;
        let port = state.services.shop.port::<dyn TranslationAdmin>();
        port.file(language).await
    };
    match file.await {
        Ok(file) => {
            let headers = [
                (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
                (header::CONTENT_DISPOSITION, "attachment"),
                (header::CACHE_CONTROL, "no-store"),
            ];
            (headers, file).into_response()
        }
        Err(error) => page::refused(&state, request, error).await,
    }
}

/// `POST /api/admin/translations/upload`, multipart: `language` and `file`.
pub async fn upload(State(state): State<HttpState>, request: Request<Body>) -> Reply {
    let sender = Sender::of(&request);
    let mut language = None;
    let taken = take(&state, sender.visitor.as_ref(), request, &mut language).await;
    let page = language.map(file_page);
    let place = page.clone().map(Place::of).filter(|_| is_there(&taken));
    let taken = taken.map(|saved| Taken {
        location: format!("{}?saved={saved}", page.unwrap_or_default()),
        told: json!({ "saved": saved }),
    });
    FORM.answer(&state, sender, place, taken).await
}

/// How many texts were saved.
async fn take(
    state: &HttpState,
    visitor: Option<&Visitor>,
    request: Request<Body>,
    language: &mut Option<Locale>,
) -> Result<usize, ShopError> {
    let actor = admin(state, visitor).await?;
    let text = Text::from(locale());
    let named = Named {
        field: "language",
        read: Locale::of_code,
        named: language,
    };
    let words = Unreadable {
        form: text.upload_multipart(),
        file: text.upload_unreadable(),
    };
    let file = file_form::file(state, request, named, words).await?;
    let language = language.ok_or_else(no_such_language)?;
    let file = file.ok_or_else(|| ShopError::field("file", text.csv_file_wanted()))?;
    let port = state.services.shop.port::<dyn TranslationAdmin>();
    port.take_file(&actor, language, file.to_vec()).await
}
