//! Translations as a file: up from a browser, and down to it.

use app::{
    error::{ErrorKind, ShopError},
    locale::{Locale, locale},
    ui::form::FormState,
    visitor::Visitor,
};
use axum::{
    Json,
    body::Body,
    extract::{FromRequest, Multipart, Path, Request, State},
    http::{StatusCode, Uri, header},
    response::IntoResponse,
};
use desk::admin::translations::{
    file_page::{UPLOAD, file_page},
    ports::{MAX_FILE_BYTES, TranslationAdmin, no_such_language},
    text::Text,
};
use serde_json::json;

use super::{
    kept_forms, page,
    state::{HttpState, Reply},
    visitor::admin,
};

/// Largest upload, in bytes: a file and what is around it.
pub const MAX_UPLOAD: usize = MAX_FILE_BYTES + 64 * 1024;

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
    let html = page::wants_html(request.headers());
    let visitor = request.extensions().get::<Visitor>().cloned();
    let mut language = None;
    let taken = take(&state, visitor.as_ref(), request, &mut language).await;
    let own_page = |language: Locale| -> Uri { file_page(language).parse().unwrap_or_default() };
    match (taken, language) {
        (Ok(saved), Some(language)) if html => {
            let page = own_page(language);
            kept_forms::forget(&state, visitor.as_ref(), UPLOAD, &page).await;
            let location = format!("{page}?saved={saved}");
            (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
        }
        (Ok(saved), _) => Json(json!({ "saved": saved })).into_response(),
        (Err(error), Some(language)) if html && error.kind != ErrorKind::NotFound => {
            let form = FormState {
                action: UPLOAD.to_owned(),
                values: Vec::new(),
                error: Some(error),
            };
            kept_forms::answer(&state, own_page(language), visitor, form).await
        }
        (Err(error), _) if html => {
            let request = page::asked_for(Uri::from_static("/admin/settings"), None);
            page::render_error(&state, request, error).await
        }
        (Err(error), _) => page::json_error(&error),
    }
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
    let unreadable = || ShopError::field("file", text.upload_unreadable());
    let mut form = Multipart::from_request(request, state)
        .await
        .map_err(|_| ShopError::new(ErrorKind::Invalid, text.upload_multipart()))?;
    let mut file = None;
    while let Some(field) = form.next_field().await.map_err(|_| unreadable())? {
        match field.name() {
            Some("language") if language.is_none() => {
                let code = field.text().await.map_err(|_| unreadable())?;
                *language = Locale::of_code(code.trim());
            }
            Some("file") if file.is_none() => {
                let bytes = field.bytes().await.map_err(|_| unreadable())?;
                file = (!bytes.is_empty()).then_some(bytes);
            }
            _ => {}
        }
    }
    let language = language.ok_or_else(no_such_language)?;
    let file = file.ok_or_else(|| ShopError::field("file", text.csv_file_wanted()))?;
    let port = state.services.shop.port::<dyn TranslationAdmin>();
    port.take_file(&actor, language, file.to_vec()).await
}
