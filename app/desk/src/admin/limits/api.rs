//! `/api/admin/limits/…`. The function asks for the role itself; to others it does not exist.

use app::{error::ShopError, reply::go_to, visitor::admin};
use leptos::prelude::*;

use super::{
    page::address,
    ports::limit_admin,
    types::{LimitForm, LimitsSaved},
};

/// Saves the limits of a product, or of the shop without `id`. `version` is that of the limits the form was
/// made from: if they were changed since, nothing is saved.
#[server(endpoint = "admin/limits/save")]
pub async fn save_limits(
    #[server(default)] id: String,
    #[server(default)] version: String,
    #[server(default)] limits: Vec<LimitForm>,
) -> Result<LimitsSaved, ShopError> {
    let actor = admin()?;
    let product = Some(id.trim()).filter(|id| !id.is_empty());
    let port = limit_admin();
    let saved = port.save(&actor, product, &version, limits).await?;
    go_to(&format!("{}?done=saved", address(product)));
    Ok(saved)
}
