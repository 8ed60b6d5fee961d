//! `/api/admin/orders/…`: what the staff does with orders. Every function asks for the role itself.

use app::{
    answers::Done,
    error::ShopError,
    orders::{
        ports::orders,
        types::{Order, Parcel},
    },
    reply::go_to,
    visitor::{confirmed_admin, confirmed_staff, staff},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    ports::{NewNote, NewRefund, order_admin},
    refund::{request, whole_number},
};

/// Units of one line to refund, as typed. The line's place in the order, from 0, is said outright:
/// a list that is sent with gaps arrives without them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RefundLine {
    pub position: String,
    pub units: String,
}

fn on_to(order: Order) -> Order {
    go_to(&format!("/admin/orders/{}", order.id));
    order
}

/// Confirms an order in its customer's place.
#[server(endpoint = "admin/orders/confirm")]
pub async fn confirm_for_customer(#[server(default)] id: String) -> Result<Order, ShopError> {
    let actor = staff()?;
    order_admin().confirm(&actor, &id).await.map(on_to)
}

#[server(endpoint = "admin/orders/pack")]
pub async fn pack_order(#[server(default)] id: String) -> Result<Order, ShopError> {
    let actor = staff()?;
    order_admin().pack(&actor, &id).await.map(on_to)
}

/// Both fields may be empty, as for parcels that someone picks up.
#[server(endpoint = "admin/orders/ship")]
pub async fn ship_order(
    #[server(default)] id: String,
    #[server(flatten)] parcel: Parcel,
) -> Result<Order, ShopError> {
    let actor = staff()?;
    order_admin().ship(&actor, &id, parcel).await.map(on_to)
}

#[server(endpoint = "admin/orders/deliver")]
pub async fn deliver_order(#[server(default)] id: String) -> Result<Order, ShopError> {
    let actor = staff()?;
    order_admin().deliver(&actor, &id).await.map(on_to)
}

#[server(endpoint = "admin/orders/tracking")]
pub async fn change_tracking(
    #[server(default)] id: String,
    #[server(flatten)] parcel: Parcel,
) -> Result<Order, ShopError> {
    let actor = staff()?;
    let desk = order_admin();
    desk.change_parcel(&actor, &id, parcel).await.map(on_to)
}

/// Notes that the money that was due on delivery came in.
#[server(endpoint = "admin/orders/receive")]
pub async fn receive_payment(#[server(default)] id: String) -> Result<Order, ShopError> {
    let actor = staff()?;
    order_admin().receive(&actor, &id).await.map(on_to)
}

/// Notes that a refund, which nobody but the staff could pay back, was. `number` counts the order's
/// refunds.
#[server(endpoint = "admin/orders/paid-back")]
pub async fn paid_back(
    #[server(default)] id: String,
    #[server(default)] number: String,
) -> Result<Order, ShopError> {
    let actor = confirmed_staff()?;
    let number = whole_number("number", &number)?;
    let desk = order_admin();
    desk.paid_back(&actor, &id, number).await.map(on_to)
}

/// Notes that a sum that was taken and is not what the order costs went back by hand. `attempt` counts the order's
/// attempts to pay.
#[server(endpoint = "admin/orders/sum-returned")]
pub async fn sum_returned(
    #[server(default)] id: String,
    #[server(default)] attempt: String,
) -> Result<Order, ShopError> {
    let actor = confirmed_staff()?;
    let attempt = whole_number("attempt", &attempt)?;
    let desk = order_admin();
    desk.sum_returned(&actor, &id, attempt).await.map(on_to)
}

/// Refunds units of an order, delivery, or with `all` what is left of it. `number` counts the
/// order's refunds; the amount is worked out here and only compared with `expected_minor`.
#[server(endpoint = "admin/orders/refund")]
pub async fn refund_order(
    #[server(default)] id: String,
    #[server(default)] lines: Vec<RefundLine>,
    #[server(default)] all: String,
    #[server(default)] shipping: String,
    #[server(default)] restock: String,
    #[server(default)] note: String,
    #[server(default)] number: String,
    #[server(default)] key: String,
    #[server(default)] expected_minor: String,
) -> Result<Order, ShopError> {
    let actor = confirmed_staff()?;
    let new = NewRefund {
        request: request(&lines, &all, &shipping, &restock, note)?,
        number: whole_number("number", &number)?,
        key,
        expected_minor: match expected_minor.trim() {
            "" => None,
            text => Some(whole_number("expected_minor", text)?),
        },
    };
    order_admin().refund(&actor, &id, new).await.map(on_to)
}

/// Takes what the provider holds for an order that waits for its payment.
#[server(endpoint = "admin/orders/capture-payment")]
pub async fn capture_payment(
    #[server(default)] id: String,
    #[server(default)] key: String,
) -> Result<Order, ShopError> {
    let actor = confirmed_admin()?;
    let desk = order_admin();
    desk.capture_payment(&actor, &id, &key).await.map(on_to)
}

/// Lets go of what the provider holds for an order.
#[server(endpoint = "admin/orders/void-payment")]
pub async fn void_payment(
    #[server(default)] id: String,
    #[server(default)] key: String,
) -> Result<Order, ShopError> {
    let actor = confirmed_admin()?;
    let desk = order_admin();
    desk.void_payment(&actor, &id, &key).await.map(on_to)
}

/// Writes a note that only the staff sees.
#[server(endpoint = "admin/orders/note")]
pub async fn note_on_order(
    #[server(default)] id: String,
    #[server(default)] note: String,
    #[server(default)] key: String,
) -> Result<Done, ShopError> {
    let actor = staff()?;
    let new = NewNote { text: note, key };
    order_admin().note(&actor, &id, new).await?;
    go_to(&format!("/admin/orders/{id}"));
    Ok(Done { ok: true })
}

/// Sends an e-mail about an order to its customer once more.
#[server(endpoint = "admin/orders/resend")]
pub async fn resend_mail(
    #[server(default)] id: String,
    #[server(default)] mail: String,
    #[server(default)] key: String,
) -> Result<Done, ShopError> {
    let actor = staff()?;
    order_admin().resend(&actor, &id, &mail, &key).await?;
    go_to(&format!("/admin/orders/{id}?done=resent"));
    Ok(Done { ok: true })
}

/// Cancels an order and gives its units back.
#[server(endpoint = "admin/orders/cancel")]
pub async fn cancel_order(#[server(default)] id: String) -> Result<Order, ShopError> {
    let actor = confirmed_staff()?;
    let order = orders().cancel(&actor, &id).await?;
    go_to(&format!("/admin/orders/{}", order.id));
    Ok(order)
}
