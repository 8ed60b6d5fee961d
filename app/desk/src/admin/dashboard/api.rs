//! `/api/admin/dashboard/…`. The function asks for the role itself; to others it does not exist.

use app::error::ShopError;
use leptos::{prelude::*, server_fn::codec::GetUrl};

use super::types::Live;

/// How a sale is going at this moment, for staff.
#[server(endpoint = "admin/dashboard/live", input = GetUrl)]
pub async fn watch_sale() -> Result<Live, ShopError> {
    use super::ports::dashboard;
    use app::visitor::staff;
    staff()?;
    dashboard().live().await
}
