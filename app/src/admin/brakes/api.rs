//! `/api/admin/brakes/…`. The function asks for the role itself; to others it does not exist.

use leptos::prelude::*;

use super::types::{BrakesSaved, RateForm};
use crate::error::ShopError;

#[cfg(feature = "ssr")]
mod ssr {
    pub use super::super::{page::HERE, ports::brake_admin};
    pub use crate::{reply::go_to, visitor::admin};
}

/// Saves rates; those that are not named stay as they are. `version` is that of the rates the form was
/// made from: if any was changed since, nothing is saved.
#[server(endpoint = "admin/brakes/save")]
pub async fn save_brakes(
    #[server(default)] version: String,
    #[server(default)] rates: Vec<RateForm>,
) -> Result<BrakesSaved, ShopError> {
    use ssr::*;
    let actor = admin()?;
    let saved = brake_admin().save(&actor, &version, rates).await?;
    go_to(&format!("{HERE}?done=saved"));
    Ok(saved)
}
