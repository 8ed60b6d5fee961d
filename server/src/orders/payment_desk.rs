//! Money at a provider that staff takes or lets go by hand, and how it came there. What the provider's state does not
//! allow is refused in words. Before a capture it is asked first; what comes to nothing is done by the next look.

mod release;

use app::{
    error::{ErrorKind, ShopError, ShopResult},
    orders::{payment::PaymentStatus, types::OrderStatus},
};
use desk::admin::orders::types::PaymentAttempt;
use serde_json::json;
use tokio::time::timeout;

pub use release::void;

use super::{
    admin::said,
    fulfilment::ActionContext,
    paid::PaymentNotes,
    step,
    take_in::{TakenIn, take_in},
};
use crate::{
    audit_log,
    db::{FromRow, Sql, from_row},
    error::{Error, ProviderError, Result},
    payment::{
        Payments,
        port::{Payment, PaymentState},
    },
    store::Store,
};

/// The last attempt to pay an order.
struct Last {
    id: String,
    external_id: Option<String>,
    payment_method: String,
    order_status: OrderStatus,
    payment_status: PaymentStatus,
    authorised_minor: i64,
    currency: String,
    /// Who asked last for it to be captured or released by hand, and with which form.
    asked_by: Option<String>,
    form_key: Option<String>,
    release_wanted_at: Option<i64>,
}

from_row!(Last {
    id,
    external_id,
    payment_method,
    order_status,
    payment_status,
    authorised_minor,
    currency,
    asked_by,
    form_key,
    release_wanted_at,
});

struct Written {
    number: i64,
    provider: String,
    payment_id: Option<String>,
    status: PaymentStatus,
    amount_minor: i64,
    pending_minor: i64,
    began_at: i64,
    authorised_at: Option<i64>,
    captured_at: Option<i64>,
    voided_at: Option<i64>,
    release_wanted_at: Option<i64>,
    asked_by: Option<String>,
}

from_row!(Written {
    number,
    provider,
    payment_id,
    status,
    amount_minor,
    pending_minor: "captured_pending_minor",
    began_at,
    authorised_at,
    captured_at,
    voided_at,
    release_wanted_at,
    asked_by,
});

/// What was tried to pay an order, the first attempt first.
pub async fn of_order(
    db: &Store,
    payments: &Payments,
    order_id: &str,
) -> Result<Vec<PaymentAttempt>> {
    let mut sql = Sql::new(
        "SELECT attempt AS number, provider, payment_id, status, amount_minor, captured_pending_minor, \
         created_at AS began_at, \
         authorised_at, captured_at, voided_at, release_wanted_at, asked_by FROM payment_attempts WHERE order_id = ",
    );
    sql.text(order_id).push(" ORDER BY attempt");
    let written: Vec<Written> = sql.fetch_all_as(db.reader()).await?;
    let told = written.into_iter().map(|attempt| {
        let provider = payments.by_method(&attempt.provider);
        let provider = provider.and_then(|provider| provider.provider());
        let id = attempt.payment_id.as_deref();
        PaymentAttempt {
            link: provider
                .zip(id)
                .and_then(|(provider, id)| provider.link(id)),
            number: attempt.number,
            status: attempt.status,
            amount_minor: attempt.amount_minor,
            pending_minor: attempt.pending_minor,
            began_at: attempt.began_at,
            authorised_at: attempt.authorised_at,
            captured_at: attempt.captured_at,
            voided_at: attempt.voided_at,
            release_wanted_at: attempt.release_wanted_at,
            asked_by: attempt.asked_by,
        }
    });
    Ok(told.collect())
}

/// Takes what is set aside for an order that holds its units.
pub async fn capture(
    db: &Store,
    payments: &Payments,
    notes: &PaymentNotes,
    context: ActionContext<'_>,
    form_key: Option<&str>,
) -> ShopResult<()> {
    let last = last(db, context.order_id).await?;
    let last = last.ok_or_else(|| conflict(said().nothing_to_capture()))?;
    if was_done(db, context.order_id, form_key, Done::Captured).await? {
        return Ok(());
    }
    match last.order_status {
        OrderStatus::PendingPayment => {}
        OrderStatus::AwaitingConfirmation | OrderStatus::Cancelled => {
            return Err(conflict(said().not_waiting_for_payment()));
        }
        OrderStatus::Paid
        | OrderStatus::Packed
        | OrderStatus::Shipped
        | OrderStatus::Delivered
        | OrderStatus::Refunded => return Err(conflict(said().captured_already())),
    }
    // It is being let go, whatever is asked for later.
    if last.release_wanted_at.is_some() {
        return Err(conflict(said().release_is_wanted()));
    }
    let payment = look(payments, &last).await?;
    match payment.as_ref().map(|payment| payment.state) {
        Some(PaymentState::Authorised | PaymentState::Captured) => {}
        Some(PaymentState::Processing) => return Err(conflict(said().still_processing())),
        Some(PaymentState::Open | PaymentState::Voided) | None => {
            return Err(conflict(said().nothing_to_capture()));
        }
    }
    note(db, context, &last, form_key, payment).await?;
    let taking = take_in(db, payments, notes, context.now, context.order_id);
    let taken = payments.patiently(&last.payment_method, taking).await;
    match taken.map_err(begun)? {
        TakenIn::Paid => Ok(()),
        TakenIn::Returned => Err(conflict(said().not_waiting_for_payment())),
        TakenIn::Nothing => Err(not_taken(db, context.order_id).await?),
    }
}

/// Why nothing was taken of what the provider held: its card is not to pay, or someone was quicker.
async fn not_taken(db: &Store, order_id: &str) -> Result<ShopError> {
    let status = last(db, order_id).await?.map(|last| last.order_status);
    Ok(match status {
        // Its page says why.
        Some(OrderStatus::Cancelled) => conflict(said().not_waiting_for_payment()),
        Some(
            OrderStatus::AwaitingConfirmation
            | OrderStatus::PendingPayment
            | OrderStatus::Paid
            | OrderStatus::Packed
            | OrderStatus::Shipped
            | OrderStatus::Delivered
            | OrderStatus::Refunded,
        )
        | None => conflict(said().nothing_to_capture()),
    })
}

/// From where the provider may have done it, nobody is told that nothing was changed because our own half of it
/// failed: the next look writes it down.
fn begun(error: Error) -> ShopError {
    match error {
        Error::Refused(_) | Error::Payment(_) => error.into(),
        error => {
            tracing::error!(%error, "what a payment provider was asked for by hand is not written down yet");
            ShopError::of(ErrorKind::PaymentUnclear)
        }
    }
}

fn conflict(words: &str) -> ShopError {
    ShopError::new(ErrorKind::Conflict, words)
}

async fn last(db: &Store, order_id: &str) -> Result<Option<Last>> {
    let row = sqlx::query(
        "SELECT p.id, p.external_id, p.authorised_minor, o.currency, p.asked_by, p.form_key, \
         p.release_wanted_at, o.payment_method, o.status AS order_status, o.payment_status \
         FROM payment_attempts p JOIN orders o ON o.id = p.order_id WHERE p.order_id = $1 \
         ORDER BY p.attempt DESC LIMIT 1",
    )
    .bind(order_id)
    .fetch_optional(db.reader())
    .await?;
    row.as_ref().map(Last::from_row).transpose()
}

/// What a form asks for. Both forms of a page have the same key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Done {
    Captured,
    Released,
}

/// Whether the form was sent before and is done with. One whose effect failed goes on.
async fn was_done(db: &Store, order_id: &str, form_key: Option<&str>, done: Done) -> Result<bool> {
    let Some(key) = form_key else {
        return Ok(false);
    };
    let done = match done {
        Done::Captured => {
            "SELECT 1 AS n FROM payment_attempts WHERE order_id = $1 AND form_key = $2 \
             AND captured_minor > 0 LIMIT 1"
        }
        Done::Released => {
            "SELECT 1 AS n FROM payment_attempts WHERE order_id = $1 AND form_key = $2 \
             AND status = 'voided' LIMIT 1"
        }
    };
    let done = sqlx::query(done).bind(order_id).bind(key);
    Ok(done.fetch_optional(db.reader()).await?.is_some())
}

/// What the provider has of an attempt; `None` if it was never begun there.
async fn look(payments: &Payments, last: &Last) -> Result<Option<Payment>> {
    let paid_by = payments.by_method(&last.payment_method);
    let paid_by = paid_by.ok_or_else(|| conflict(said().provider_not_set_up()))?;
    match (paid_by.provider(), &last.external_id) {
        (Some(provider), Some(reference)) => {
            let looked = timeout(provider.patience(), provider.look(reference)).await;
            // A look changes nothing.
            let silent = |_| Err(ProviderError::Unavailable("it took too long".to_owned()));
            Ok(Some(looked.unwrap_or_else(silent)?))
        }
        _ => Ok(None),
    }
}

/// Writes down who asked for a capture, once for each form, before it is done.
async fn note(
    db: &Store,
    context: ActionContext<'_>,
    last: &Last,
    form_key: Option<&str>,
    payment: Option<Payment>,
) -> ShopResult<()> {
    let ActionContext {
        now,
        actor,
        order_id,
    } = context;
    let (mut tx, _) = step::locked(db, order_id).await?;
    let noted = sqlx::query(
        "UPDATE payment_attempts SET asked_by = $1, form_key = $2, updated_at = $3 \
         WHERE id = $4 AND release_wanted_at IS NULL \
         AND ($2 = '' OR COALESCE(form_key, '') <> $2)",
    )
    .bind(actor)
    .bind(form_key.unwrap_or_default())
    .bind(now)
    .bind(&last.id)
    .execute(&mut *tx)
    .await
    .map_err(Error::from)?
    .rows_affected();
    if noted > 0 {
        let before = payment.map(|payment| {
            json!({
                "authorised_minor": payment.authorised.minor,
                "captured_minor": payment.captured.minor,
                "currency": payment.currency,
            })
        });
        let subject = ("order", order_id);
        audit_log::record(&mut tx, now, actor, "order.capture", subject, before, None).await?;
    }
    tx.commit().await.map_err(Error::from)?;
    Ok(())
}
