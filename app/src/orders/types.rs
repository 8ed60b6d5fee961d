//! Orders as shoppers and staff see them.

use serde::{Deserialize, Serialize};

use super::{
    payment::{PaymentStatus, RefundStatus},
    steps::Action,
};
use crate::contact::Contact;

crate::words! {
    pub enum OrderStatus {
        /// Nothing is done until the customer confirms it by mail.
        AwaitingConfirmation = "awaiting_confirmation",
        PendingPayment = "pending_payment",
        Paid = "paid",
        Packed = "packed",
        Shipped = "shipped",
        Delivered = "delivered",
        Cancelled = "cancelled",
        Refunded = "refunded",
    }
}

impl OrderStatus {
    /// Whether something may be done to it.
    pub const fn allows(self, action: Action) -> bool {
        action.on(self).is_some()
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLine {
    pub variant_id: Option<String>,
    pub product_slug: String,
    pub title: String,
    pub variant_title: String,
    pub sku: String,
    pub picture_src: Option<String>,
    pub unit_price_minor: i64,
    pub quantity: i64,
    /// Units of these that were refunded.
    pub refunded: i64,
}

impl OrderLine {
    /// Units that were not refunded.
    pub const fn kept(&self) -> i64 {
        self.quantity - self.refunded
    }
}

crate::words! {
    /// Why an order was cancelled.
    pub enum CancelReason {
        Declined = "payment_declined",
        /// Its payment never came.
        Expired = "payment_expired",
        Staff = "cancelled_by_staff",
        Shopper = "cancelled_by_customer",
        /// Nobody confirmed it in time.
        Unconfirmed = "not_confirmed",
    }
}

crate::words! {
    /// What happened to an order.
    pub enum EventKind {
        Paid = "paid",
        Packed = "packed",
        Shipped = "shipped",
        Delivered = "delivered",
        Cancelled = "cancelled",
        /// All of it was refunded.
        Refunded = "refunded",
        /// One refund, of some units or of the last.
        Refund = "refund",
        /// A refund was paid back by hand.
        PaidBack = "paid_back",
        /// Money that was due on delivery came in.
        Received = "received",
        /// Who paid wants the money back through the bank.
        Disputed = "disputed",
        /// The bank left the money with the shop.
        DisputeWon = "dispute_won",
        /// The bank gave the money back.
        DisputeLost = "dispute_lost",
        /// The parcel's number was changed.
        Tracking = "tracking",
        Note = "note",
    }
}

/// One line of an order's time line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderEvent {
    pub kind: EventKind,
    /// Milliseconds since 1970.
    pub at: i64,
    /// Who of the staff did it; none for the shopper, for the shop itself, and for shoppers' eyes.
    pub actor: Option<String>,
    /// A note's words, or what else is to be said.
    pub text: String,
    /// Of a refund.
    pub amount_minor: Option<i64>,
    /// Of a refund.
    pub refund_status: Option<RefundStatus>,
}

/// The parcel an order left with. Each part may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Parcel {
    pub carrier: String,
    pub tracking_number: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    pub id: String,
    pub number: String,
    pub token: String,
    pub status: OrderStatus,
    pub cancel_reason: Option<CancelReason>,
    pub contact: Contact,
    pub lines: Vec<OrderLine>,
    pub currency: String,
    pub subtotal_minor: i64,
    pub shipping_minor: i64,
    pub tax_minor: i64,
    pub total_minor: i64,
    pub shipping_method: String,
    pub payment_method: String,
    /// `Card ending 4242` or `Cash on delivery`.
    pub payment_label: String,
    pub payment_status: PaymentStatus,
    /// All refunds together.
    pub refunded_minor: i64,
    /// Whether the shopper can go on to pay at the provider's page.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub waits_for_payer: bool,
    /// Until when it is, or was, to be confirmed by the link in a mail, in milliseconds since 1970;
    /// none if nobody asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirm_by: Option<i64>,
    /// Percent times 100; none where it is not known any more.
    pub tax_basis_points: Option<i64>,
    /// Once it was shipped.
    pub parcel: Option<Parcel>,
    /// Oldest first, without what only the staff sees.
    pub events: Vec<OrderEvent>,
    /// Milliseconds since 1970.
    pub created_at: i64,
    pub updated_at: i64,
}

impl Order {
    /// Whether something may be done to it as it stands.
    pub fn allows(&self, action: Action) -> bool {
        match action {
            // What is refunded in part is ended by refunding the rest.
            Action::Cancel if self.was_refunded() => false,
            action => self.status.allows(action),
        }
    }

    fn was_refunded(&self) -> bool {
        self.events
            .iter()
            .any(|event| event.kind == EventKind::Refund)
    }
}

/// Where an order stands that is confirmed by the link in a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confirmation {
    /// It can be confirmed.
    Awaited,
    Confirmed,
    /// The time for it is over.
    Lapsed,
    /// It was cancelled before.
    Cancelled,
}

impl Order {
    /// See [`Confirmation`]; `now` in milliseconds since 1970.
    pub fn confirmation(&self, now: i64) -> Confirmation {
        let is_late = self.confirm_by.is_some_and(|until| until <= now);
        match self.status {
            OrderStatus::AwaitingConfirmation if is_late => Confirmation::Lapsed,
            OrderStatus::AwaitingConfirmation => Confirmation::Awaited,
            OrderStatus::Cancelled if self.has_lapsed() => Confirmation::Lapsed,
            OrderStatus::Cancelled => Confirmation::Cancelled,
            OrderStatus::PendingPayment
            | OrderStatus::Paid
            | OrderStatus::Packed
            | OrderStatus::Shipped
            | OrderStatus::Delivered
            | OrderStatus::Refunded => Confirmation::Confirmed,
        }
    }

    /// Whether it ended because nobody confirmed it.
    pub fn has_lapsed(&self) -> bool {
        self.cancel_reason == Some(CancelReason::Unconfirmed)
    }
}

/// An order as tables show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderRow {
    pub id: String,
    pub number: String,
    /// For the staff; none before it is drawn.
    pub short_number: Option<i64>,
    pub name: String,
    pub email: String,
    pub status: OrderStatus,
    pub units: i64,
    pub total_minor: i64,
    pub refunded_minor: i64,
    /// What of the refunds was not paid back yet.
    pub owed_minor: i64,
    pub currency: String,
    pub created_at: i64,
}
