//! `/api/admin/drops/…` of the pages beside the editor: every function asks for the role itself; to others it does not
//! exist.

use app::{error::ShopError, visitor::admin};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use super::{
    live::{LiveDrop, shown},
    ports::drop_desk,
};

/// How a drop goes at this moment, in the words of its page.
#[server(endpoint = "admin/drops/live", input = GetUrl)]
pub async fn watch_drop(#[server(default)] id: String) -> Result<LiveDrop, ShopError> {
    admin()?;
    let watched = drop_desk().watch(&id).await?;
    Ok(shown(&watched))
}
