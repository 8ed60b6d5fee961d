//! `/api/admin/translations/…`. The functions ask for the role themselves; to others they do not exist.

use app::{answers::Done, error::ShopError, locale::Locale, reply::go_to, visitor::admin};
use leptos::prelude::*;

use super::{
    ports::{Group, no_such_language, page_translations, translation_admin},
    types::TextForm,
};

fn known(code: &str) -> Result<Locale, ShopError> {
    Locale::of_code(code.trim()).ok_or_else(no_such_language)
}

async fn save(group: Group, language: &str, texts: Vec<TextForm>) -> Result<Done, ShopError> {
    let actor = admin()?;
    let language = known(language)?;
    translation_admin()
        .save_texts(&actor, group, language, texts)
        .await?;
    go_to(&format!("{}?saved=1", group.page(language)));
    Ok(Done { ok: true })
}

/// Saves the texts of a product in a language, with the names and values of its options, which all
/// products share. Texts that are left out stay as they are.
#[server(endpoint = "admin/translations/product")]
pub async fn translate_product(
    #[server(default)] id: String,
    #[server(default)] language: String,
    #[server(default)] texts: Vec<TextForm>,
) -> Result<Done, ShopError> {
    let actor = admin()?;
    let language = known(&language)?;
    translation_admin()
        .save_product(&actor, &id, language, texts)
        .await?;
    let code = language.code();
    go_to(&format!("/admin/products/{id}/translations/{code}?saved=1"));
    Ok(Done { ok: true })
}

/// Saves names and texts of categories in a language. Those that are left out stay as they are.
#[server(endpoint = "admin/translations/categories")]
pub async fn translate_categories(
    #[server(default)] language: String,
    #[server(default)] texts: Vec<TextForm>,
) -> Result<Done, ShopError> {
    save(Group::Categories, &language, texts).await
}

/// Saves names and texts of collections in a language. Those that are left out stay as they are.
#[server(endpoint = "admin/translations/collections")]
pub async fn translate_collections(
    #[server(default)] language: String,
    #[server(default)] texts: Vec<TextForm>,
) -> Result<Done, ShopError> {
    save(Group::Collections, &language, texts).await
}

/// Saves titles and texts of drops in a language. Those that are left out stay as they are.
#[server(endpoint = "admin/translations/drops")]
pub async fn translate_drops(
    #[server(default)] language: String,
    #[server(default)] texts: Vec<TextForm>,
) -> Result<Done, ShopError> {
    save(Group::Drops, &language, texts).await
}

/// Saves what announcements say in a language. Those that are left out stay as they are.
#[server(endpoint = "admin/translations/announcements")]
pub async fn translate_announcements(
    #[server(default)] language: String,
    #[server(default)] texts: Vec<TextForm>,
) -> Result<Done, ShopError> {
    save(Group::Announcements, &language, texts).await
}

/// Saves texts of the front page in a language. Those that are left out stay as they are.
#[server(endpoint = "admin/translations/home")]
pub async fn translate_home(
    #[server(default)] language: String,
    #[server(default)] texts: Vec<TextForm>,
) -> Result<Done, ShopError> {
    save(Group::Home, &language, texts).await
}

/// Saves the texts of a page in a language. Texts that are left out stay as they are. A page that is
/// published takes no text with gaps.
#[server(endpoint = "admin/translations/page")]
pub async fn translate_page(
    #[server(default)] id: String,
    #[server(default)] language: String,
    #[server(default)] texts: Vec<TextForm>,
) -> Result<Done, ShopError> {
    let actor = admin()?;
    let language = known(&language)?;
    page_translations()
        .save_page(&actor, &id, language, texts)
        .await?;
    let code = language.code();
    go_to(&format!("/admin/pages/{id}/translations/{code}?saved=1"));
    Ok(Done { ok: true })
}

/// Saves the labels of menu items in a language. Those that are left out stay as they are.
#[server(endpoint = "admin/translations/menus")]
pub async fn translate_menus(
    #[server(default)] language: String,
    #[server(default)] texts: Vec<TextForm>,
) -> Result<Done, ShopError> {
    save(Group::Menus, &language, texts).await
}

/// Saves names and descriptions of shipping methods in a language. Those that are left out stay as they
/// are.
#[server(endpoint = "admin/translations/shipping")]
pub async fn translate_shipping(
    #[server(default)] language: String,
    #[server(default)] texts: Vec<TextForm>,
) -> Result<Done, ShopError> {
    save(Group::Shipping, &language, texts).await
}

/// Saves names and descriptions of payment methods in a language. Those that are left out stay as they
/// are.
#[server(endpoint = "admin/translations/payment")]
pub async fn translate_payment(
    #[server(default)] language: String,
    #[server(default)] texts: Vec<TextForm>,
) -> Result<Done, ShopError> {
    save(Group::Payment, &language, texts).await
}
