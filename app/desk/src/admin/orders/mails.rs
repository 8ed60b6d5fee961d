//! Sending an e-mail about an order once more, for a customer who cannot find it.

use app::{
    orders::types::OrderStatus,
    ui::{
        form::PageField,
        icon::{Icon, icon},
    },
};
use leptos::prelude::*;

use super::{said, types::AdminOrder};

app::words! {
    /// An e-mail that an order has had, and can have again.
    pub enum OrderMail {
        /// The link that confirms the order.
        ToConfirm = "to_confirm",
        /// Where to send the money, and by when.
        PaymentDetails = "payment_details",
        Confirmation = "confirmation",
        /// With the link to follow the parcel.
        Shipped = "shipped",
    }
}

impl OrderMail {
    /// Those that can be sent again, the first first. `pay_by` is until when a transfer is waited for. Before it is
    /// paid there is nothing to confirm, and other e-mails tell of money that went back.
    pub const fn of(status: OrderStatus, pay_by: Option<i64>) -> &'static [Self] {
        match (status, pay_by) {
            (OrderStatus::AwaitingConfirmation, _) => &[Self::ToConfirm],
            (OrderStatus::PendingPayment, Some(_)) => &[Self::PaymentDetails],
            (OrderStatus::PendingPayment, None)
            | (OrderStatus::Cancelled | OrderStatus::Refunded, _) => &[],
            (OrderStatus::Paid | OrderStatus::Packed, _) => &[Self::Confirmation],
            (OrderStatus::Shipped | OrderStatus::Delivered, _) => {
                &[Self::Confirmation, Self::Shipped]
            }
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::ToConfirm => said().resend_link(),
            Self::PaymentDetails => said().resend_payment_details(),
            Self::Confirmation => said().resend_confirmation(),
            Self::Shipped => said().resend_shipping(),
        }
    }
}

/// Nothing where there is none to send.
pub fn resend_form(desk: &AdminOrder) -> Option<AnyView> {
    let order = &desk.order;
    let pay_by = order.awaits_transfer().map(|transfer| transfer.until);
    let mails = OrderMail::of(order.status, pay_by);
    if mails.is_empty() {
        return None;
    }
    let buttons: Vec<_> = mails
        .iter()
        .map(|mail| {
            view! {
                <button class="btn btn-small" type="submit" name="mail" value=mail.as_str()>
                    {icon(Icon::Mail)} {mail.words()}
                </button>
            }
        })
        .collect();
    let view = view! {
        <form class="row" action="/api/admin/orders/resend" method="post">
            <PageField/>
            <input type="hidden" name="id" value=order.id.clone()/>
            <input type="hidden" name="key" value=desk.form_key.clone()/>
            {buttons}
        </form>
    };
    Some(view.into_any())
}
