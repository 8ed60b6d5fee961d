//! Refunds that were made at the payment provider itself, such as in its dashboard. Each becomes a refund of the
//! order, once. What it gives back is not given back once more: first it takes the place of refunds that are still to be
//! paid back, and what is left of it is taken off the next one, or off what a cancellation returns.

use app::orders::{
    payment::RefundStatus,
    types::{EventKind, OrderStatus},
};

use super::{by_bank, failed::FIRST_LOOK_MS, pay_back::end_payment};
use crate::{
    db::{Dialect, FromRow, Tx, from_row},
    error::Result,
    ids::new_id,
    orders::{
        attempts,
        events::{self, Event},
        words::RefundCause,
    },
    outbox::{Mail, Payback, queue},
    payment::port::{RefundMade, RefundState},
};

/// Of one that is found later than this, the shopper is not told any more, in milliseconds: they have had it for long.
const TOLD_WITHIN_MS: i64 = 3 * 24 * 60 * 60 * 1000;

/// A refund as it is written down.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Written {
    id: String,
    status: RefundStatus,
    amount_minor: i64,
    by_bank_minor: i64,
    elsewhere_minor: i64,
    external_id: Option<String>,
}

from_row!(Written {
    id,
    status,
    amount_minor,
    by_bank_minor,
    elsewhere_minor,
    external_id,
});

/// The money of an order.
struct Books {
    status: OrderStatus,
    /// What was taken and has not gone back, nor is to.
    left_minor: i64,
}

from_row!(Books { status, left_minor });

/// What a refund that was made elsewhere is set off against.
#[derive(Debug, Clone, PartialEq, Eq)]
struct RefundOffset {
    /// What goes off which of those that are written down.
    off: Vec<(String, i64)>,
    /// What of that the shopper has by hand, as they were told.
    by_hand_minor: i64,
    /// What it comes to that was not decided here.
    new_minor: i64,
}

impl RefundOffset {
    fn amount_minor(&self) -> i64 {
        self.new_minor + self.off.iter().map(|(_, minor)| minor).sum::<i64>()
    }

    /// What the shopper has not heard of.
    fn news_minor(&self) -> i64 {
        self.amount_minor() - self.by_hand_minor
    }
}

/// What one that was made elsewhere takes the place of: what is still to be paid back, and what someone says to have paid
/// by hand only as far as there is no other money it could be.
fn take_place(
    written: &[Written],
    sent: &[&str],
    left_minor: i64,
    amount_minor: i64,
) -> RefundOffset {
    let mut rest_minor = amount_minor;
    let mut off = Vec::new();
    let mut take = |of: RefundStatus, rest_minor: &mut i64, most_minor: i64| {
        let mut most_minor = most_minor;
        for refund in written.iter().filter(|refund| refund.status == of) {
            let open_minor = refund.amount_minor - refund.by_bank_minor;
            let minor = open_minor.min(most_minor);
            // What the provider has of ours is on its way.
            if minor > 0 && !sent.contains(&refund.id.as_str()) {
                off.push((refund.id.clone(), minor));
                *rest_minor -= minor;
                most_minor -= minor;
            }
        }
    };
    for open in [RefundStatus::Owed, RefundStatus::ByHand] {
        let most_minor = rest_minor;
        take(open, &mut rest_minor, most_minor);
    }
    let before_minor = rest_minor;
    take(
        RefundStatus::PaidBack,
        &mut rest_minor,
        before_minor - left_minor,
    );
    RefundOffset {
        off,
        by_hand_minor: before_minor - rest_minor,
        new_minor: rest_minor.min(left_minor),
    }
}

fn is_sent(made: &RefundMade) -> bool {
    match made.state {
        RefundState::Pending { .. } | RefundState::Sent { .. } => true,
        RefundState::Failed { .. } | RefundState::ByHand => false,
    }
}

/// Notes those of an order's refunds at its provider that were made there. Whether there was one that was not known.
/// The order has to be locked.
pub(super) async fn note(
    tx: &mut Tx,
    dialect: Dialect,
    now: i64,
    order_id: &str,
    made: &[RefundMade],
) -> Result<bool> {
    let mut was_any = false;
    for refund in made.iter().filter(|refund| is_sent(refund)) {
        let written = written(tx, order_id).await?;
        let ours = written
            .iter()
            .find(|ours| refund.refund_id.as_deref() == Some(ours.id.as_str()));
        if let Some(ours) = ours {
            was_any |= put_back(tx, now, order_id, ours, refund.amount_minor).await?;
            continue;
        }
        let is_known = written
            .iter()
            .any(|known| known.external_id.as_deref() == Some(refund.provider_id.as_str()));
        if is_known {
            continue;
        }
        let books = "SELECT status, captured_minor - refunded_minor AS left_minor FROM orders WHERE id = $1";
        let books = sqlx::query(books).bind(order_id);
        let books = Books::from_row(&books.fetch_one(&mut **tx).await?)?;
        let sent: Vec<&str> = made
            .iter()
            .filter(|made| is_sent(made))
            .filter_map(|made| made.refund_id.as_deref())
            .collect();
        let offset = take_place(&written, &sent, books.left_minor, refund.amount_minor);
        if offset.amount_minor() < refund.amount_minor {
            tracing::error!(order = %order_id, refund = %refund.provider_id,
                "more was refunded at the provider than is left of the order's payment");
        }
        if offset.amount_minor() > 0 {
            write(tx, dialect, now, order_id, &books, refund, &offset).await?;
            was_any = true;
        }
    }
    if was_any {
        by_bank::settle(tx, dialect, now, order_id).await?;
        attempts::note_pending(tx, now, order_id).await?;
        end_payment(tx, now, order_id).await?;
    }
    Ok(was_any)
}

async fn written(tx: &mut Tx, order_id: &str) -> Result<Vec<Written>> {
    let rows = sqlx::query(
        "SELECT id, status, amount_minor, by_bank_minor, elsewhere_minor, external_id \
         FROM refunds WHERE order_id = $1 ORDER BY number",
    )
    .bind(order_id)
    .fetch_all(&mut **tx)
    .await?;
    rows.iter().map(Written::from_row).collect()
}

async fn write(
    tx: &mut Tx,
    dialect: Dialect,
    now: i64,
    order_id: &str,
    books: &Books,
    refund: &RefundMade,
    offset: &RefundOffset,
) -> Result<()> {
    for (refund_id, minor) in &offset.off {
        take_off(tx, now, refund_id, *minor).await?;
    }
    let (status, settled_at) = match refund.state {
        RefundState::Pending { .. } => (RefundStatus::Pending, None),
        RefundState::Sent { .. } | RefundState::Failed { .. } | RefundState::ByHand => {
            (RefundStatus::Returned, Some(now))
        }
    };
    let id = new_id();
    sqlx::query(
        "INSERT INTO refunds (id, order_id, number, cause, status, amount_minor, external_id, \
         created_at, settled_at, look_at) SELECT $1, o.id, \
         1 + (SELECT COUNT(*) FROM refunds r WHERE r.order_id = o.id), $2, $3, $4, $5, $6, \
         CAST($7 AS BIGINT), $8 FROM orders o WHERE o.id = $9",
    )
    .bind(&id)
    .bind(RefundCause::Provider.as_str())
    .bind(status.as_str())
    .bind(offset.amount_minor())
    .bind(&refund.provider_id)
    .bind(now)
    .bind(settled_at)
    .bind(now + FIRST_LOOK_MS)
    .bind(order_id)
    .execute(&mut **tx)
    .await?;
    add(tx, now, order_id, offset.new_minor).await?;
    let event = Event {
        refund_id: Some(&id),
        ..Event::new(EventKind::RefundElsewhere)
    };
    events::record(tx, now, order_id, &event).await?;
    // Of a cancellation they have heard already.
    let is_late = now - refund.created_at > TOLD_WITHIN_MS;
    if books.status != OrderStatus::Cancelled && offset.news_minor() > 0 && !is_late {
        let mail = Mail::OrderRefunded {
            order_id: order_id.to_owned(),
            refund_id: id,
            amount_minor: offset.news_minor(),
            how: Payback::Sent,
        };
        queue(tx, dialect, now, &mail).await?;
    }
    Ok(())
}

/// More of the order has gone back than was known.
async fn add(tx: &mut Tx, now: i64, order_id: &str, minor: i64) -> Result<()> {
    let more =
        "UPDATE orders SET refunded_minor = refunded_minor + $1, updated_at = $2 WHERE id = $3";
    sqlx::query(more)
        .bind(minor)
        .bind(now)
        .bind(order_id)
        .execute(&mut **tx)
        .await?;
    attempts::refund(tx, now, order_id, minor).await
}

/// Takes off a refund what went back elsewhere in its place: goods first, then delivery.
async fn take_off(tx: &mut Tx, now: i64, refund_id: &str, minor: i64) -> Result<()> {
    sqlx::query(
        "UPDATE refunds SET amount_minor = amount_minor - $1, elsewhere_minor = elsewhere_minor + $1, \
         elsewhere_shipping_minor = elsewhere_shipping_minor + \
           CASE WHEN shipping_minor > amount_minor - $1 THEN shipping_minor - amount_minor + $1 ELSE 0 END, \
         shipping_minor = \
           CASE WHEN shipping_minor > amount_minor - $1 THEN amount_minor - $1 ELSE shipping_minor END \
         WHERE id = $2",
    )
    .bind(minor)
    .bind(refund_id)
    .execute(&mut **tx)
    .await?;
    // Nothing is left to be paid back.
    sqlx::query(
        "UPDATE refunds SET status = 'returned', settled_at = $1, look_at = NULL \
         WHERE id = $2 AND amount_minor = 0 AND status IN ('owed', 'by_hand')",
    )
    .bind(now)
    .bind(refund_id)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// One of ours was on its way when it was made smaller for one that was made elsewhere: all of it has gone back.
async fn put_back(
    tx: &mut Tx,
    now: i64,
    order_id: &str,
    ours: &Written,
    sent_minor: i64,
) -> Result<bool> {
    let minor = (sent_minor - ours.amount_minor).min(ours.elsewhere_minor);
    if minor <= 0 {
        return Ok(false);
    }
    sqlx::query(
        "UPDATE refunds SET amount_minor = amount_minor + $1, elsewhere_minor = elsewhere_minor - $1, \
         shipping_minor = shipping_minor + CASE WHEN elsewhere_shipping_minor > elsewhere_minor - $1 \
           THEN elsewhere_shipping_minor - elsewhere_minor + $1 ELSE 0 END, \
         elsewhere_shipping_minor = CASE WHEN elsewhere_shipping_minor > elsewhere_minor - $1 \
           THEN elsewhere_minor - $1 ELSE elsewhere_shipping_minor END WHERE id = $2",
    )
    .bind(minor)
    .bind(&ours.id)
    .execute(&mut **tx)
    .await?;
    add(tx, now, order_id, minor).await?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refund(id: &str, status: RefundStatus, amount_minor: i64) -> Written {
        Written {
            id: id.to_owned(),
            status,
            amount_minor,
            by_bank_minor: 0,
            elsewhere_minor: 0,
            external_id: None,
        }
    }

    #[test]
    fn what_is_still_to_be_paid_back_comes_first_and_the_rest_is_new() {
        let written = [
            refund("a", RefundStatus::ByHand, 500),
            refund("b", RefundStatus::Owed, 300),
            refund("c", RefundStatus::Returned, 200),
        ];
        for (amount_minor, off, new_minor) in [
            (100, vec![("b", 100)], 0),
            (300, vec![("b", 300)], 0),
            (700, vec![("b", 300), ("a", 400)], 0),
            (1000, vec![("b", 300), ("a", 500)], 200),
        ] {
            let offset = take_place(&written, &[], 1000, amount_minor);
            let off = off.into_iter().map(|(id, minor)| (id.to_owned(), minor));
            assert_eq!(offset.off, off.collect::<Vec<_>>(), "{amount_minor}");
            assert_eq!(offset.new_minor, new_minor, "{amount_minor}");
            assert_eq!(offset.amount_minor(), amount_minor);
        }
    }

    #[test]
    fn one_of_ours_that_is_on_its_way_is_not_made_smaller() {
        let written = [refund("a", RefundStatus::Owed, 300)];
        let offset = take_place(&written, &["a"], 1000, 300);
        assert_eq!((offset.off, offset.new_minor), (Vec::new(), 300));
    }

    #[test]
    fn what_was_paid_by_hand_stands_back_only_for_want_of_other_money() {
        let written = [refund("a", RefundStatus::PaidBack, 300)];
        let offset = take_place(&written, &[], 1000, 300);
        assert_eq!((offset.off, offset.new_minor), (Vec::new(), 300));
        let offset = take_place(&written, &[], 100, 300);
        assert_eq!(offset.off, [("a".to_owned(), 200)]);
        assert_eq!((offset.new_minor, offset.news_minor()), (100, 100));
    }

    #[test]
    fn no_more_is_noted_than_was_taken() {
        let bank = Written {
            by_bank_minor: 300,
            ..refund("a", RefundStatus::ByBank, 300)
        };
        let offset = take_place(&[bank], &[], 100, 300);
        assert_eq!(offset.amount_minor(), 100);
    }
}
