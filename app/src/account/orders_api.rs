//! Orders of the account that is signed in: `/api/account/orders`, `…/orders/cancel`, `…/orders/again`

use leptos::prelude::*;

use super::types::{OrderedAgain, OwnOrderRow};
use crate::{answers::Paged, error::ShopError, orders::types::Order};

#[cfg(feature = "ssr")]
use super::api::ssr::*;
#[cfg(feature = "ssr")]
const ORDERS: &str = "/account/orders";

/// Newest first; `page` begins at 1.
#[server(endpoint = "account/orders", input = server_fn::codec::GetUrl)]
pub async fn own_orders(
    #[server(default)] page: Option<i64>,
) -> Result<Paged<OwnOrderRow>, ShopError> {
    let account = signed_in(ORDERS)?;
    super::ports::own_orders()
        .list(&account, page.unwrap_or(1))
        .await
}

/// Cancels an order that is not packed.
#[server(endpoint = "account/orders/cancel")]
pub async fn cancel_own_order(#[server(default)] id: String) -> Result<Order, ShopError> {
    let account = signed_in(ORDERS)?;
    let order = super::ports::own_orders().cancel(&account, &id).await?;
    go_to(&format!("{ORDERS}/{}?done=cancelled", order.id));
    Ok(order)
}

/// Puts what is still sold of an order into the cart.
#[server(endpoint = "account/orders/again")]
pub async fn order_again(#[server(default)] id: String) -> Result<OrderedAgain, ShopError> {
    let account = signed_in(ORDERS)?;
    let reordered = super::ports::own_orders()
        .again(&account, visitor().cart.as_deref(), &id)
        .await?;
    if reordered.outcome.added > 0 {
        crate::cart::api::remember_cart(&reordered.token);
    }
    // The order is theirs, so its id is well-formed.
    go_to(&format!("/cart?again={id}"));
    Ok(reordered.outcome)
}
