//! `/api/admin/categories/…`: every function asks for the role itself; to others it does not exist.

use app::{answers::Done, error::ShopError, moving::Way, reply::go_to, visitor::admin};
use leptos::prelude::*;

use super::{
    ports::category_admin,
    types::{CategoryForm, CategorySaved},
};

const LIST: &str = "/admin/categories";

#[server(endpoint = "admin/categories/create")]
pub async fn create_category(
    #[server(default)] name: String,
    #[server(default)] parent: String,
) -> Result<CategorySaved, ShopError> {
    let actor = admin()?;
    let form = CategoryForm {
        name,
        parent,
        ..CategoryForm::default()
    };
    let saved = category_admin().create(&actor, form).await?;
    go_to(&format!("{LIST}/{}?done=created", saved.id));
    Ok(saved)
}

#[server(endpoint = "admin/categories/update")]
pub async fn update_category(
    #[server(default)] id: String,
    #[server(default)] version: String,
    #[server(default)] name: String,
    #[server(default)] slug: String,
    #[server(default)] parent: String,
    #[server(default)] description_html: String,
) -> Result<CategorySaved, ShopError> {
    let actor = admin()?;
    let form = CategoryForm {
        name,
        slug,
        parent,
        description_html,
    };
    let saved = category_admin().update(&actor, &id, &version, form).await?;
    go_to(&format!("{LIST}/{}?done=saved", saved.id));
    Ok(saved)
}

/// `to` is `up` or `down`.
#[server(endpoint = "admin/categories/move")]
pub async fn move_category(
    #[server(default)] id: String,
    #[server(default)] to: String,
) -> Result<Done, ShopError> {
    let actor = admin()?;
    let way = Way::read(&to)?;
    category_admin().step(&actor, &id, way).await?;
    go_to(LIST);
    Ok(Done { ok: true })
}

#[server(endpoint = "admin/categories/picture/remove")]
pub async fn remove_category_picture(
    #[server(default)] id: String,
) -> Result<CategorySaved, ShopError> {
    let actor = admin()?;
    let saved = category_admin().set_picture(&actor, &id, None).await?;
    go_to(&format!("{LIST}/{}?done=picture-removed", saved.id));
    Ok(saved)
}

#[server(endpoint = "admin/categories/delete")]
pub async fn delete_category(#[server(default)] id: String) -> Result<Done, ShopError> {
    let actor = admin()?;
    category_admin().delete(&actor, &id).await?;
    go_to(&format!("{LIST}?done=deleted"));
    Ok(Done { ok: true })
}
