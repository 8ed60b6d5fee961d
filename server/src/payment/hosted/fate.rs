//! What becomes of money that is set aside. One place decides, under the order's lock and last before the provider is
//! asked to capture.

use app::orders::{payment::PaymentStatus, types::OrderStatus};

use super::{Hosted, attempts::Tried};
use crate::{
    db::{Sql, from_row, unindexed},
    error::Result,
    payment::{
        ProviderError,
        port::{Money, Payment},
    },
};

/// Whether an attempt is to hold nothing any more although its order waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Release {
    /// Someone has asked for that, or another attempt has taken its place.
    Wanted,
    NotWanted,
}

impl Release {
    pub(super) const fn of(wanted_at: Option<i64>) -> Self {
        match wanted_at {
            Some(_) => Self::Wanted,
            None => Self::NotWanted,
        }
    }
}

/// What becomes of what an attempt holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// Its order holds its units.
    Capture,
    /// It is let go of, and the order can be paid again.
    Release,
    /// It is let go of: the order has ended, or is paid.
    Void,
}

impl Fate {
    const fn of(order: OrderStatus, release: Release) -> Self {
        match (order, release) {
            (OrderStatus::PendingPayment, Release::NotWanted) => Self::Capture,
            (OrderStatus::PendingPayment, Release::Wanted) => Self::Release,
            (
                OrderStatus::AwaitingConfirmation
                | OrderStatus::Paid
                | OrderStatus::Packed
                | OrderStatus::Shipped
                | OrderStatus::Delivered
                | OrderStatus::Cancelled
                | OrderStatus::Refunded,
                Release::Wanted | Release::NotWanted,
            ) => Self::Void,
        }
    }
}

/// Permission to capture, once. Nothing but a decision gives one, and nothing is captured without.
pub(super) struct MayCapture {
    reference: String,
    total: Money,
}

pub(super) enum Decided {
    Capture(MayCapture),
    Release,
    Void,
}

/// An attempt and its order as they are while both are locked.
struct Now {
    order_status: OrderStatus,
    status: PaymentStatus,
    release_wanted_at: Option<i64>,
    authorised_minor: i64,
    authorised_at: Option<i64>,
    payment_id: Option<String>,
}

from_row!(Now {
    order_status,
    status,
    release_wanted_at,
    authorised_minor,
    authorised_at,
    payment_id,
});

impl Now {
    /// Whether it is written down already what the provider holds.
    fn keeps(&self, payment: &Payment) -> bool {
        let is_named = payment.payment_id.is_none() || payment.payment_id == self.payment_id;
        self.authorised_at.is_some()
            && self.authorised_minor == payment.authorised.minor
            && is_named
    }

    const fn release(&self) -> Release {
        match self.status {
            PaymentStatus::Pending | PaymentStatus::Authorised => {
                Release::of(self.release_wanted_at)
            }
            PaymentStatus::Due
            | PaymentStatus::Captured
            | PaymentStatus::Disputed
            | PaymentStatus::Declined
            | PaymentStatus::Voided
            | PaymentStatus::Refunded => Release::Wanted,
        }
    }
}

impl Hosted {
    /// Decides what becomes of what an attempt holds, and keeps what that is. Who asks for a release, and who cancels,
    /// writes it down under the same lock: what was written before is known here.
    pub(super) async fn decide(&self, tried: &Tried, payment: &Payment) -> Result<Decided> {
        let may_capture = || MayCapture {
            // By the name of the money, providers need not look it up first.
            reference: payment
                .payment_id
                .as_deref()
                .or(tried.reference())
                .unwrap_or_default()
                .to_owned(),
            total: tried.total(),
        };
        if self.decide_first(tried, payment).await? {
            return Ok(Decided::Capture(may_capture()));
        }
        let mut tx = self.db.begin().await?;
        // The order first, as everywhere. Postgres reads rows again that it has waited for, if it is to lock them: so
        // both are.
        let mut sql = Sql::new(
            "SELECT o.status AS order_status, p.status, p.release_wanted_at, p.authorised_minor, \
             p.authorised_at, p.payment_id \
             FROM orders o JOIN payment_attempts p ON p.order_id = o.id WHERE p.id = ",
        );
        sql.text(&tried.attempt_id)
            .push(self.db.dialect().for_update());
        let now: Now = sql.fetch_one_as(&mut *tx).await?;
        let fate = Fate::of(now.order_status, now.release());
        match fate {
            Fate::Capture | Fate::Release if now.keeps(payment) => tx.rollback().await?,
            Fate::Capture | Fate::Release => {
                self.keep_authorised(&mut tx, tried, payment).await?;
                tx.commit().await?;
            }
            Fate::Void => tx.rollback().await?,
        }
        Ok(match fate {
            Fate::Capture => Decided::Capture(may_capture()),
            Fate::Release => Decided::Release,
            Fate::Void => Decided::Void,
        })
    }

    /// What mostly becomes of what an attempt holds, which nobody has noted before: [`Fate::Capture`], as one statement. It
    /// locks the order before the attempt is written, and Postgres reads an attempt again that has changed meanwhile. `false`
    /// if any of that is otherwise.
    async fn decide_first(&self, tried: &Tried, payment: &Payment) -> Result<bool> {
        let mut sql = Sql::new("UPDATE payment_attempts SET authorised_minor = ");
        sql.int(payment.authorised.minor)
            .push(", authorised_at = ")
            .int(self.clock.now());
        if let Some(payment_id) = &payment.payment_id {
            sql.push(", payment_id = ").text(payment_id);
        }
        sql.push(" WHERE id = ").text(&tried.attempt_id);
        sql.push(concat!(
            " AND ",
            unindexed!("status"),
            " = 'pending' AND release_wanted_at IS NULL AND authorised_at IS NULL AND order_id = ",
        ));
        self.push_waiting_order(&mut sql, tried);
        Ok(self.db.write(sql).await? > 0)
    }

    /// The one call that takes money.
    pub(super) async fn capture_now(&self, may: MayCapture) -> Result<Payment, ProviderError> {
        self.provider.capture(&may.reference, &may.total).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENDED: [OrderStatus; 7] = [
        OrderStatus::AwaitingConfirmation,
        OrderStatus::Paid,
        OrderStatus::Packed,
        OrderStatus::Shipped,
        OrderStatus::Delivered,
        OrderStatus::Cancelled,
        OrderStatus::Refunded,
    ];

    #[test]
    fn nothing_is_captured_whose_release_is_wanted_or_whose_order_does_not_wait() {
        let waits = OrderStatus::PendingPayment;
        assert_eq!(Fate::of(waits, Release::NotWanted), Fate::Capture);
        assert_eq!(Fate::of(waits, Release::Wanted), Fate::Release);
        for order in ENDED {
            for release in [Release::Wanted, Release::NotWanted] {
                assert_eq!(Fate::of(order, release), Fate::Void, "{order:?}");
            }
        }
    }

    #[test]
    fn an_attempt_that_is_over_holds_nothing_any_more() {
        let now = |status, release_wanted_at| Now {
            order_status: OrderStatus::PendingPayment,
            status,
            release_wanted_at,
            authorised_minor: 0,
            authorised_at: None,
            payment_id: None,
        };
        assert_eq!(
            now(PaymentStatus::Pending, None).release(),
            Release::NotWanted
        );
        assert_eq!(
            now(PaymentStatus::Pending, Some(1)).release(),
            Release::Wanted
        );
        assert_eq!(now(PaymentStatus::Voided, None).release(), Release::Wanted);
    }
}
