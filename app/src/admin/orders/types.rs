//! Orders as those who work on them see them.

use serde::{Deserialize, Serialize};

use crate::orders::{
    payment::{PaymentStatus, RefundStatus},
    steps::Action,
    types::{Order, OrderEvent, OrderStatus},
};

/// An order with what only the staff sees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdminOrder {
    pub order: Order,
    /// What the staff says on the phone: `#1042`.
    pub short_number: Option<i64>,
    /// Oldest first, with who did it, and with notes.
    pub events: Vec<OrderEvent>,
    /// Oldest first.
    pub refunds: Vec<Refund>,
    /// A new key for a form that must take effect once.
    pub form_key: String,
}

impl AdminOrder {
    /// What is still to come in on delivery.
    pub fn due_minor(&self) -> i64 {
        match self.order.payment_status {
            PaymentStatus::Due => self.order.total_minor - self.order.refunded_minor,
            PaymentStatus::Pending
            | PaymentStatus::Authorised
            | PaymentStatus::Captured
            | PaymentStatus::Disputed
            | PaymentStatus::Declined
            | PaymentStatus::Voided
            | PaymentStatus::Refunded => 0,
        }
    }

    /// Whether anything of it can be refunded: after the last unit, delivery still can.
    pub fn allows_refund(&self) -> bool {
        match self.order.status {
            OrderStatus::Refunded => self.shipping_left_minor() > 0,
            status => status.allows(Action::Refund),
        }
    }

    /// What of the price of delivery was not refunded.
    pub fn shipping_left_minor(&self) -> i64 {
        let refunded: i64 = self
            .refunds
            .iter()
            .map(|refund| refund.shipping_minor)
            .sum();
        self.order.shipping_minor - refunded
    }
}

/// Money that goes back, or that need not be paid any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    /// 1 for the order's first.
    pub number: i64,
    pub amount_minor: i64,
    /// How much of it is for delivery.
    pub shipping_minor: i64,
    pub status: RefundStatus,
    pub restock: Restock,
    pub note: String,
    pub created_at: i64,
}

/// What becomes of refunded units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Restock {
    /// They are for sale again.
    ToStock,
    /// They are lost, or stay with the shopper.
    Not,
}

/// Whether the price of delivery is refunded as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShippingRefund {
    Include,
    LeaveOut,
}

/// What to refund. The amount is not among it: the server works it out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundRequest {
    pub units: RefundUnits,
    pub shipping: ShippingRefund,
    pub restock: Restock,
    /// For the staff.
    pub note: String,
}

/// Which units of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefundUnits {
    /// All that were not refunded before.
    Rest,
    /// By the line's place in the order, from 0.
    Some(Vec<(usize, i64)>),
}

/// A refund worked out, not made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// Units by the line's place in the order, without zeros.
    pub units: Vec<(usize, i64)>,
    pub goods_minor: i64,
    pub shipping_minor: i64,
    pub amount_minor: i64,
    /// Whether nothing is left of the order after it.
    pub ends_order: bool,
}
