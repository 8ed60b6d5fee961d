//! Money that is owed: of refunds, and of cancelled orders.
//!
//! A refund that is `owed`, and a cancelled order whose payment is still `pending` or `captured`,
//! are tried at once and, until that succeeds, again by every node's maintenance, however long it takes;
//! each step is safe to repeat. Those that fail let others go first.

use super::{cancelled::settle_cancelled, pay_back::pay_back};
use crate::{
    db::{FromRow, from_row},
    error::{Error, Result},
    orders::{disputes, read::Payable},
    payment::{
        Hindrance, Payments, ProviderError,
        reach::{Part, Reach},
    },
    store::Store,
};

/// How far back it is looked for captured payments of cancelled orders that owe nothing yet, in
/// milliseconds. They are found and owed within a minute if nothing but a crash came between.
const LOOK_BACK_MS: i64 = 30 * 24 * 60 * 60 * 1000;
/// Orders and refunds of one turn.
const AT_ONCE: i64 = 500;
/// How long a refund waits that was refused for now, in milliseconds: each try may use up one of the few
/// names that it has at the provider.
const FIRST_PAUSE_MS: i64 = 10 * 60 * 1000;
const PAUSE_MS: i64 = 60 * 60 * 1000;
/// Up to which age of a refund its pause is the first one.
const YOUNG_MS: i64 = 5 * 60 * 1000;

struct Owed {
    id: String,
    order_id: String,
    payment_method: String,
    created_at: i64,
}

from_row!(Owed {
    id,
    order_id,
    payment_method,
    created_at,
});

impl Owed {
    /// Until when it waits after it has failed.
    fn waits_until(&self, now: i64, error: &Error) -> i64 {
        match error {
            Error::Payment(ProviderError::NotNow { .. }) if now - self.created_at < YOUNG_MS => {
                now + FIRST_PAUSE_MS
            }
            Error::Payment(ProviderError::NotNow { .. }) => now + PAUSE_MS,
            _ => now,
        }
    }
}

/// Ends the payments of all cancelled orders that are owed it, and pays back refunds that are owed.
pub async fn settle_owed(db: &Store, payments: &Payments, now: i64, reach: &Reach) -> Result<()> {
    // CROSS JOIN makes SQLite begin with the few that are unclear.
    let unclear = "SELECT o.id, o.payment_method FROM payment_attempts p \
        CROSS JOIN orders o WHERE o.id = p.order_id \
        AND p.status = 'pending' AND o.status = 'cancelled' ORDER BY p.updated_at LIMIT $1";
    let unclear = sqlx::query(unclear).bind(AT_ONCE);
    let mut cancelled = unclear.fetch_all(db.reader()).await?;
    let captured = "SELECT o.id, o.payment_method FROM orders o \
        WHERE o.payment_status IN ('captured', 'disputed') AND o.status = 'cancelled' \
        AND o.updated_at > $1 \
        AND NOT EXISTS (SELECT 1 FROM refunds r WHERE r.order_id = o.id \
        AND r.cause = 'cancellation') ORDER BY o.updated_at LIMIT $2";
    let captured = sqlx::query(captured).bind(now - LOOK_BACK_MS).bind(AT_ONCE);
    cancelled.extend(captured.fetch_all(db.reader()).await?);
    for row in cancelled {
        let Payable { id, payment_method } = Payable::from_row(&row)?;
        if !reach.may_ask(Part::Owed, &payment_method) {
            continue;
        }
        // One that fails keeps no other from its money.
        let settled = settle_cancelled(db, payments, now, &id, &payment_method).await;
        reach.note(&payment_method, &settled);
        if let Err(error) = settled {
            tracing::error!(%error, order = %id, "a refund is owed and will be retried");
            let last = "UPDATE payment_attempts SET updated_at = $1 WHERE order_id = $2 AND status = 'pending'";
            note_failure(db, now, last, &id).await?;
        }
    }
    // Those that a bank has a say in would keep others from their turn.
    let owed = "SELECT r.id, r.order_id, o.payment_method, r.created_at \
        FROM refunds r JOIN orders o ON o.id = r.order_id \
        WHERE r.status = 'owed' AND r.tried_at <= $1 \
        AND (r.amount_minor = 0 OR NOT EXISTS (SELECT 1 FROM disputes d WHERE d.order_id = r.order_id \
        AND d.state IN ('needs_answer', 'under_review', 'lost'))) \
        ORDER BY r.tried_at, r.created_at LIMIT $2";
    let owed = sqlx::query(owed).bind(now).bind(AT_ONCE);
    for row in owed.fetch_all(db.reader()).await? {
        let owed = Owed::from_row(&row)?;
        if !reach.may_ask(Part::Owed, &owed.payment_method) {
            continue;
        }
        let paid = pay_back(db, payments, now, &owed.id).await;
        reach.note(&owed.payment_method, &paid);
        if let Err(error) = paid {
            tracing::error!(%error, refund = %owed.id, "a refund is owed and will be retried");
            let last = "UPDATE refunds SET tried_at = $1 WHERE id = $2 AND status = 'owed'";
            note_failure(db, owed.waits_until(now, &error), last, &owed.id).await?;
            let Error::Payment(ProviderError::NotNow {
                hindrance: Hindrance::Disputed,
                ..
            }) = error
            else {
                continue;
            };
            // Nobody has told of it.
            if let Err(error) = disputes::look(db, payments, now, &owed.order_id).await {
                tracing::warn!(%error, order = %owed.order_id, "its disputes could not be looked at");
            }
        }
    }
    Ok(())
}

/// Lets others go first until then, and the next time.
async fn note_failure(db: &Store, until: i64, statement: &'static str, id: &str) -> Result<()> {
    let mut tx = db.begin().await?;
    sqlx::query(statement)
        .bind(until)
        .bind(id)
        .execute(&mut *tx)
        .await?;
    tx.commit().await.map_err(Error::from)
}
