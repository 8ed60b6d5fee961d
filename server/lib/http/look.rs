//! The look of the shop: its style sheet, fonts and pictures, and uploading a picture for it.

use app::{
    error::{ErrorKind, ShopError},
    locale::{Language, Locale},
    look::{fonts, ports::LookFiles, sheet, types::LookPicture},
    ui::form::{FormState, PAGE},
    visitor::Visitor,
};
use axum::{
    Json,
    body::{Body, Bytes},
    extract::{FromRequest, Multipart, Path as UrlPath, Request, State, multipart::Field},
    http::{StatusCode, Uri, header},
    response::IntoResponse,
};
use desk::admin::look::{
    faults::LookFault,
    pictures::UPLOAD,
    ports::{LookAdmin, LookForm},
    types::Place,
};
use serde_json::json;

use super::{
    assets::FOR_EVER,
    kept_forms, page,
    state::{HttpState, Reply},
    visitor::admin,
};
use crate::pictures::MAX_PICTURE_BYTES;

/// Most bytes of a field that is no file.
const MAX_FIELD: usize = 4096;
/// Most fields of a form: it has a dozen.
const MAX_FIELDS: usize = 32;

/// `GET /look/{file}`: a style sheet, a font, or a picture.
pub async fn file(State(state): State<HttpState>, UrlPath(name): UrlPath<String>) -> Reply {
    if let Some(sheet) = sheet::sheet(&name) {
        let kept = match sheet.is_for_ever {
            true => FOR_EVER,
            false => "no-cache",
        };
        return sent("text/css; charset=utf-8", kept, sheet.css.into());
    }
    if let Some(font) = fonts::file(&name) {
        return sent("font/woff2", FOR_EVER, Bytes::from_static(font.woff2));
    }
    let files = state.services.shop.port::<dyn LookFiles>();
    match files.picture(&name).await {
        Ok(Some(picture)) => sent(picture.content_type, FOR_EVER, picture.bytes.into()),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => page::json_error(&error),
    }
}

fn sent(content_type: &'static str, kept: &'static str, bytes: Bytes) -> Reply {
    let headers = [
        (header::CONTENT_TYPE, content_type),
        (header::CACHE_CONTROL, kept),
    ];
    (headers, bytes).into_response()
}

/// `POST /api/admin/look/pictures`, multipart: `place`, `file`, and the look's form, which the page
/// comes back with. The picture is kept for a look to name it; nothing of the shop changes.
pub async fn upload(State(state): State<HttpState>, request: Request<Body>) -> Reply {
    let html = page::wants_html(request.headers());
    let visitor = request.extensions().get::<Visitor>().cloned();
    let mut values = Vec::new();
    let added = add(&state, visitor.as_ref(), request, &mut values).await;
    let drafted = LookForm::read(|name| {
        let field = values.iter().find(|(known, _)| known == name);
        field.map(|(_, value)| value.clone()).unwrap_or_default()
    });
    match added {
        Ok((place, picture)) if html => {
            let location = drafted.with_picture(place, picture.id).address();
            (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
        }
        Ok((_, picture)) => Json(json!({
            "id": picture.id, "width": picture.width, "height": picture.height,
        }))
        .into_response(),
        Err(error) if html => {
            let uri: Uri = drafted.address().parse().unwrap_or_default();
            let form = FormState {
                action: UPLOAD.to_owned(),
                values,
                error: Some(error),
            };
            kept_forms::answer(&state, uri, visitor, form).await
        }
        Err(error) => page::json_error(&error),
    }
}

/// Reads the form into `values`, and keeps its picture.
async fn add(
    state: &HttpState,
    visitor: Option<&Visitor>,
    request: Request<Body>,
    values: &mut Vec<(String, String)>,
) -> Result<(Place, LookPicture), ShopError> {
    admin(state, visitor).await?;
    let language = request.extensions().get::<Language>().copied();
    let locale = language.unwrap_or_default().locale;
    let refused = |fault: LookFault| ShopError::new(ErrorKind::Invalid, fault.words(locale));
    let form = Multipart::from_request(request, state).await;
    let mut form = form.map_err(|_| refused(LookFault::NotAForm))?;
    let mut file = None;
    for _ in 0..MAX_FIELDS {
        let field = form.next_field().await;
        let Some(field) = field.map_err(|_| refused(LookFault::Interrupted))? else {
            break;
        };
        match field.name().map(ToOwned::to_owned) {
            Some(name) if name == "file" => {
                file = Some(content(field, MAX_PICTURE_BYTES).await);
            }
            Some(name) if name != PAGE => {
                let bytes = content(field, MAX_FIELD).await.map_err(refused)?;
                values.push((name, String::from_utf8_lossy(&bytes).into_owned()));
            }
            _ => {}
        }
    }
    let place = values.iter().find(|(name, _)| name == "place");
    let place = place.and_then(|(_, place)| Place::parse(place));
    let place = place.ok_or_else(|| refused(LookFault::NotAForm))?;
    kept(state, place, file, locale).await
}

/// Draws what was sent for a place, and says at its field what is wrong with it.
async fn kept(
    state: &HttpState,
    place: Place,
    file: Option<Result<Vec<u8>, LookFault>>,
    locale: Locale,
) -> Result<(Place, LookPicture), ShopError> {
    let refused = |fault: LookFault| ShopError::field(place.as_str(), fault.words(locale));
    let bytes = file.unwrap_or_else(|| Ok(Vec::new())).map_err(refused)?;
    // A form without a chosen file sends an empty one.
    if bytes.is_empty() {
        return Err(refused(LookFault::NoFile));
    }
    let looks = state.services.shop.port::<dyn LookAdmin>();
    let picture = looks.add_picture(place, bytes).await?;
    Ok((place, picture.map_err(refused)?))
}

async fn content(mut field: Field<'_>, most: usize) -> Result<Vec<u8>, LookFault> {
    let mut content = Vec::new();
    while let Some(bytes) = field.chunk().await.map_err(|_| LookFault::Interrupted)? {
        if content.len() + bytes.len() > most {
            return Err(LookFault::TooLarge);
        }
        content.extend_from_slice(&bytes);
    }
    Ok(content)
}
