//! `/api/drops/…`

use app::{answers::Done, drops::types::ShopTime, error::ShopError};
use leptos::prelude::*;

#[cfg(feature = "ssr")]
mod ssr {
    pub use super::super::reminder::{CONFIRMED, SENT};
    pub use app::{drops::ports::drops, locale::locale, reply::go_to, visitor::visitor};
}

/// The time of all nodes: countdowns show how long it takes by this, not by a browser's clock.
#[server(endpoint = "drops/time", input = server_fn::codec::GetUrl)]
pub async fn time_of_shop() -> Result<ShopTime, ShopError> {
    let now = ssr::drops().now();
    Ok(ShopTime { now })
}

/// Has a link mailed by which a reminder is confirmed.
#[server(endpoint = "drops/remind")]
pub async fn remind_of_drop(
    #[server(default)] slug: String,
    #[server(default)] email: String,
) -> Result<Done, ShopError> {
    use ssr::*;
    let client = visitor().client;
    drops().remind(&client, locale(), &slug, &email).await?;
    go_to(SENT);
    Ok(Done { ok: true })
}

/// `token` is that of the link in the e-mail.
#[server(endpoint = "drops/remind/confirm")]
pub async fn confirm_reminder(#[server(default)] token: String) -> Result<Done, ShopError> {
    use ssr::*;
    drops().confirm(&token).await?;
    go_to(&format!("/reminders/{token}{CONFIRMED}"));
    Ok(Done { ok: true })
}
