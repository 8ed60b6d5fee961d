//! Payments that their payers want back through the bank, as the time line and the order tell.

use app::orders::types::{EventKind, OrderStatus};

use super::{
    events::{self, Event},
    owner, step,
};
use crate::{
    db::Tx,
    error::{Error, Result},
    outbox::Trouble,
    payment::{
        events::{Effect, Event as ProviderEvent},
        port::{Dispute, DisputeState},
    },
    store::Store,
};

/// Notes where a dispute stands. It says the same however often it is noted.
pub async fn note(
    db: &Store,
    now: i64,
    order_id: &str,
    dispute: &Dispute,
    event: ProviderEvent<'_>,
) -> Result<()> {
    let (kind, from, to) = match dispute.state {
        DisputeState::NeedsAnswer | DisputeState::UnderReview => {
            (EventKind::Disputed, "captured", "disputed")
        }
        DisputeState::Won | DisputeState::Closed => (EventKind::DisputeWon, "disputed", "captured"),
        // The bank has taken the money.
        DisputeState::Lost => (EventKind::DisputeLost, "captured", "disputed"),
    };
    let mut tx = db.begin().await?;
    if !event
        .keep(&mut tx, now, Some(order_id), Effect::Noted)
        .await?
    {
        tx.rollback().await?;
        return Ok(());
    }
    let status = step::lock(&mut tx, db.dialect(), order_id).await?;
    // Its payment is being taken in: the provider tells again.
    if status == Some(OrderStatus::PendingPayment) {
        tx.rollback().await?;
        return Err(Error::Unavailable);
    }
    if status.is_some() && !was_noted(&mut tx, order_id, kind).await? {
        let text = format!("{}, {}", dispute.reason, dispute.link);
        let noted = Event {
            text: &text,
            ..Event::new(kind)
        };
        events::record(&mut tx, now, order_id, &noted).await?;
        if kind == EventKind::Disputed {
            let trouble = Trouble::Disputed {
                reason: dispute.reason.clone(),
                link: dispute.link.clone(),
            };
            let amount_minor = dispute.amount.minor;
            owner::tell(&mut tx, db.dialect(), now, order_id, amount_minor, &trouble).await?;
        }
    }
    sqlx::query(
        "UPDATE orders SET payment_status = $1, updated_at = $2 \
         WHERE id = $3 AND payment_status = $4",
    )
    .bind(to)
    .bind(now)
    .bind(order_id)
    .bind(from)
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(())
}

async fn was_noted(tx: &mut Tx, order_id: &str, kind: EventKind) -> Result<bool> {
    let found = sqlx::query("SELECT 1 AS n FROM order_events WHERE order_id = $1 AND kind = $2")
        .bind(order_id)
        .bind(kind.as_str())
        .fetch_optional(&mut **tx)
        .await?;
    Ok(found.is_some())
}
