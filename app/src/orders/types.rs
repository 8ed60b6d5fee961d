//! Orders as shoppers and staff see them.

use serde::{Deserialize, Serialize};

use super::steps::Action;
use crate::contact::Contact;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderStatus {
    PendingPayment,
    Paid,
    Packed,
    Shipped,
    Delivered,
    Cancelled,
    Refunded,
}

impl OrderStatus {
    pub const ALL: [Self; 7] = [
        Self::PendingPayment,
        Self::Paid,
        Self::Packed,
        Self::Shipped,
        Self::Delivered,
        Self::Cancelled,
        Self::Refunded,
    ];

    /// As stored and in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PendingPayment => "pending_payment",
            Self::Paid => "paid",
            Self::Packed => "packed",
            Self::Shipped => "shipped",
            Self::Delivered => "delivered",
            Self::Cancelled => "cancelled",
            Self::Refunded => "refunded",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }

    pub const fn words(self) -> &'static str {
        match self {
            Self::PendingPayment => "Payment pending",
            Self::Paid => "Confirmed",
            Self::Packed => "Packed",
            Self::Shipped => "Shipped",
            Self::Delivered => "Delivered",
            Self::Cancelled => "Cancelled",
            Self::Refunded => "Refunded",
        }
    }

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

/// What happened to an order; the JSON name is also how it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    Paid,
    Packed,
    Shipped,
    Delivered,
    Cancelled,
    /// All of it was refunded.
    Refunded,
    /// One refund, of some units or of the last.
    Refund,
    /// A refund was paid back by hand.
    PaidBack,
    /// Money that was due on delivery came in.
    Received,
    /// The parcel's number was changed.
    Tracking,
    Note,
}

impl EventKind {
    pub const ALL: [Self; 11] = [
        Self::Paid,
        Self::Packed,
        Self::Shipped,
        Self::Delivered,
        Self::Cancelled,
        Self::Refunded,
        Self::Refund,
        Self::PaidBack,
        Self::Received,
        Self::Tracking,
        Self::Note,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Paid => "paid",
            Self::Packed => "packed",
            Self::Shipped => "shipped",
            Self::Delivered => "delivered",
            Self::Cancelled => "cancelled",
            Self::Refunded => "refunded",
            Self::Refund => "refund",
            Self::PaidBack => "paid_back",
            Self::Received => "received",
            Self::Tracking => "tracking",
            Self::Note => "note",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
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
    /// Of a refund, as stored: `owed`, `returned`, `by_hand`, `paid_back`, `waived`.
    pub refund_status: Option<String>,
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
    pub cancel_reason: Option<String>,
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
    /// As stored: `pending`, `due`, `captured`, `declined`, `void`, `refunded`.
    pub payment_status: String,
    /// All refunds together.
    pub refunded_minor: i64,
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

/// An order as tables show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderRow {
    pub id: String,
    pub number: String,
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
