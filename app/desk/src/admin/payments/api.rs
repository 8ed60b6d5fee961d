//! `/api/admin/payments/…`. The function asks for the role itself; to others it does not exist.

use app::error::ShopError;
use leptos::prelude::*;

use super::types::Comparison;

mod ssr {
    pub use super::super::{page::HERE, ports::payment_books};
    pub use app::{reply::go_to, visitor::admin};
}

/// Compares the shop's payments with its providers' now.
#[server(endpoint = "admin/payments/compare")]
pub async fn compare_payments() -> Result<Vec<Comparison>, ShopError> {
    use ssr::*;
    admin()?;
    let compared = payment_books().compare().await?;
    go_to(&format!("{HERE}?done=compared"));
    Ok(compared)
}
