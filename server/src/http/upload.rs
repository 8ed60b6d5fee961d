//! Uploading pictures of a product.

use app::{
    admin::products::{pictures::UPLOAD, text::Text, types::AdminProduct},
    catalog::limits::MAX_PICTURES,
    error::{ErrorKind, ShopError},
    identity::Account,
    locale::locale,
    ui::form::FormState,
    visitor::Visitor,
};
use axum::{
    Json,
    body::{Body, Bytes},
    extract::{FromRequest, Multipart, Request, State, multipart::Field},
    http::{StatusCode, Uri, header},
    response::IntoResponse,
};
use serde_json::json;

use super::{
    kept_forms, page,
    state::{HttpState, Reply},
    visitor::admin,
};
use crate::{
    admin::products::too_many_pictures,
    picture_facts,
    pictures::{MAX_PICTURE_BYTES, MAX_PICTURE_PIXELS, Picture, PictureError},
    shop::Services,
};

/// Largest upload, in bytes: a few pictures at once.
pub const MAX_UPLOAD: usize = 4 * MAX_PICTURE_BYTES;
/// Most pixels in all pictures of an upload: decoding them takes seconds, and the sender waits.
const MAX_UPLOAD_PIXELS: usize = 6 * MAX_PICTURE_PIXELS;

/// `POST /api/admin/pictures/upload`, multipart: `product_id` and any number of `file`.
pub async fn pictures(State(state): State<HttpState>, request: Request<Body>) -> Reply {
    let html = page::wants_html(request.headers());
    let visitor = request.extensions().get::<Visitor>().cloned();
    let mut product_id = String::new();
    let stored = store(&state, visitor.as_ref(), request, &mut product_id);
    match stored.await {
        Ok(_) if html => {
            let page = page_of(&product_id);
            kept_forms::forget(&state, visitor.as_ref(), UPLOAD, &page).await;
            let location = format!("{page}?saved=1");
            (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
        }
        Ok((product, sources)) => {
            let added: Vec<_> = product
                .pictures
                .iter()
                .filter(|picture| sources.contains(&picture.src))
                .map(|picture| json!({ "id": picture.id, "src": picture.src, "alt": picture.alt }))
                .collect();
            Json(json!({
                "id": product.id, "version": product.version, "pictures": sources, "added": added,
            }))
            .into_response()
        }
        Err(error) if html && crate::ids::is_id(&product_id) => {
            let uri = page_of(&product_id);
            let values = vec![("product_id".to_owned(), product_id)];
            let form = FormState {
                action: UPLOAD.to_owned(),
                values,
                error: Some(error),
            };
            kept_forms::answer(&state, uri, visitor, form).await
        }
        Err(error) if html => {
            let mut request = Request::new(Body::empty());
            *request.uri_mut() = Uri::from_static("/admin/products");
            page::render_error(&state, request, error).await
        }
        Err(error) => page::json_error(&error),
    }
}

fn page_of(product_id: &str) -> Uri {
    let path = format!("/admin/products/{product_id}");
    path.parse().unwrap_or_default()
}

pub(super) fn unreadable() -> ShopError {
    ShopError::field("file", Text::from(locale()).upload_unreadable())
}

pub(super) fn refused(error: PictureError) -> ShopError {
    let text = Text::from(locale());
    let words = match error {
        PictureError::Kind => text.picture_kind(),
        PictureError::TooLarge => text.picture_too_large(),
        PictureError::TooWide => text.picture_too_wide(),
        PictureError::Polyglot => text.picture_polyglot(),
        PictureError::Damaged => text.picture_damaged(),
    };
    ShopError::field("file", words)
}

async fn store(
    state: &HttpState,
    visitor: Option<&Visitor>,
    request: Request<Body>,
    product_id: &mut String,
) -> Result<(AdminProduct, Vec<String>), ShopError> {
    let actor = admin(state, visitor).await?;
    let mut form = Multipart::from_request(request, state)
        .await
        .map_err(|_| ShopError::new(ErrorKind::Invalid, Text::from(locale()).upload_multipart()))?;
    let mut pictures = Vec::new();
    let mut pixels = 0;
    // Until the product is known it may be one without pictures.
    let mut room = None;
    while let Some(mut field) = form.next_field().await.map_err(|_| unreadable())? {
        match field.name() {
            Some("product_id") if room.is_none() => {
                *product_id = field.text().await.map_err(|_| unreadable())?;
                room = Some(state.services.admin.room_for_pictures(product_id).await?);
            }
            Some("file") if pictures.len() < room.unwrap_or(MAX_PICTURES) => {
                // A form without a chosen file sends an empty one.
                let Some(bytes) = content(field).await? else {
                    continue;
                };
                let picture = Picture::check(bytes).map_err(refused)?;
                pixels += picture.pixels();
                if pixels > MAX_UPLOAD_PIXELS {
                    return Err(ShopError::field(
                        "file",
                        Text::from(locale()).too_many_pixels(),
                    ));
                }
                pictures.push(picture);
            }
            Some("file") => {
                // Only as much is read as tells whether there is a file.
                while let Some(bytes) = field.chunk().await.map_err(|_| unreadable())? {
                    if !bytes.is_empty() {
                        return Err(too_many_pictures());
                    }
                }
            }
            _ => {}
        }
    }
    if pictures.is_empty() {
        return Err(ShopError::field(
            "file",
            Text::from(locale()).picture_wanted(),
        ));
    }
    // Known before anything is decoded and written to disk.
    if pictures.len() > room.ok_or_else(ShopError::not_found)? {
        return Err(too_many_pictures());
    }
    let mut sources = Vec::new();
    match name_all(state, &actor, product_id, pictures, &mut sources).await {
        Ok(product) => Ok((product, sources)),
        Err(error) => {
            discard(&state.services, &sources).await;
            Err(error)
        }
    }
}

/// Takes away pictures that were just stored and that nothing names, and what is known of them.
pub(super) async fn discard(services: &Services, sources: &[String]) {
    services.media.discard(sources).await;
    if let Err(error) = picture_facts::forget(&services.db, sources).await {
        tracing::warn!(%error, "facts of a picture that was not taken stay");
    }
}

/// What was sent as a file, if it is not too much for a picture; `None` if it is empty.
pub(super) async fn content(mut field: Field<'_>) -> Result<Option<Bytes>, ShopError> {
    let mut content = Vec::new();
    while let Some(bytes) = field.chunk().await.map_err(|_| unreadable())? {
        if content.len() + bytes.len() > MAX_PICTURE_BYTES {
            return Err(refused(PictureError::TooLarge));
        }
        content.extend_from_slice(&bytes);
    }
    Ok((!content.is_empty()).then(|| content.into()))
}

/// Stores pictures and has the product name them; those that are stored are in `sources`.
async fn name_all(
    state: &HttpState,
    actor: &Account,
    product_id: &str,
    pictures: Vec<Picture>,
    sources: &mut Vec<String>,
) -> Result<AdminProduct, ShopError> {
    for picture in pictures {
        let stored = state.services.media.add(picture).await;
        let src = stored.map_err(ShopError::from)?.map_err(refused)?;
        sources.push(src);
    }
    let services = &state.services;
    let known = picture_facts::look_at(&services.db, &services.media, sources);
    known.await.map_err(ShopError::from)?;
    let admin = &services.admin;
    admin.add_pictures(actor, product_id, sources).await
}
