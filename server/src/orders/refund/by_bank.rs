//! Refunds whose money a bank has given back in a dispute that was lost: they are not due any more. What
//! is left of them is someone's to pay, because of such a payment the provider sends nothing. All follows
//! from the disputes as they are, so one that is won on appeal after all makes its refunds due again.

use app::orders::{payment::RefundStatus, types::EventKind};

use crate::{
    db::{Dialect, FromRow, Tx, from_row, only},
    error::Result,
    orders::{
        disputes::DisputeStates,
        events::{self, Event},
        owner,
    },
    outbox::Trouble,
};

/// A refund that is open, or was until a bank gave it back.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Open {
    id: String,
    status: RefundStatus,
    amount_minor: i64,
    by_bank_minor: i64,
    fault: String,
}

from_row!(Open {
    id,
    status,
    amount_minor,
    by_bank_minor,
    fault,
});

/// The state of a refund once it is known what a bank has given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Share {
    by_bank_minor: i64,
    status: RefundStatus,
}

impl Open {
    /// Its share of what banks have given back, of which `left_minor` is not counted yet.
    fn share(&self, states: &DisputeStates, left_minor: i64) -> Share {
        let by_bank_minor = left_minor.min(self.amount_minor);
        let status = if by_bank_minor == self.amount_minor {
            RefundStatus::ByBank
        } else if self.fault.is_empty() && !states.is_lost() {
            // The provider has refused nothing and is asked, once it may be.
            RefundStatus::Owed
        } else {
            RefundStatus::ByHand
        };
        Share {
            by_bank_minor,
            status,
        }
    }
}

/// Makes the refunds of an order what its disputes say; nothing if there are none. Of nothing no bank gives
/// anything back. The order has to be locked.
pub async fn settle(tx: &mut Tx, dialect: Dialect, now: i64, order_id: &str) -> Result<()> {
    let states = DisputeStates::of(tx, order_id).await?;
    if states.is_undisputed() {
        return Ok(());
    }
    let open = sqlx::query(
        "SELECT id, status, amount_minor, by_bank_minor, fault FROM refunds \
         WHERE order_id = $1 AND status IN ('owed', 'by_hand', 'by_bank') AND amount_minor > 0 \
         ORDER BY number",
    )
    .bind(order_id)
    .fetch_all(&mut **tx)
    .await?;
    let mut left_minor = given_back(tx, order_id).await?;
    for row in open {
        let refund = Open::from_row(&row)?;
        let share = refund.share(&states, left_minor);
        left_minor -= share.by_bank_minor;
        write(tx, now, &refund, share).await?;
        tell(tx, dialect, now, (order_id, &refund), share).await?;
    }
    Ok(())
}

/// What banks have given back of an order and no refund has counted that is done with.
async fn given_back(tx: &mut Tx, order_id: &str) -> Result<i64> {
    let row = sqlx::query(
        "SELECT CAST(COALESCE((SELECT SUM(d.amount_minor) FROM disputes d \
           WHERE d.order_id = $1 AND d.state = 'lost'), 0) \
         - COALESCE((SELECT SUM(r.by_bank_minor) FROM refunds r WHERE r.order_id = $1 \
           AND r.status NOT IN ('owed', 'by_hand', 'by_bank')), 0) AS BIGINT) AS minor",
    )
    .bind(order_id)
    .fetch_one(&mut **tx)
    .await?;
    Ok(only::<i64>(&row)?.max(0))
}

async fn write(tx: &mut Tx, now: i64, refund: &Open, share: Share) -> Result<()> {
    if share.status == refund.status && share.by_bank_minor == refund.by_bank_minor {
        return Ok(());
    }
    let settled_at = (share.status == RefundStatus::ByBank).then_some(now);
    sqlx::query(
        "UPDATE refunds SET status = $1, by_bank_minor = $2, settled_at = $3 WHERE id = $4",
    )
    .bind(share.status.as_str())
    .bind(share.by_bank_minor)
    .bind(settled_at)
    .bind(&refund.id)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn tell(
    tx: &mut Tx,
    dialect: Dialect,
    now: i64,
    (order_id, refund): (&str, &Open),
    share: Share,
) -> Result<()> {
    if share.by_bank_minor > refund.by_bank_minor {
        let event = Event {
            refund_id: Some(&refund.id),
            ..Event::new(EventKind::RefundByBank)
        };
        events::record(tx, now, order_id, &event).await?;
    }
    // The provider was to send it, and does not.
    if refund.status == RefundStatus::Owed && share.status == RefundStatus::ByHand {
        let trouble = Trouble::RestByHand {
            by_bank_minor: share.by_bank_minor,
        };
        let rest_minor = refund.amount_minor - share.by_bank_minor;
        owner::tell(tx, dialect, now, order_id, rest_minor, &trouble).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use app::orders::payment::DisputeState;

    use super::*;

    fn refund(status: RefundStatus, amount_minor: i64, fault: &str) -> Open {
        Open {
            id: String::new(),
            status,
            amount_minor,
            by_bank_minor: 0,
            fault: fault.to_owned(),
        }
    }

    #[test]
    fn what_a_bank_has_given_back_is_not_due_and_the_rest_is_paid_by_hand() {
        let owed = refund(RefundStatus::Owed, 2000, "");
        let lost = DisputeStates::from(vec![DisputeState::Lost]);
        for (left_minor, share) in [
            (2000, (2000, RefundStatus::ByBank)),
            (9000, (2000, RefundStatus::ByBank)),
            (500, (500, RefundStatus::ByHand)),
            (0, (0, RefundStatus::ByHand)),
        ] {
            let found = owed.share(&lost, left_minor);
            assert_eq!((found.by_bank_minor, found.status), share, "{left_minor}");
        }
    }

    #[test]
    fn what_a_bank_has_not_given_back_is_due_once_it_has_decided() {
        for states in [
            vec![DisputeState::Won],
            vec![DisputeState::Asked],
            vec![DisputeState::NeedsAnswer],
            // Another one may give back the rest.
            vec![DisputeState::Lost, DisputeState::UnderReview],
        ] {
            let states = DisputeStates::from(states);
            for (fault, status) in [("", RefundStatus::Owed), ("why", RefundStatus::ByHand)] {
                let share = refund(RefundStatus::ByBank, 2000, fault).share(&states, 0);
                assert_eq!((share.by_bank_minor, share.status), (0, status));
            }
        }
    }
}
