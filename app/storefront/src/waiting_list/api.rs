//! `/api/waiting-list/…`

use app::{answers::Done, error::ShopError, waiting_list::types::AllTaken};
use leptos::prelude::*;

#[cfg(feature = "ssr")]
mod ssr {
    pub use super::super::{
        page::{HERE, LEFT, SENT, of_product},
        wish::wish,
    };
    pub use app::{
        cart::api::{may_fill, remember_cart},
        locale::locale,
        reply::go_to,
        visitor::visitor,
        waiting_list::ports::{Asking, waiting_list},
    };
}

/// How the goods of a drop are, as it was a second ago at most.
#[server(endpoint = "waiting-list/taken", input = server_fn::codec::GetUrl)]
pub async fn taken_of_drop(#[server(default)] slug: String) -> Result<AllTaken, ShopError> {
    ssr::waiting_list().all_taken(&slug).await
}

/// Has a link mailed by which it is confirmed that someone waits for a variant. `product_id` names the page to go back to.
#[server(endpoint = "waiting-list/ask")]
pub async fn ask_for_sold_out(
    #[server(default)] product_id: String,
    #[server(default)] variant_id: String,
    #[server(default)] email: String,
) -> Result<Done, ShopError> {
    use ssr::*;
    let client = visitor().client;
    let asking = Asking {
        client: &client,
        locale: locale(),
        variant_id: &variant_id,
        email: &email,
    };
    waiting_list().ask(asking).await?;
    go_to(&format!("{}{SENT}", of_product(&product_id)));
    Ok(Done { ok: true })
}

/// `token` is that of the link in the e-mail.
#[server(endpoint = "waiting-list/confirm")]
pub async fn confirm_wish(#[server(default)] token: String) -> Result<Done, ShopError> {
    use ssr::*;
    waiting_list().confirm(&token).await?;
    go_to(&wish(&token));
    Ok(Done { ok: true })
}

/// Ends a wish, and passes on what was kept for it.
#[server(endpoint = "waiting-list/leave")]
pub async fn leave_list(#[server(default)] token: String) -> Result<Done, ShopError> {
    use ssr::*;
    waiting_list().leave(&token).await?;
    go_to(&format!("{HERE}{LEFT}"));
    Ok(Done { ok: true })
}

/// Puts the unit that is kept into the visitor's cart: it can be ordered from there alone.
#[server(endpoint = "waiting-list/take")]
pub async fn take_kept_unit(#[server(default)] token: String) -> Result<Done, ShopError> {
    use ssr::*;
    let visitor = visitor();
    may_fill(&visitor).await?;
    let cart = waiting_list().take(&token, visitor.cart.as_deref()).await?;
    remember_cart(&cart);
    go_to("/cart");
    Ok(Done { ok: true })
}
