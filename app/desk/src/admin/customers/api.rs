//! `/api/admin/customers/erase`, `…/sign-out`. The export is a download, and so a route of its own.

use app::{answers::Done, error::ShopError};
use leptos::prelude::*;

/// Erases a customer's personal data for good; `email` is typed to say yes.
#[server(endpoint = "admin/customers/erase")]
pub async fn erase_customer(
    #[server(default)] id: String,
    #[server(default)] email: String,
) -> Result<Done, ShopError> {
    use super::ports::customers;
    use app::{reply::go_to, visitor::confirmed_admin};
    let actor = confirmed_admin()?;
    customers().erase(&actor, &id, &email).await?;
    go_to("/admin/customers?done=erased");
    Ok(Done { ok: true })
}

/// Ends all sessions of a customer's account.
#[server(endpoint = "admin/customers/sign-out")]
pub async fn sign_out_customer(#[server(default)] id: String) -> Result<Done, ShopError> {
    use super::ports::customers;
    use app::{reply::go_to, visitor::admin};
    let actor = admin()?;
    customers().sign_out(&actor, &id).await?;
    go_to(&format!("/admin/customers/{id}?done=signed-out"));
    Ok(Done { ok: true })
}
