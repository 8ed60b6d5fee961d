//! `/api/admin/brakes/…`. The function asks for the role itself; to others it does not exist.

use app::{error::ShopError, reply::go_to, visitor::admin};
use leptos::prelude::*;

use super::{
    page::HERE,
    ports::brake_admin,
    types::{BrakesSaved, HeldForm, RateForm},
};

/// Saves rates, and how many units unpaid orders may hold; what is not named stays as it is. `version` is that of the rates the form was
/// made from: if any was changed since, nothing is saved.
#[server(endpoint = "admin/brakes/save")]
pub async fn save_brakes(
    #[server(default)] version: String,
    #[server(default)] rates: Vec<RateForm>,
    #[server(default)] held: Vec<HeldForm>,
) -> Result<BrakesSaved, ShopError> {
    let actor = admin()?;
    let saved = brake_admin().save(&actor, &version, rates, held).await?;
    go_to(&format!("{HERE}?done=saved"));
    Ok(saved)
}
