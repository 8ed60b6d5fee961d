//! `/api/suggest`, for the search field. Lists and products as JSON are plain routes of the server.

use leptos::prelude::*;

use super::types::Suggestion;
use crate::{error::ShopError, locale::Locale};

/// In the language of the page, which the address of a function does not say.
#[server(endpoint = "suggest", input = server_fn::codec::GetUrl)]
pub async fn suggest(
    #[server(default)] q: String,
    #[server(default)] language: Option<Locale>,
) -> Result<Vec<Suggestion>, ShopError> {
    let catalog = super::ports::catalog();
    let catalog = match language {
        Some(language) => catalog.in_language(language),
        None => catalog,
    };
    catalog.suggest(&q).await
}
