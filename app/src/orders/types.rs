//! Orders as shoppers and staff see them.

use serde::{Deserialize, Serialize};

use crate::checkout::types::Contact;

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

    /// Whether its units are taken from stock.
    pub const fn holds_stock(self) -> bool {
        !matches!(self, Self::Cancelled | Self::Refunded)
    }

    /// Whether it may still be cancelled with its units given back: until it is packed.
    pub const fn can_be_cancelled(self) -> bool {
        matches!(self, Self::PendingPayment | Self::Paid)
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
    /// Milliseconds since 1970.
    pub created_at: i64,
    pub updated_at: i64,
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
    pub currency: String,
    pub created_at: i64,
}
