//! `/api/admin/system/…`. The function asks for the role itself; to others it does not exist.

use app::error::ShopError;
use leptos::{prelude::*, server_fn::codec::GetUrl};

use super::types::SystemLive;

/// How the server does that answers, for admins.
#[server(endpoint = "admin/system/live", input = GetUrl)]
pub async fn watch_system() -> Result<SystemLive, ShopError> {
    use super::ports::system;
    use app::visitor::admin;
    admin()?;
    system().live().await
}
