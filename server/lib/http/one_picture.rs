//! Uploading the picture of something that has one, such as a category.

use app::{
    collections::{self, ports::CollectionAdmin},
    error::{ErrorKind, ShopError},
    home::{self, ports::Home},
    identity::Account,
    locale::locale,
    visitor::Visitor,
};
use axum::{
    body::Body,
    extract::{FromRequest, Multipart, Request, State},
};
use desk::admin::{
    categories::{self, ports::CategoryAdmin},
    products::text::Text,
};
use serde_json::json;

use super::{
    file_form::{FileForm, Place, Sender, Taken},
    state::{HttpState, Reply},
    upload::{content, discard, refused, unreadable},
    visitor::admin,
};
use crate::{
    ids::is_id,
    picture_facts,
    pictures::{MAX_PICTURE_BYTES, Picture},
};

/// Largest upload, in bytes: a picture and what is around it.
pub const MAX_UPLOAD: usize = MAX_PICTURE_BYTES + 64 * 1024;

/// `POST /api/admin/categories/picture`, multipart: `id` and `file`.
pub async fn of_category(State(state): State<HttpState>, request: Request<Body>) -> Reply {
    let port = state.services.shop.port::<dyn CategoryAdmin>();
    let keep = |actor: Account, id: String, src: String| async move {
        let saved = port.set_picture(&actor, &id, Some(src)).await;
        saved.map(drop)
    };
    let form = FileForm {
        action: categories::PICTURE,
        list: "/admin/categories",
    };
    form.take_picture(&state, request, keep).await
}

/// `POST /api/admin/collections/picture`, multipart: `id` and `file`.
pub async fn of_collection(State(state): State<HttpState>, request: Request<Body>) -> Reply {
    let port = state.services.shop.port::<dyn CollectionAdmin>();
    let keep = |actor: Account, id: String, src: String| async move {
        let saved = port.set_picture(&actor, &id, Some(src)).await;
        saved.map(drop)
    };
    let form = FileForm {
        action: collections::PICTURE,
        list: "/admin/collections",
    };
    form.take_picture(&state, request, keep).await
}

/// `POST /api/admin/home/picture`, multipart: `id` of a block, and `file`.
pub async fn of_block(State(state): State<HttpState>, request: Request<Body>) -> Reply {
    let port = state.services.shop.port::<dyn Home>();
    let keep = |actor: Account, id: String, src: String| async move {
        let saved = port.set_picture(&actor, &id, Some(src)).await;
        saved.map(drop)
    };
    let form = FileForm {
        action: home::PICTURE,
        list: "/admin/home",
    };
    form.take_picture(&state, request, keep).await
}

impl FileForm {
    /// Stores the picture that was sent; `keep` has what is below the list, under its id, name its address.
    async fn take_picture<F, Fut>(self, state: &HttpState, request: Request<Body>, keep: F) -> Reply
    where
        F: FnOnce(Account, String, String) -> Fut,
        Fut: Future<Output = Result<(), ShopError>>,
    {
        let sender = Sender::of(&request);
        let mut id = String::new();
        let stored = store(state, sender.visitor.as_ref(), request, &mut id, keep).await;
        let page = format!("{}/{id}", self.list);
        let location = format!("{page}?done=picture");
        let stored = stored.map(|src| Taken {
            location,
            told: json!({ "id": id, "src": src }),
        });
        let place = is_id(&id).then(|| Place {
            page,
            values: vec![("id".to_owned(), id.clone())],
        });
        self.answer(state, sender, place, stored).await
    }
}

/// The address of the picture, which is kept.
async fn store<F, Fut>(
    state: &HttpState,
    visitor: Option<&Visitor>,
    request: Request<Body>,
    id: &mut String,
    keep: F,
) -> Result<String, ShopError>
where
    F: FnOnce(Account, String, String) -> Fut,
    Fut: Future<Output = Result<(), ShopError>>,
{
    let actor = admin(state, visitor).await?;
    let mut form = Multipart::from_request(request, state)
        .await
        .map_err(|_| ShopError::new(ErrorKind::Invalid, Text::from(locale()).upload_multipart()))?;
    let mut picture = None;
    while let Some(field) = form.next_field().await.map_err(|_| unreadable())? {
        match field.name() {
            Some("id") if id.is_empty() => {
                *id = field.text().await.map_err(|_| unreadable())?;
            }
            Some("file") if picture.is_none() => {
                // A form without a chosen file sends an empty one.
                if let Some(bytes) = content(field).await? {
                    picture = Some(Picture::check(bytes).map_err(refused)?);
                }
            }
            _ => {}
        }
    }
    let missing = || ShopError::field("file", Text::from(locale()).picture_wanted());
    let picture = picture.ok_or_else(missing)?;
    // Known before anything is decoded and written to disk.
    if !is_id(id) {
        return Err(ShopError::not_found());
    }
    let services = &state.services;
    let src = services
        .media
        .add(picture)
        .await
        .map_err(ShopError::from)?
        .map_err(refused)?;
    let sources = [src.clone()];
    let looked = picture_facts::look_at(&services.db, &services.media, &sources).await;
    let kept = match looked {
        Ok(()) => keep(actor, id.clone(), src.clone()).await,
        Err(error) => Err(error.into()),
    };
    match kept {
        Ok(()) => Ok(src),
        Err(error) => {
            discard(services, &sources).await;
            Err(error)
        }
    }
}
