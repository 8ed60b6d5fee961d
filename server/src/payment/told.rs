//! What is written down of a payment that someone tells of, and of its order: one look at the database says whether
//! anything is left to be asked of its provider, and by which names.

use app::orders::{payment::PaymentStatus, types::OrderStatus};

use super::{
    events::{Event, Named},
    hosted::Tried,
};
use crate::{
    db::{Sql, from_row},
    error::Result,
    store::Store,
};

/// Which payment it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which<'a> {
    /// The last one of an order.
    LastOf(&'a str),
    /// One of a provider's.
    At { provider: &'a str, named: Named<'a> },
}

/// An order, and the attempt to pay it that is told of.
pub struct Told {
    pub order_id: String,
    pub payment_method: String,
    pub total_minor: i64,
    order_status: OrderStatus,
    /// None if there is no such attempt to pay in the order's way.
    attempt_status: Option<PaymentStatus>,
    tried: Option<Tried>,
    /// Another attempt has taken its place.
    pub was_followed: bool,
    /// The event that tells of it is kept, with its effect.
    pub is_kept: bool,
}

from_row!(Told {
    order_id,
    payment_method,
    total_minor,
    order_status: "status",
    attempt_status,
    tried: row_if "attempt_id",
    was_followed,
    is_kept,
});

impl Told {
    /// Whether it is written down as taken, for an order that has its money: what is told of it changes nothing.
    pub fn is_taken(&self) -> bool {
        let has_it = match self.order_status {
            OrderStatus::Paid
            | OrderStatus::Packed
            | OrderStatus::Shipped
            | OrderStatus::Delivered
            | OrderStatus::Refunded => true,
            OrderStatus::AwaitingConfirmation
            | OrderStatus::PendingPayment
            | OrderStatus::Cancelled => false,
        };
        has_it && self.attempt_status == Some(PaymentStatus::Captured)
    }

    /// The attempt, if it is the order's last.
    pub(super) fn last(&self) -> Option<&Tried> {
        self.tried.as_ref().filter(|_| !self.was_followed)
    }
}

/// None if there is no such order.
pub async fn told(db: &Store, which: Which<'_>, event: Option<Event<'_>>) -> Result<Option<Told>> {
    let mut sql = Sql::new("SELECT ");
    Tried::push_columns(&mut sql);
    sql.push(
        ", o.payment_method, p.status AS attempt_status, \
         CASE WHEN EXISTS (SELECT 1 FROM payment_attempts n WHERE n.order_id = p.order_id \
         AND n.attempt > p.attempt) THEN 1 ELSE 0 END AS was_followed, ",
    );
    match event {
        Some(event) => event.push_is_kept(&mut sql),
        None => {
            sql.push("0 AS is_kept");
        }
    }
    match which {
        Which::LastOf(order_id) => {
            sql.push(
                " FROM orders o LEFT JOIN payment_attempts p ON p.order_id = o.id \
                 AND p.provider = o.payment_method AND p.attempt = \
                 (SELECT MAX(l.attempt) FROM payment_attempts l WHERE l.order_id = o.id) \
                 WHERE o.id = ",
            )
            .text(order_id);
        }
        Which::At {
            provider,
            named: Named::Attempt(attempt),
        } => {
            sql.push(
                " FROM orders o LEFT JOIN payment_attempts p ON p.order_id = o.id \
                 AND p.provider = o.payment_method AND p.provider = ",
            )
            .text(provider)
            .push(" AND p.attempt = ")
            .int(attempt.attempt.into())
            .push(" WHERE o.id = ")
            .text(&attempt.order_id);
        }
        Which::At {
            provider,
            named: Named::Money(reference),
        } => {
            sql.push(
                " FROM payment_attempts p JOIN orders o ON o.id = p.order_id \
                 WHERE p.provider = ",
            )
            .text(provider)
            .push(" AND (p.external_id = ")
            .text(reference)
            .push(" OR p.payment_id = ")
            .text(reference)
            .push(") LIMIT 1");
        }
    }
    sql.fetch_optional_as(db.reader()).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(order_status: OrderStatus, attempt_status: Option<PaymentStatus>) -> Told {
        Told {
            order_id: "o".to_owned(),
            payment_method: "stripe".to_owned(),
            total_minor: 100,
            order_status,
            attempt_status,
            tried: None,
            was_followed: false,
            is_kept: false,
        }
    }

    #[test]
    fn only_of_what_is_taken_for_an_order_that_has_it_nothing_is_left_to_ask() {
        let captured = Some(PaymentStatus::Captured);
        assert!(told(OrderStatus::Paid, captured).is_taken());
        assert!(told(OrderStatus::Shipped, captured).is_taken());
        // It has to go back.
        assert!(!told(OrderStatus::Cancelled, captured).is_taken());
        assert!(!told(OrderStatus::PendingPayment, captured).is_taken());
        // Another attempt has paid the order, and this one may hold money.
        for other in [
            Some(PaymentStatus::Pending),
            Some(PaymentStatus::Voided),
            None,
        ] {
            assert!(!told(OrderStatus::Paid, other).is_taken());
        }
    }
}
