//! Refunds that someone has to pay back by hand, as of money that was paid in cash.

use app::{
    error::{ErrorKind, ShopError, ShopResult},
    orders::{payment::RefundStatus, types::EventKind},
};
use serde_json::json;

use crate::{
    audit_log,
    db::{FromRow, from_row},
    error::Error,
    orders::{
        admin::said,
        disputes::DisputeStates,
        events::{self, Event},
        fulfilment::ActionContext,
        refund::pay_back::end_payment,
        step,
    },
    outbox::{Mail, Payback, queue},
    store::Store,
};

struct HandedOver {
    id: String,
    amount_minor: i64,
}

from_row!(HandedOver { id, amount_minor });

/// Notes that the order's refund with this number was paid back. Of several who do, one does; none while a
/// bank has still to decide about the money.
pub async fn paid_back(db: &Store, context: ActionContext<'_>, number: i64) -> ShopResult<()> {
    let ActionContext {
        now,
        actor,
        order_id,
    } = context;
    let (mut tx, _) = step::locked(db, order_id).await?;
    if DisputeStates::of(&mut tx, order_id).await?.is_open() {
        return Err(ShopError::new(
            ErrorKind::Conflict,
            said().by_hand_after_bank(),
        ));
    }
    let refund = sqlx::query(
        "UPDATE refunds SET status = 'paid_back', settled_at = $1 \
         WHERE order_id = $2 AND number = $3 AND status = 'by_hand' RETURNING id, \
         amount_minor - by_bank_minor AS amount_minor",
    )
    .bind(now)
    .bind(order_id)
    .bind(number)
    .fetch_optional(&mut *tx)
    .await
    .map_err(Error::from)?
    .ok_or_else(|| ShopError::new(ErrorKind::Conflict, said().no_such_refund()))?;
    let HandedOver { id, amount_minor } = HandedOver::from_row(&refund)?;
    end_payment(&mut tx, now, order_id).await?;
    let event = Event {
        actor: Some(actor),
        refund_id: Some(&id),
        ..Event::new(EventKind::PaidBack)
    };
    events::record(&mut tx, now, order_id, &event).await?;
    audit_log::record(
        &mut tx,
        now,
        actor,
        "order.pay_back",
        ("order", order_id),
        Some(json!({ "refund": number, "status": RefundStatus::ByHand })),
        Some(json!({
            "refund": number, "status": RefundStatus::PaidBack, "amount_minor": amount_minor,
        })),
    )
    .await?;
    let mail = Mail::OrderRefunded {
        order_id: order_id.to_owned(),
        refund_id: id,
        amount_minor,
        how: Payback::HandedOver,
    };
    queue(&mut tx, db.dialect(), now, &mail).await?;
    tx.commit().await.map_err(Error::from)?;
    Ok(())
}
