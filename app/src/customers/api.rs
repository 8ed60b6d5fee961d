//! `/api/admin/customers/erase`. The export is a download, and so a route of its own.

use leptos::prelude::*;

use crate::{admin::types::Done, error::ShopError};

/// Erases a customer's personal data for good; `email` is typed to say yes.
#[server(endpoint = "admin/customers/erase")]
pub async fn erase_customer(
    #[server(default)] id: String,
    #[server(default)] email: String,
) -> Result<Done, ShopError> {
    use crate::{
        ports::{confirmed_admin, shop},
        reply::go_to,
    };
    let actor = confirmed_admin()?;
    shop().customers.erase(&actor, &id, &email).await?;
    go_to("/admin/customers?done=erased");
    Ok(Done { ok: true })
}
