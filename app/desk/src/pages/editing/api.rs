//! `/api/admin/pages/…`: every function asks for the role itself; to others it does not exist.

use app::{
    answers::Done,
    error::ShopError,
    pages::{
        gaps::gaps,
        ports::page_admin,
        types::{PageForm, PagePreview, PageSaved},
    },
    reply::go_to,
    visitor::admin,
};
use leptos::prelude::*;

#[server(endpoint = "admin/pages/create")]
pub async fn create_page(#[server(flatten)] form: PageForm) -> Result<PageSaved, ShopError> {
    let actor = admin()?;
    let saved = page_admin().create(&actor, form).await?;
    go_to(&format!("/admin/pages/{}?done=saved", saved.id));
    Ok(saved)
}

/// Writes all fields of a page. With `version`, an edit made from an older state of it is refused.
#[server(endpoint = "admin/pages/update")]
pub async fn update_page(
    #[server(default)] id: String,
    #[server(flatten)] form: PageForm,
) -> Result<PageSaved, ShopError> {
    let actor = admin()?;
    let saved = page_admin().update(&actor, &id, form).await?;
    go_to(&format!("/admin/pages/{}?done=saved", saved.id));
    Ok(saved)
}

/// What a text would look like. Nothing is stored; the form comes back with the page that shows it.
#[server(endpoint = "admin/pages/preview")]
pub async fn preview_page(
    #[server(default)] id: String,
    #[server(flatten)] form: PageForm,
) -> Result<PagePreview, ShopError> {
    admin()?;
    let texts = [
        form.title.as_str(),
        &form.body,
        &form.seo_title,
        &form.seo_description,
    ];
    Ok(PagePreview {
        html: page_admin().preview(&form.body),
        gaps: gaps(&texts),
        id,
        form,
    })
}

#[server(endpoint = "admin/pages/delete")]
pub async fn delete_page(
    #[server(default)] id: String,
    #[server(default)] version: String,
) -> Result<Done, ShopError> {
    let actor = admin()?;
    page_admin().delete(&actor, &id, &version).await?;
    go_to("/admin/pages?done=deleted");
    Ok(Done { ok: true })
}
