//! The steps an order may take. What is not listed here cannot be written: see the server's
//! `orders::step`, and the trigger `orders_next_status` for those who go past it.

use super::types::OrderStatus;

/// Something that is done to an order and changes its status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// The customer said so by mail.
    Confirm,
    /// The same of an order that then waits for its payment.
    ConfirmUnpaid,
    /// Its payment came in.
    Pay,
    Pack,
    Ship,
    Deliver,
    Cancel,
    /// Its last units are refunded.
    Refund,
}

impl Action {
    pub const ALL: [Self; 8] = [
        Self::Confirm,
        Self::ConfirmUnpaid,
        Self::Pay,
        Self::Pack,
        Self::Ship,
        Self::Deliver,
        Self::Cancel,
        Self::Refund,
    ];

    /// The step this is for an order in `status`; `None` if it cannot be done to it.
    pub const fn on(self, status: OrderStatus) -> Option<Transition> {
        match status {
            OrderStatus::AwaitingConfirmation => match self {
                Self::Confirm => Some(Transition::Confirm),
                Self::ConfirmUnpaid => Some(Transition::ConfirmUnpaid),
                Self::Cancel => Some(Transition::CancelUnconfirmed),
                Self::Pay | Self::Pack | Self::Ship | Self::Deliver | Self::Refund => None,
            },
            OrderStatus::PendingPayment => match self {
                Self::Pay => Some(Transition::Pay),
                Self::Cancel => Some(Transition::CancelUnpaid),
                Self::Confirm
                | Self::ConfirmUnpaid
                | Self::Pack
                | Self::Ship
                | Self::Deliver
                | Self::Refund => None,
            },
            OrderStatus::Paid => match self {
                Self::Pack => Some(Transition::Pack),
                Self::Cancel => Some(Transition::CancelPaid),
                Self::Refund => Some(Transition::RefundPaid),
                Self::Confirm | Self::ConfirmUnpaid | Self::Pay | Self::Ship | Self::Deliver => {
                    None
                }
            },
            OrderStatus::Packed => match self {
                Self::Ship => Some(Transition::Ship),
                Self::Refund => Some(Transition::RefundPacked),
                Self::Confirm
                | Self::ConfirmUnpaid
                | Self::Pay
                | Self::Pack
                | Self::Deliver
                | Self::Cancel => None,
            },
            OrderStatus::Shipped => match self {
                Self::Deliver => Some(Transition::Deliver),
                Self::Refund => Some(Transition::RefundShipped),
                Self::Confirm
                | Self::ConfirmUnpaid
                | Self::Pay
                | Self::Pack
                | Self::Ship
                | Self::Cancel => None,
            },
            OrderStatus::Delivered => match self {
                Self::Refund => Some(Transition::RefundDelivered),
                Self::Confirm
                | Self::ConfirmUnpaid
                | Self::Pay
                | Self::Pack
                | Self::Ship
                | Self::Deliver
                | Self::Cancel => None,
            },
            OrderStatus::Cancelled | OrderStatus::Refunded => None,
        }
    }

    /// What was to be done, as a participle: `packed`.
    pub const fn done(self) -> &'static str {
        match self {
            Self::Confirm | Self::Pay => "paid",
            Self::ConfirmUnpaid => "pending_payment",
            Self::Pack => "packed",
            Self::Ship => "shipped",
            Self::Deliver => "delivered",
            Self::Cancel => "cancelled",
            Self::Refund => "refunded",
        }
    }
}

/// A step from one status to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Transition {
    Confirm,
    ConfirmUnpaid,
    CancelUnconfirmed,
    Pay,
    CancelUnpaid,
    CancelPaid,
    Pack,
    Ship,
    Deliver,
    RefundPaid,
    RefundPacked,
    RefundShipped,
    RefundDelivered,
}

impl Transition {
    pub const ALL: [Self; 13] = [
        Self::Confirm,
        Self::ConfirmUnpaid,
        Self::CancelUnconfirmed,
        Self::Pay,
        Self::CancelUnpaid,
        Self::CancelPaid,
        Self::Pack,
        Self::Ship,
        Self::Deliver,
        Self::RefundPaid,
        Self::RefundPacked,
        Self::RefundShipped,
        Self::RefundDelivered,
    ];

    pub const fn from(self) -> OrderStatus {
        match self {
            Self::Confirm | Self::ConfirmUnpaid | Self::CancelUnconfirmed => {
                OrderStatus::AwaitingConfirmation
            }
            Self::Pay | Self::CancelUnpaid => OrderStatus::PendingPayment,
            Self::CancelPaid | Self::Pack | Self::RefundPaid => OrderStatus::Paid,
            Self::Ship | Self::RefundPacked => OrderStatus::Packed,
            Self::Deliver | Self::RefundShipped => OrderStatus::Shipped,
            Self::RefundDelivered => OrderStatus::Delivered,
        }
    }

    pub const fn to(self) -> OrderStatus {
        match self {
            Self::Confirm | Self::Pay => OrderStatus::Paid,
            Self::ConfirmUnpaid => OrderStatus::PendingPayment,
            Self::CancelUnconfirmed | Self::CancelUnpaid | Self::CancelPaid => {
                OrderStatus::Cancelled
            }
            Self::Pack => OrderStatus::Packed,
            Self::Ship => OrderStatus::Shipped,
            Self::Deliver => OrderStatus::Delivered,
            Self::RefundPaid | Self::RefundPacked | Self::RefundShipped | Self::RefundDelivered => {
                OrderStatus::Refunded
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Action, OrderStatus, Transition};
    use OrderStatus::*;

    /// Every status with every other; `1` where a step leads from the row to the column.
    #[test]
    fn steps_lead_where_the_table_says_and_nowhere_else() {
        let table = [
            //                 awaiting pending paid packed shipped delivered cancelled refunded
            (AwaitingConfirmation, [0, 1, 1, 0, 0, 0, 1, 0]),
            (PendingPayment, [0, 0, 1, 0, 0, 0, 1, 0]),
            (Paid, [0, 0, 0, 1, 0, 0, 1, 1]),
            (Packed, [0, 0, 0, 0, 1, 0, 0, 1]),
            (Shipped, [0, 0, 0, 0, 0, 1, 0, 1]),
            (Delivered, [0, 0, 0, 0, 0, 0, 0, 1]),
            (Cancelled, [0, 0, 0, 0, 0, 0, 0, 0]),
            (Refunded, [0, 0, 0, 0, 0, 0, 0, 0]),
        ];
        for (from, row) in table {
            for (to, ways) in OrderStatus::ALL.into_iter().zip(row) {
                let found = Transition::ALL
                    .into_iter()
                    .filter(|step| step.from() == from && step.to() == to)
                    .count();
                assert_eq!(found, ways, "{from:?} to {to:?}");
                let actions = Action::ALL
                    .into_iter()
                    .filter_map(|action| action.on(from))
                    .filter(|step| step.to() == to)
                    .count();
                assert_eq!(actions, ways, "actions from {from:?} to {to:?}");
            }
        }
    }

    #[test]
    fn an_action_begins_where_the_order_is() {
        for action in Action::ALL {
            for status in OrderStatus::ALL {
                if let Some(step) = action.on(status) {
                    assert_eq!(step.from(), status, "{action:?}");
                    assert_eq!(step.to().as_str(), action.done(), "{action:?}");
                }
            }
        }
    }

    #[test]
    fn what_is_cancelled_or_refunded_stays_so() {
        for action in Action::ALL {
            assert_eq!(action.on(Cancelled), None);
            assert_eq!(action.on(Refunded), None);
        }
    }
}
