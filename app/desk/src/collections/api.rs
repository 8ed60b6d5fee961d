//! `/api/admin/collections/…`: every function asks for the role itself; to others it does not exist.

use app::{
    answers::Done,
    catalog::query::encode,
    collections::{
        ports::collection_admin,
        types::{CollectionForm, CollectionSaved},
    },
    error::ShopError,
    moving::Way,
    reply::go_to,
    visitor::admin,
};
use leptos::prelude::*;

use super::list::HERE;

#[server(endpoint = "admin/collections/create")]
pub async fn create_collection(
    #[server(default)] name: String,
) -> Result<CollectionSaved, ShopError> {
    let actor = admin()?;
    let form = CollectionForm {
        name,
        ..CollectionForm::default()
    };
    let saved = collection_admin().create(&actor, form).await?;
    go_to(&format!("{HERE}/{}?done=created", saved.id));
    Ok(saved)
}

#[server(endpoint = "admin/collections/update")]
pub async fn update_collection(
    #[server(default)] id: String,
    #[server(default)] version: String,
    #[server(default)] name: String,
    #[server(default)] slug: String,
    #[server(default)] description_html: String,
) -> Result<CollectionSaved, ShopError> {
    let actor = admin()?;
    let form = CollectionForm {
        name,
        slug,
        description_html,
    };
    let port = collection_admin();
    let saved = port.update(&actor, &id, &version, form).await?;
    go_to(&format!("{HERE}/{}?done=saved", saved.id));
    Ok(saved)
}

/// `q` is what was searched for: the page shows it again.
#[server(endpoint = "admin/collections/add")]
pub async fn add_to_collection(
    #[server(default)] id: String,
    #[server(default)] product_id: String,
    #[server(default)] q: String,
) -> Result<Done, ShopError> {
    let actor = admin()?;
    collection_admin().add(&actor, &id, &product_id).await?;
    let query = encode(&[("q".to_owned(), q)]);
    go_to(&format!("{HERE}/{id}?{query}"));
    Ok(Done { ok: true })
}

/// `id` is that of an entry, `to` is `up` or `down`.
#[server(endpoint = "admin/collections/move")]
pub async fn move_in_collection(
    #[server(default)] id: String,
    #[server(default)] to: String,
) -> Result<Done, ShopError> {
    let actor = admin()?;
    let way = Way::read(&to)?;
    let collection = collection_admin().step(&actor, &id, way).await?;
    go_to(&format!("{HERE}/{collection}"));
    Ok(Done { ok: true })
}

/// `id` is that of an entry.
#[server(endpoint = "admin/collections/remove")]
pub async fn remove_from_collection(#[server(default)] id: String) -> Result<Done, ShopError> {
    let actor = admin()?;
    let collection = collection_admin().remove(&actor, &id).await?;
    go_to(&format!("{HERE}/{collection}"));
    Ok(Done { ok: true })
}

#[server(endpoint = "admin/collections/picture/remove")]
pub async fn remove_collection_picture(
    #[server(default)] id: String,
) -> Result<CollectionSaved, ShopError> {
    let actor = admin()?;
    let saved = collection_admin().set_picture(&actor, &id, None).await?;
    go_to(&format!("{HERE}/{}?done=picture-removed", saved.id));
    Ok(saved)
}

#[server(endpoint = "admin/collections/delete")]
pub async fn delete_collection(#[server(default)] id: String) -> Result<Done, ShopError> {
    let actor = admin()?;
    collection_admin().delete(&actor, &id).await?;
    go_to(&format!("{HERE}?done=deleted"));
    Ok(Done { ok: true })
}
