//! `/api/suggest`, for the search field. Lists and products as JSON are plain routes of the server.

use leptos::prelude::*;

use super::types::Suggestion;
use crate::error::ShopError;

#[server(endpoint = "suggest", input = server_fn::codec::GetUrl)]
pub async fn suggest(#[server(default)] q: String) -> Result<Vec<Suggestion>, ShopError> {
    super::ports::catalog().suggest(&q).await
}
