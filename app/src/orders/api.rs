//! `/api/orders/…`

use leptos::prelude::*;

use super::types::Order;
use crate::error::ShopError;

/// Confirms the order that the link of a mail leads to. `token` is the link's.
#[server(endpoint = "orders/confirm")]
pub async fn confirm_order(#[server(default)] token: String) -> Result<Order, ShopError> {
    use super::ports::orders;
    use crate::reply::go_to;
    let order = orders().confirm(&token).await?;
    go_to(&format!("/orders/{}", order.token));
    Ok(order)
}

/// Finds an order by its number and the e-mail address it was placed with.
#[server(endpoint = "orders/look-up")]
pub async fn look_up_order(
    #[server(default)] number: String,
    #[server(default)] email: String,
) -> Result<Order, ShopError> {
    use super::ports::orders;
    use crate::reply::go_to;
    let order = orders().look_up(&number, &email).await?;
    go_to(&format!("/orders/{}", order.token));
    Ok(order)
}
