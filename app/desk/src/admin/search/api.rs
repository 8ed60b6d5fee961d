//! `/api/admin/search`. The function asks for the role itself; to others it does not exist.

use app::error::ShopError;
use leptos::{prelude::*, server_fn::codec::GetUrl};

use super::types::Found;

/// Orders, products, customers and pages for what was typed, a few of each.
#[server(endpoint = "admin/search", input = GetUrl)]
pub async fn search_admin(#[server(default)] q: String) -> Result<Found, ShopError> {
    use super::{find::find, ports::admin_search};
    use app::visitor::staff;
    let account = staff()?;
    find(&*admin_search(), &account, &q).await
}
