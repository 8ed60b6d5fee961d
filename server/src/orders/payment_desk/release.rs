//! Letting go by hand of what a provider holds. The wish is written down before the provider is asked, so that nothing
//! is captured from then on, whatever becomes of the answer or of this node: each look at the payment finishes it.

use app::{
    error::{ErrorKind, ShopError, ShopResult},
    orders::{payment::PaymentStatus, types::OrderStatus},
};
use serde_json::json;

use super::{Done, Last, conflict, last, look, was_done};
use crate::{
    audit_log,
    error::{Error, ProviderError, Result},
    orders::{admin::said, fulfilment::ActionContext, refund::cancelled::settle_cancelled, step},
    payment::{Payments, Released, not_offered, port::PaymentState},
    store::Store,
};

/// Whose the wish is that is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wish {
    /// This form's. If there is nothing to release, it is withdrawn.
    New,
    /// Someone has asked before, and it is not done yet.
    Before,
}

/// Lets go of what is set aside for an order: one that waits can be paid again, one that was cancelled
/// is charged nothing. While the provider does not answer, it is asked by each look.
pub async fn void(
    db: &Store,
    payments: &Payments,
    context: ActionContext<'_>,
    form_key: Option<&str>,
) -> ShopResult<()> {
    let last = last(db, context.order_id).await?;
    let last = last.ok_or_else(|| conflict(said().nothing_to_release()))?;
    if was_done(db, context.order_id, form_key, Done::Released).await? {
        return Ok(());
    }
    may_be_released(&last, payments)?;
    let wish = want(db, context, &last, form_key).await?;
    let released = release(db, payments, context, &last, wish).await;
    let Err(error) = released else {
        return Ok(());
    };
    match error {
        // It stays wanted, and the order's page says so.
        Error::Payment(
            ProviderError::Unavailable(_)
            | ProviderError::RateLimited { .. }
            | ProviderError::Interrupted(_)
            | ProviderError::NotNow { .. },
        ) => {
            tracing::warn!(%error, order = %context.order_id, "a release is wanted and will be retried");
            Ok(())
        }
        // The same, but someone has to change a setting before.
        Error::Payment(ProviderError::Misconfigured(words)) => {
            tracing::error!(%words, order = %context.order_id, "a release is wanted, and the provider takes no requests");
            let words = said().release_needs_setting();
            Err(ShopError::new(ErrorKind::PaymentAway, words))
        }
        error @ (Error::Refused(_)
        | Error::Payment(ProviderError::Refused { .. } | ProviderError::Declined { .. })) => {
            if wish == Wish::New {
                withdraw(db, context, &last).await?;
            }
            Err(error.into())
        }
        error => {
            tracing::error!(%error, order = %context.order_id, "a release is not written down yet");
            Err(ShopError::of(ErrorKind::PaymentUnclear))
        }
    }
}

/// What can be told without asking anybody.
fn may_be_released(last: &Last, payments: &Payments) -> ShopResult<()> {
    match last.payment_status {
        PaymentStatus::Pending | PaymentStatus::Authorised => {}
        PaymentStatus::Captured | PaymentStatus::Disputed => {
            return Err(conflict(said().captured_already()));
        }
        PaymentStatus::Due
        | PaymentStatus::Declined
        | PaymentStatus::Voided
        | PaymentStatus::Refunded => return Err(conflict(said().nothing_to_release())),
    }
    let paid_by = payments.by_method(&last.payment_method);
    let paid_by = paid_by.ok_or_else(|| conflict(said().provider_not_set_up()))?;
    match paid_by.provider().is_some() && last.external_id.is_some() {
        true => Ok(()),
        // It was never begun there.
        false => Err(conflict(said().nothing_to_release())),
    }
}

/// Writes down the wish and who has it, once. From then on nothing of this attempt is captured.
async fn want(
    db: &Store,
    context: ActionContext<'_>,
    last: &Last,
    form_key: Option<&str>,
) -> ShopResult<Wish> {
    let ActionContext {
        now,
        actor,
        order_id,
    } = context;
    let (mut tx, _) = step::locked(db, order_id).await?;
    let wanted = sqlx::query(
        "UPDATE payment_attempts SET release_wanted_at = $1, asked_by = $2, form_key = $3, \
         updated_at = $1 WHERE id = $4 AND status IN ('pending', 'authorised') \
         AND release_wanted_at IS NULL",
    )
    .bind(now)
    .bind(actor)
    .bind(form_key.unwrap_or_default())
    .bind(&last.id)
    .execute(&mut *tx)
    .await
    .map_err(Error::from)?
    .rows_affected();
    if wanted == 0 {
        tx.rollback().await.map_err(Error::from)?;
        return Ok(Wish::Before);
    }
    let before = json!({
        "authorised_minor": last.authorised_minor,
        "currency": last.currency,
    });
    let subject = ("order", order_id);
    audit_log::record(
        &mut tx,
        now,
        actor,
        "order.void",
        subject,
        Some(before),
        None,
    )
    .await?;
    tx.commit().await.map_err(Error::from)?;
    Ok(Wish::New)
}

/// There was nothing to release, and the one who asked is told so: what is set aside later is captured as ever.
async fn withdraw(db: &Store, context: ActionContext<'_>, last: &Last) -> Result<()> {
    let mut tx = db.begin().await?;
    step::lock(&mut tx, db.dialect(), context.order_id).await?;
    sqlx::query(
        "UPDATE payment_attempts SET release_wanted_at = NULL, asked_by = $1, form_key = $2 \
         WHERE id = $3 AND release_wanted_at = $4 AND status IN ('pending', 'authorised')",
    )
    .bind(last.asked_by.as_deref())
    .bind(last.form_key.as_deref())
    .bind(&last.id)
    .bind(context.now)
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(())
}

/// Asks the provider for it. What its state does not allow is refused in words.
async fn release(
    db: &Store,
    payments: &Payments,
    context: ActionContext<'_>,
    last: &Last,
    wish: Wish,
) -> Result<()> {
    let state = look(payments, last).await?.map(|payment| payment.state);
    match (state, wish) {
        (Some(PaymentState::Authorised | PaymentState::Voided), Wish::New | Wish::Before) => {}
        // Nobody is to set anything aside there any more.
        (Some(PaymentState::Open), Wish::Before) => {}
        (Some(PaymentState::Processing), Wish::New | Wish::Before) => {
            return Err(conflict(said().still_processing()).into());
        }
        (Some(PaymentState::Captured), Wish::New | Wish::Before) => {
            return Err(conflict(said().captured_already()).into());
        }
        (Some(PaymentState::Open), Wish::New) | (None, Wish::New | Wish::Before) => {
            return Err(conflict(said().nothing_to_release()).into());
        }
    }
    let method = &last.payment_method;
    if last.order_status == OrderStatus::Cancelled {
        let settling = settle_cancelled(db, payments, context.now, context.order_id, method);
        return payments.patiently(method, settling).await;
    }
    let provider = payments.by_method(method).ok_or_else(not_offered)?;
    let releasing = async {
        let released = provider.release(context.order_id).await;
        released.map_err(Error::from)
    };
    match payments.patiently(method, releasing).await? {
        Released::Released => Ok(()),
        Released::Captured => Err(conflict(said().captured_already()).into()),
        Released::Nothing => Err(conflict(said().nothing_to_release()).into()),
    }
}
