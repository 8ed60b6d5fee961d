//! `/api/admin/look/…`. The function asks for the role itself; to others it does not exist. Pictures
//! are uploaded at an address of their own.

use app::{error::ShopError, locale::locale, reply::go_to, visitor::confirmed_admin};
use leptos::prelude::*;

use super::{
    ports::{LookForm, look_admin},
    types::LookSaved,
};

/// Saves all of the look at once. `version` is that of the look the form was made from: if it was
/// changed since, nothing is saved. Pictures are named by the ids that uploading them answered; one
/// that is not named, or that is to be removed, is none.
#[server(endpoint = "admin/look/save")]
pub async fn save_look(
    #[server(default)] version: String,
    #[server(default)] accent: String,
    #[server(default)] hue: String,
    #[server(default)] corners: String,
    #[server(default)] font: String,
    #[server(default)] logo: String,
    #[server(default)] logo_dark: String,
    #[server(default)] icon: String,
    #[server(default)] remove_logo: String,
    #[server(default)] remove_logo_dark: String,
    #[server(default)] remove_icon: String,
) -> Result<LookSaved, ShopError> {
    let actor = confirmed_admin()?;
    let locale = locale();
    let form = LookForm {
        version,
        accent,
        hue,
        corners,
        font,
        logo,
        logo_dark,
        icon,
        remove_logo,
        remove_logo_dark,
        remove_icon,
    };
    let saved = look_admin().save(&actor, locale, form).await?;
    go_to("/admin/look?saved=1");
    Ok(saved)
}
