//! `/api/admin/drops/…` of the pages beside the editor: every function asks for the role itself; to others it does not
//! exist.

use app::{answers::Done, error::ShopError, reply::go_to, visitor::admin};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use super::{
    live::{LiveDrop, shown},
    ports::drop_desk,
    ways::DROPS,
};

/// How a drop goes at this moment, in the words of its page.
#[server(endpoint = "admin/drops/live", input = GetUrl)]
pub async fn watch_drop(#[server(default)] id: String) -> Result<LiveDrop, ShopError> {
    admin()?;
    let watched = drop_desk().watch(&id).await?;
    Ok(shown(&watched))
}

/// Keeps the report of a drop in the audit log.
#[server(endpoint = "admin/drops/report/keep")]
pub async fn keep_drop_report(#[server(default)] id: String) -> Result<Done, ShopError> {
    let actor = admin()?;
    drop_desk().keep_report(&actor, &id).await?;
    go_to(&format!("{DROPS}/{id}/report"));
    Ok(Done { ok: true })
}
