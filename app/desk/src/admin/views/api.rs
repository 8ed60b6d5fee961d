//! `/api/admin/views/…`. Every function asks for the role itself; to others it does not exist.

use app::{
    answers::Done,
    error::ShopError,
    reply::go_to,
    visitor::{admin, staff},
};
use leptos::prelude::*;

use super::{
    ports::{NewView, saved_views},
    types::{Audience, SavedView, ViewSaved},
};

/// The list that shows a view, and says what was done with it.
fn shows(view: &SavedView, done: &str) -> String {
    let href = view.list.href(&view.query);
    let sign = if href.contains('?') { '&' } else { '?' };
    format!("{href}{sign}view={done}")
}

/// Saves the filter and order of a list, as they are in its address. What all staff see is the
/// admins' to save.
#[server(endpoint = "admin/views/save")]
pub async fn save_view(
    #[server(default)] list: String,
    #[server(default)] name: String,
    #[server(default)] query: String,
    #[server(default)] shared: String,
) -> Result<ViewSaved, ShopError> {
    let (actor, audience) = match shared.trim() {
        "" | "0" => (staff()?, Audience::Own),
        _ => (admin()?, Audience::Shared),
    };
    let view = NewView {
        list,
        name,
        query,
        audience,
    };
    let saved = saved_views().save(&actor, view).await?;
    go_to(&shows(&saved, "saved"));
    Ok(ViewSaved::from(&saved))
}

#[server(endpoint = "admin/views/rename")]
pub async fn rename_view(
    #[server(default)] id: String,
    #[server(default)] version: String,
    #[server(default)] name: String,
) -> Result<ViewSaved, ShopError> {
    let actor = staff()?;
    let port = saved_views();
    let renamed = port.rename(&actor, &id, &version, &name).await?;
    go_to(&shows(&renamed, "renamed"));
    Ok(ViewSaved::from(&renamed))
}

#[server(endpoint = "admin/views/delete")]
pub async fn delete_view(
    #[server(default)] id: String,
    #[server(default)] version: String,
) -> Result<Done, ShopError> {
    let actor = staff()?;
    let deleted = saved_views().delete(&actor, &id, &version).await?;
    go_to(&shows(&deleted, "deleted"));
    Ok(Done { ok: true })
}
