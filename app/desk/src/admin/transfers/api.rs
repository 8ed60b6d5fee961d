//! `/api/admin/transfers/…`. The functions ask for the role themselves; to others they do not exist.

use app::{error::ShopError, orders::types::Order, reply::go_to, visitor::confirmed_staff};
use leptos::prelude::*;

use super::{
    list::HERE,
    ports::{NewTransfer, transfer_admin},
};

/// Records a payment that came for an order: `amount` as people write it, `day` as `2026-11-29`. `key` is
/// the form's, 16 to 64 characters: sent again, it is recorded once.
#[server(endpoint = "admin/transfers/record")]
pub async fn record_transfer(
    #[server(default)] id: String,
    #[server(default)] amount: String,
    #[server(default)] day: String,
    #[server(default)] note: String,
    #[server(default)] key: String,
) -> Result<Order, ShopError> {
    let actor = confirmed_staff()?;
    let new = NewTransfer {
        amount,
        day,
        note,
        key,
    };
    let order = transfer_admin().record(&actor, &id, new).await?;
    go_to(&format!("{HERE}/{}?done=recorded", order.id));
    Ok(order)
}

/// Notes that what had to go back of a payment, `transfer`, did.
#[server(endpoint = "admin/transfers/returned")]
pub async fn return_transfer(
    #[server(default)] id: String,
    #[server(default)] transfer: String,
) -> Result<Order, ShopError> {
    let actor = confirmed_staff()?;
    let order = transfer_admin().returned(&actor, &id, &transfer).await?;
    go_to(&format!("{HERE}/{}?done=returned", order.id));
    Ok(order)
}
