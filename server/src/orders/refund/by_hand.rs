//! Refunds that somebody has to pay back by hand, as of money that was paid in cash.

use app::{
    error::{ErrorKind, ShopError},
    orders::types::EventKind,
    ports::ShopResult,
};
use serde_json::json;

use crate::{
    admin::audit,
    checkout::refund::end_payment,
    db::{Db, Get},
    error::Error,
    mail::outbox::{Mail, Payback, queue},
    orders::{
        events::{self, Event},
        fulfil::Hand,
        step,
    },
};

/// Notes that the order's refund with this number was paid back. Of several who do, one does.
pub async fn paid_back(db: &Db, hand: Hand<'_>, number: i64) -> ShopResult<()> {
    let Hand {
        now,
        actor,
        order_id,
    } = hand;
    let mut tx = db.begin().await?;
    step::lock(&mut tx, db.dialect(), order_id)
        .await?
        .ok_or_else(ShopError::not_found)?;
    let refund = sqlx::query(
        "UPDATE refunds SET status = 'paid_back', settled_at = $1 \
         WHERE order_id = $2 AND number = $3 AND status = 'by_hand' RETURNING id, amount_minor",
    )
    .bind(now)
    .bind(order_id)
    .bind(number)
    .fetch_optional(&mut *tx)
    .await
    .map_err(Error::from)?
    .ok_or_else(|| {
        ShopError::new(
            ErrorKind::Conflict,
            "There is no refund of this number that waits to be paid back by hand.",
        )
    })?;
    let (refund_id, amount_minor) = (refund.text("id")?, refund.int("amount_minor")?);
    end_payment(&mut tx, now, order_id).await?;
    let event = Event {
        actor: Some(actor),
        refund_id: Some(&refund_id),
        ..Event::new(EventKind::PaidBack)
    };
    events::record(&mut tx, now, order_id, &event).await?;
    audit::record(
        &mut tx,
        now,
        actor,
        "order.pay_back",
        ("order", order_id),
        Some(json!({ "refund": number, "status": "by_hand" })),
        Some(json!({ "refund": number, "status": "paid_back", "amount_minor": amount_minor })),
    )
    .await?;
    let mail = Mail::OrderRefunded {
        order_id: order_id.to_owned(),
        refund_id,
        amount_minor,
        how: Payback::HandedOver,
    };
    queue(&mut tx, db.dialect(), now, &mail).await?;
    tx.commit().await.map_err(Error::from)?;
    Ok(())
}
