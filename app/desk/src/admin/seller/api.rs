//! `/api/admin/seller/…`. The function asks for the role itself; to others it does not exist.

use app::{error::ShopError, reply::go_to, seller::Seller, visitor::confirmed_admin};
use leptos::prelude::*;

use super::{page::HERE, ports::seller_admin, types::SellerSaved};

/// Saves all of the seller's data at once; any field may be empty. `version` is that of the data the
/// form was made from: if it was changed since, nothing is saved.
#[server(endpoint = "admin/seller/save")]
pub async fn save_seller(
    #[server(default)] version: String,
    #[server(default)] name: String,
    #[server(default)] represented_by: String,
    #[server(default)] street: String,
    #[server(default)] postal_code: String,
    #[server(default)] city: String,
    #[server(default)] country: String,
    #[server(default)] register: String,
    #[server(default)] vat_id: String,
    #[server(default)] email: String,
    #[server(default)] phone: String,
) -> Result<SellerSaved, ShopError> {
    let actor = confirmed_admin()?;
    let seller = Seller {
        name,
        represented_by,
        street,
        postal_code,
        city,
        country,
        register,
        vat_id,
        email,
        phone,
    };
    let saved = seller_admin().save(&actor, &version, seller).await?;
    go_to(&format!("{HERE}?done=saved"));
    Ok(saved)
}
