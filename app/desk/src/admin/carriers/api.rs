//! `/api/admin/carriers/…`. The function asks for the role itself; to others it does not exist.

use app::{error::ShopError, reply::go_to, visitor::admin};
use leptos::prelude::*;

use super::{
    page::HERE,
    ports::carrier_admin,
    types::{CarrierForm, CarriersSaved},
};

/// Puts these carriers in place of all there are; one without a name is left out. `version` is that of
/// the carriers the form was made from: if any was changed since, nothing is saved.
#[server(endpoint = "admin/carriers/save")]
pub async fn save_carriers(
    #[server(default)] version: String,
    #[server(default)] carriers: Vec<CarrierForm>,
) -> Result<CarriersSaved, ShopError> {
    let actor = admin()?;
    let saved = carrier_admin().save(&actor, &version, carriers).await?;
    go_to(&format!("{HERE}?done=saved"));
    Ok(saved)
}
