//! `/api/admin/announcements/…`: every function asks for the role itself; to others it does not exist.

use app::{
    announcement::{
        ports::{AnnouncementForm, announcements},
        types::AnnouncementSaved,
    },
    answers::Done,
    error::ShopError,
    reply::go_to,
    visitor::admin,
};
use leptos::prelude::*;

use super::page::HERE;

/// Makes one, or changes the one of this `id`.
#[server(endpoint = "admin/announcements/save")]
pub async fn save_announcement(
    #[server(default)] id: String,
    #[server(default)] version: String,
    #[server(default)] text: String,
    #[server(default)] link: String,
    #[server(default)] starts: String,
    #[server(default)] ends: String,
) -> Result<AnnouncementSaved, ShopError> {
    let actor = admin()?;
    let form = AnnouncementForm {
        id,
        version,
        text,
        link,
        starts,
        ends,
    };
    let saved = announcements().save(&actor, form).await?;
    go_to(&format!("{HERE}?done=saved"));
    Ok(saved)
}

#[server(endpoint = "admin/announcements/delete")]
pub async fn delete_announcement(#[server(default)] id: String) -> Result<Done, ShopError> {
    let actor = admin()?;
    announcements().delete(&actor, &id).await?;
    go_to(&format!("{HERE}?done=deleted"));
    Ok(Done { ok: true })
}
