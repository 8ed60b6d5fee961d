//! `/api/admin/translations/…`. The functions ask for the role themselves; to others they do not exist.

use leptos::prelude::*;

use super::types::TextForm;
use crate::{answers::Done, error::ShopError};

#[cfg(feature = "ssr")]
mod ssr {
    pub use crate::{
        admin::translations::ports::translation_admin, locale::Locale, reply::go_to, visitor::admin,
    };

    use crate::error::ShopError;

    pub fn known(code: &str) -> Result<Locale, ShopError> {
        Locale::of_code(code.trim()).ok_or_else(super::super::ports::no_such_language)
    }
}

/// Saves the texts of a product in a language, with the names and values of its options, which all
/// products share. Texts that are left out stay as they are.
#[server(endpoint = "admin/translations/product")]
pub async fn translate_product(
    #[server(default)] id: String,
    #[server(default)] language: String,
    #[server(default)] texts: Vec<TextForm>,
) -> Result<Done, ShopError> {
    use ssr::*;
    let actor = admin()?;
    let language = known(&language)?;
    translation_admin()
        .save_product(&actor, &id, language, texts)
        .await?;
    let code = language.code();
    go_to(&format!("/admin/products/{id}/translations/{code}?saved=1"));
    Ok(Done { ok: true })
}

/// Saves the names of categories in a language. Names that are left out stay as they are.
#[server(endpoint = "admin/translations/categories")]
pub async fn translate_categories(
    #[server(default)] language: String,
    #[server(default)] texts: Vec<TextForm>,
) -> Result<Done, ShopError> {
    use ssr::*;
    let actor = admin()?;
    let language = known(&language)?;
    translation_admin()
        .save_categories(&actor, language, texts)
        .await?;
    go_to(&format!("/admin/translations/{}?saved=1", language.code()));
    Ok(Done { ok: true })
}
