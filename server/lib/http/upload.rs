//! Uploading pictures of a product.

use app::{
    catalog::limits::MAX_PICTURES,
    error::{ErrorKind, ShopError},
    identity::Account,
    locale::locale,
    visitor::Visitor,
};
use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Multipart, Request, State, multipart::Field},
};
use desk::admin::products::{
    pictures::{FORM_KEY, UPLOAD},
    text::Text,
    types::AdminPicture,
};
use serde_json::{Value, json};

use super::{
    file_form::{FileForm, Place, Sender, Taken},
    state::{HttpState, Reply},
    visitor::admin,
};
use crate::{
    admin::products::too_many_pictures,
    ids::{is_id, is_short_key},
    picture_facts,
    pictures::{MAX_PICTURE_BYTES, MAX_PICTURE_PIXELS, Picture, PictureError},
    shop::Services,
};

/// Largest upload, in bytes: a few pictures at once.
pub const MAX_UPLOAD: usize = 4 * MAX_PICTURE_BYTES;
/// Most pixels in all pictures of an upload: decoding them takes seconds, and the sender waits.
const MAX_UPLOAD_PIXELS: usize = 6 * MAX_PICTURE_PIXELS;

const FORM: FileForm = FileForm {
    action: UPLOAD,
    list: "/admin/products",
};

/// What pictures are uploaded for.
#[derive(Default)]
enum Target {
    #[default]
    Unknown,
    Product(String),
    /// The form of a product that is still to be made, by its key.
    Form(String),
}

impl Target {
    /// The page of its editor.
    fn page(&self) -> Option<String> {
        match self {
            Self::Product(id) if is_id(id) => Some(format!("/admin/products/{id}")),
            Self::Form(key) if is_short_key(key) => {
                Some(format!("/admin/products/new?pictures={key}"))
            }
            Self::Product(_) | Self::Form(_) | Self::Unknown => None,
        }
    }

    /// How the form of this page names it.
    fn value(&self) -> (String, String) {
        match self {
            Self::Form(key) => (FORM_KEY.to_owned(), key.clone()),
            Self::Product(id) => ("product_id".to_owned(), id.clone()),
            Self::Unknown => ("product_id".to_owned(), String::new()),
        }
    }
}

/// What became of an upload.
struct Uploaded {
    /// Empty for a form.
    id: String,
    version: i64,
    pictures: Vec<AdminPicture>,
    sources: Vec<String>,
}

impl Uploaded {
    /// What the page's script reads of it.
    fn told(&self) -> Value {
        let added = self.pictures.iter();
        let added: Vec<_> = added
            .filter(|picture| self.sources.contains(&picture.src))
            .map(|picture| {
                json!({
                    "id": picture.id,
                    "src": picture.src,
                    "alt": picture.alt,
                    "cut_out": picture.cut_out,
                })
            })
            .collect();
        json!({
            "id": self.id, "version": self.version, "pictures": self.sources, "added": added,
        })
    }
}

/// `POST /api/admin/pictures/upload`, multipart: `product_id` or `form_key`, and any number of `file`.
pub async fn pictures(State(state): State<HttpState>, request: Request<Body>) -> Reply {
    let sender = Sender::of(&request);
    let mut target = Target::default();
    let stored = store(&state, sender.visitor.as_ref(), request, &mut target).await;
    let page = target.page();
    let place = page.clone().map(|page| Place {
        page,
        values: vec![target.value()],
    });
    let stored = stored.map(|uploaded| {
        let page = page.unwrap_or_default();
        let location = match target {
            Target::Form(_) => page,
            Target::Product(_) | Target::Unknown => format!("{page}?saved=1"),
        };
        let told = uploaded.told();
        Taken { location, told }
    });
    FORM.answer(&state, sender, place, stored).await
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
    target: &mut Target,
) -> Result<Uploaded, ShopError> {
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
                let id = field.text().await.map_err(|_| unreadable())?;
                *target = Target::Product(id.clone());
                room = Some(state.services.admin.room_for_pictures(&id).await?);
            }
            Some(FORM_KEY) if room.is_none() => {
                let key = field.text().await.map_err(|_| unreadable())?;
                if !is_short_key(&key) {
                    return Err(ShopError::not_found());
                }
                *target = Target::Form(key);
                room = Some(state.services.admin.room_for_waiting(&actor).await?);
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
    match name_all(state, &actor, target, pictures, &mut sources).await {
        Ok(uploaded) => Ok(Uploaded {
            sources,
            ..uploaded
        }),
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

/// Stores pictures and has what they are for name them; those that are stored are in `sources`.
async fn name_all(
    state: &HttpState,
    actor: &Account,
    target: &Target,
    pictures: Vec<Picture>,
    sources: &mut Vec<String>,
) -> Result<Uploaded, ShopError> {
    for picture in pictures {
        let stored = state.services.media.add(picture).await;
        let src = stored.map_err(ShopError::from)?.map_err(refused)?;
        sources.push(src);
    }
    let services = &state.services;
    let known = picture_facts::look_at(&services.db, &services.media, sources);
    known.await.map_err(ShopError::from)?;
    let admin = &services.admin;
    let (id, version, pictures) = match target {
        Target::Product(id) => {
            let product = admin.add_pictures(actor, id, sources).await?;
            (product.id, product.version, product.pictures)
        }
        Target::Form(key) => {
            let pictures = admin.keep_waiting(actor, key, sources).await?;
            (String::new(), 0, pictures)
        }
        Target::Unknown => return Err(ShopError::not_found()),
    };
    Ok(Uploaded {
        id,
        version,
        pictures,
        sources: Vec::new(),
    })
}
