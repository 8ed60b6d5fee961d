//! Orders as those who work on them see them.

use app::orders::{
    details::OrderDetails,
    payment::{DisputeState, PaymentStatus, RefundStatus},
    steps::Action,
    types::{Order, OrderEvent, OrderStatus},
};
use serde::{Deserialize, Serialize};

/// An order with what only the staff sees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdminOrder {
    pub order: Order,
    pub details: OrderDetails,
    /// What the staff says on the phone: `#1042`.
    pub short_number: Option<i64>,
    /// Oldest first, with who did it, and with notes.
    pub events: Vec<OrderEvent>,
    /// Oldest first.
    pub refunds: Vec<Refund>,
    /// What was tried to pay it, oldest first; none of what is paid on delivery.
    pub attempts: Vec<PaymentAttempt>,
    /// What was taken to pay it and is not what it costs, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_sums: Vec<OtherSum>,
    /// Oldest first.
    pub disputes: Vec<Dispute>,
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

    /// Whether anything of it can be refunded: after the last unit, delivery still can. Of a disputed
    /// payment, the bank decides.
    pub fn allows_refund(&self) -> bool {
        if self.order.payment_status == PaymentStatus::Disputed {
            return false;
        }
        match self.order.status {
            OrderStatus::Refunded => self.shipping_left_minor() > 0,
            status => status.allows(Action::Refund),
        }
    }

    /// Whether a bank has still to decide about the money: what goes back before it has, it could give
    /// back once more.
    pub fn awaits_bank(&self) -> bool {
        self.disputes.iter().any(|dispute| dispute.state.is_open())
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

/// A payment that its payer wants back through the bank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispute {
    pub amount_minor: i64,
    pub state: DisputeState,
    /// The provider's word, such as `product_not_received`; empty of one from before it was kept.
    pub reason: String,
    /// In milliseconds since 1970, if the provider names a day.
    pub answer_until: Option<i64>,
    /// Where staff answers it; empty as the reason.
    pub link: String,
}

impl Dispute {
    /// Until when it is to be answered, while it is.
    pub fn answer_by(&self) -> Option<i64> {
        match self.state {
            DisputeState::Asked | DisputeState::NeedsAnswer => self.answer_until,
            DisputeState::UnderReview
            | DisputeState::Won
            | DisputeState::Lost
            | DisputeState::Closed => None,
        }
    }
}

/// Money that goes back, or that need not be paid any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    /// 1 for the order's first.
    pub number: i64,
    pub amount_minor: i64,
    /// What it gives back for delivery.
    pub shipping_minor: i64,
    pub status: RefundStatus,
    /// What of it a bank has given back.
    pub by_bank_minor: i64,
    /// What had gone back at the provider itself before it was sent. The amount is without it.
    #[serde(default)]
    pub elsewhere_minor: i64,
    pub restock: Restock,
    pub note: String,
    /// Why the provider sends it no more, in the provider's words; empty if it is not so.
    pub fault: String,
    pub created_at: i64,
}

impl Refund {
    /// What of it is not the bank's doing.
    pub const fn by_shop_minor(&self) -> i64 {
        self.amount_minor - self.by_bank_minor
    }
}

/// One attempt to pay an order. Times are in milliseconds since 1970, and none if it did not come to that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentAttempt {
    /// 1 for the order's first.
    pub number: i64,
    pub status: PaymentStatus,
    pub amount_minor: i64,
    /// What is being taken, which a bank has still to confirm.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub pending_minor: i64,
    pub began_at: i64,
    pub authorised_at: Option<i64>,
    pub captured_at: Option<i64>,
    pub voided_at: Option<i64>,
    /// When someone of the staff asked for it to be released. While it is pending, the provider has not done it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release_wanted_at: Option<i64>,
    /// Who of the staff had it captured or released by hand.
    pub asked_by: Option<String>,
    /// Where staff sees it at the provider.
    pub link: Option<String>,
}

/// What an attempt took that is not what the order costs, such as a part that someone has captured at the provider. It
/// goes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherSum {
    pub attempt: i64,
    pub captured_minor: i64,
    /// Of the payment, which may not be the order's.
    pub currency: String,
    /// What the provider has sent back, and what it is at beside that.
    pub returned_minor: i64,
    pub pending_minor: i64,
    /// What someone has paid back another way.
    pub by_hand_minor: i64,
    /// Why the provider has not sent all of it, in its words; empty if it is not so.
    pub fault: String,
    pub found_at: i64,
}

impl OtherSum {
    /// What is neither back nor on its way.
    pub const fn open_minor(&self) -> i64 {
        self.captured_minor - self.returned_minor - self.pending_minor - self.by_hand_minor
    }
}

/// Serde passes references.
const fn is_nothing(minor: &i64) -> bool {
    *minor == 0
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
    /// What of both had gone back at the payment provider itself.
    #[serde(default)]
    pub elsewhere_minor: i64,
    /// What is to be sent.
    pub amount_minor: i64,
    /// Whether nothing is left of the order after it.
    pub ends_order: bool,
}
