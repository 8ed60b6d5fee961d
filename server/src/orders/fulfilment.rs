//! Packing, shipping, delivering, money on delivery, notes: what staff does with an order that
//! is placed. Each is written once, no matter who else does it at the same time.

use app::{
    error::{ErrorKind, ShopError, ShopResult},
    orders::{
        payment::PaymentStatus,
        steps::Action,
        types::{EventKind, OrderStatus, Parcel},
    },
};
use serde_json::json;

use super::{
    events::{self, Event},
    money::{Whereabouts, count},
    step,
};
use crate::{
    audit_log,
    db::{FromRow, Sql, from_row},
    error::{Error, Result},
    ids::new_id,
    orders::admin,
    outbox::{Mail, queue},
    store::Store,
};

/// Who does it, to which order, when.
#[derive(Debug, Clone, Copy)]
pub struct ActionContext<'a> {
    pub now: i64,
    pub actor: &'a str,
    pub order_id: &'a str,
}

/// What is done on the way to the door.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FulfilmentAction {
    Pack,
    Ship(Parcel),
    Deliver,
}

impl FulfilmentAction {
    const fn action(&self) -> Action {
        match self {
            Self::Pack => Action::Pack,
            Self::Ship(_) => Action::Ship,
            Self::Deliver => Action::Deliver,
        }
    }
}

/// Takes the step, or says why it cannot be taken.
pub async fn advance(
    db: &Store,
    context: ActionContext<'_>,
    what: &FulfilmentAction,
) -> ShopResult<()> {
    let ActionContext {
        now,
        actor,
        order_id,
    } = context;
    let (mut tx, status) = step::locked(db, order_id).await?;
    let Some(taken) = what.action().on(status) else {
        return Err(admin::refused(status, what.action()));
    };
    if !step::take(&mut tx, now, order_id, taken, Some(actor)).await? {
        return Err(admin::refused(status, what.action()));
    }
    admin::audit_step(&mut tx, now, actor, order_id, taken).await?;
    if let FulfilmentAction::Ship(parcel) = what {
        let fulfilment_id = new_id();
        sqlx::query(
            "INSERT INTO fulfilments (id, order_id, number, carrier, tracking_number, shipped_at) \
             SELECT $1, $2, COALESCE(MAX(f.number), 0) + 1, $3, $4, $5 \
             FROM fulfilments f WHERE f.order_id = $2",
        )
        .bind(&fulfilment_id)
        .bind(order_id)
        .bind(&parcel.carrier)
        .bind(&parcel.tracking_number)
        .bind(now)
        .execute(&mut *tx)
        .await
        .map_err(Error::from)?;
        // All that is left of the order is in it.
        sqlx::query(
            "INSERT INTO fulfilment_lines (fulfilment_id, order_id, position, quantity) \
             SELECT $1, l.order_id, l.position, l.quantity - l.refunded FROM order_lines l \
             WHERE l.order_id = $2 AND l.quantity > l.refunded",
        )
        .bind(&fulfilment_id)
        .bind(order_id)
        .execute(&mut *tx)
        .await
        .map_err(Error::from)?;
        let mail = Mail::OrderShipped {
            order_id: order_id.to_owned(),
            fulfilment_id,
        };
        queue(&mut tx, db.dialect(), now, &mail).await?;
    }
    if *what == FulfilmentAction::Deliver {
        sqlx::query(
            "UPDATE fulfilments SET delivered_at = $1 WHERE order_id = $2 AND delivered_at IS NULL",
        )
        .bind(now)
        .bind(order_id)
        .execute(&mut *tx)
        .await
        .map_err(Error::from)?;
    }
    tx.commit().await.map_err(Error::from)?;
    Ok(())
}

/// Corrects the number of a parcel that is on its way.
pub async fn change_parcel(
    db: &Store,
    context: ActionContext<'_>,
    parcel: &Parcel,
) -> ShopResult<()> {
    let ActionContext {
        now,
        actor,
        order_id,
    } = context;
    let (mut tx, _) = step::locked(db, order_id).await?;
    let before = sqlx::query(
        "SELECT carrier, tracking_number FROM fulfilments WHERE order_id = $1 \
             ORDER BY number DESC LIMIT 1",
    )
    .bind(order_id)
    .fetch_optional(&mut *tx)
    .await
    .map_err(Error::from)?
    .ok_or_else(|| ShopError::new(ErrorKind::Conflict, admin::said().not_shipped_yet()))?;
    let before = Parcel::from_row(&before)?;
    if before == *parcel {
        return Ok(());
    }
    write_parcel(&mut tx, context, &before, parcel).await?;
    audit_log::record(
        &mut tx,
        now,
        actor,
        "order.tracking",
        ("order", order_id),
        Some(for_the_log(&before)),
        Some(for_the_log(parcel)),
    )
    .await?;
    tx.commit().await.map_err(Error::from)?;
    Ok(())
}

/// The end of a number tells it from another one; the whole of it leads to the customer's door.
fn for_the_log(parcel: &Parcel) -> serde_json::Value {
    let number: Vec<char> = parcel.tracking_number.chars().collect();
    let end: String = number[number.len().saturating_sub(4)..].iter().collect();
    let lead = if number.len() > 4 { "…" } else { "" };
    json!({ "carrier": parcel.carrier, "tracking_number": format!("{lead}{end}") })
}

from_row!(Parcel {
    carrier,
    tracking_number
});

async fn write_parcel(
    tx: &mut crate::db::Tx,
    context: ActionContext<'_>,
    before: &Parcel,
    parcel: &Parcel,
) -> Result<()> {
    sqlx::query(
        "UPDATE fulfilments SET carrier = $1, tracking_number = $2 WHERE order_id = $3 \
         AND number = (SELECT MAX(n.number) FROM fulfilments n WHERE n.order_id = $3)",
    )
    .bind(&parcel.carrier)
    .bind(&parcel.tracking_number)
    .bind(context.order_id)
    .execute(&mut **tx)
    .await?;
    let text = format!("It was {}.", in_words(before));
    let event = Event {
        actor: Some(context.actor),
        text: &text,
        ..Event::new(EventKind::Tracking)
    };
    events::record(tx, context.now, context.order_id, &event).await?;
    Ok(())
}

fn in_words(parcel: &Parcel) -> String {
    match (parcel.carrier.as_str(), parcel.tracking_number.as_str()) {
        ("", "") => "without a number".to_owned(),
        (carrier, "") => carrier.to_owned(),
        ("", number) => number.to_owned(),
        (carrier, number) => format!("{carrier} {number}"),
    }
}

/// What is due on delivery, in minor units; refused if nothing is.
pub async fn due(db: &Store, order_id: &str) -> ShopResult<i64> {
    let mut sql = Sql::new(
        "SELECT payment_status, total_minor - refunded_minor AS due FROM orders WHERE id = ",
    );
    sql.text(order_id);
    let found: Option<(PaymentStatus, i64)> = sql.fetch_optional_as(db.reader()).await?;
    let (payment, due) = found.ok_or_else(ShopError::not_found)?;
    match payment {
        PaymentStatus::Due => Ok(due),
        PaymentStatus::Pending
        | PaymentStatus::Authorised
        | PaymentStatus::Captured
        | PaymentStatus::Disputed
        | PaymentStatus::Declined
        | PaymentStatus::Voided
        | PaymentStatus::Refunded => Err(nothing_due()),
    }
}

fn nothing_due() -> ShopError {
    ShopError::new(ErrorKind::Conflict, admin::said().nothing_due())
}

/// Notes that `amount_minor`, which was due, came in.
pub async fn receive(db: &Store, context: ActionContext<'_>, amount_minor: i64) -> ShopResult<()> {
    let ActionContext {
        now,
        actor,
        order_id,
    } = context;
    let (mut tx, status) = step::locked(db, order_id).await?;
    // The amount is looked at again: a refund may have changed what was due.
    let changed = sqlx::query(
        "UPDATE orders SET payment_status = 'captured', captured_minor = captured_minor + $1 \
         WHERE id = $2 AND payment_status = 'due' AND total_minor - refunded_minor = $1",
    )
    .bind(amount_minor)
    .bind(order_id)
    .execute(&mut *tx)
    .await
    .map_err(Error::from)?
    .rows_affected();
    // Nothing is due of orders that did not come to be: their payments are void. Of one whose units
    // are all refunded, delivery may be.
    let may_be_due = status.allows(Action::Refund) || status == OrderStatus::Refunded;
    if changed == 0 || !may_be_due {
        return Err(nothing_due());
    }
    let event = Event {
        actor: Some(actor),
        ..Event::new(EventKind::Received)
    };
    events::record(&mut tx, now, order_id, &event).await?;
    audit_log::record(
        &mut tx,
        now,
        actor,
        "order.receive_payment",
        ("order", order_id),
        Some(json!({ "payment": PaymentStatus::Due })),
        Some(json!({ "payment": PaymentStatus::Captured, "amount_minor": amount_minor })),
    )
    .await?;
    tx.commit().await.map_err(Error::from)?;
    count(Whereabouts::Received, 1);
    Ok(())
}

/// Writes a note; one form writes one.
pub async fn note(
    db: &Store,
    context: ActionContext<'_>,
    form_key: Option<&str>,
    text: &str,
) -> ShopResult<()> {
    let (mut tx, _) = step::locked(db, context.order_id).await?;
    let event = Event {
        actor: Some(context.actor),
        text,
        form_key,
        ..Event::new(EventKind::Note)
    };
    let written = events::record(&mut tx, context.now, context.order_id, &event).await?;
    // The words stay in the order: they may tell of the customer, and the log is for ever.
    if let Some(event) = written {
        let after = json!({ "note": event });
        let subject = ("order", context.order_id);
        audit_log::record(
            &mut tx,
            context.now,
            context.actor,
            "order.note",
            subject,
            None,
            Some(after),
        )
        .await?;
    }
    tx.commit().await.map_err(Error::from)?;
    Ok(())
}
