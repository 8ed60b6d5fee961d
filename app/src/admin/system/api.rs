//! `/api/admin/system/…`. The function asks for the role itself; to others it does not exist.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use super::types::SystemLive;
use crate::error::ShopError;

/// How the server does that answers, for admins.
#[server(endpoint = "admin/system/live", input = GetUrl)]
pub async fn watch_system() -> Result<SystemLive, ShopError> {
    use super::ports::system;
    use crate::visitor::admin;
    admin()?;
    system().live().await
}
