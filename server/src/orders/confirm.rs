//! Orders that wait until they are confirmed by the link in a mail, with their units held.

use app::{
    error::{ErrorKind, ShopError, ShopResult},
    orders::steps::Action,
};

use super::{
    admin,
    cancel::cancel_unconfirmed,
    fulfilment::ActionContext,
    money::{self, Whereabouts},
    step,
};
use crate::{
    db::{Dialect, Get, Tx},
    error::{Error, Result},
    ids::{hash_secret, is_secret, new_order_token, order_of_token},
    outbox::{Mail, queue},
    store::Store,
};

/// Orders whose time is over that are ended in one go.
const AT_ONCE: i64 = 500;

/// A new token for the mail, which alone gets to hold it: one that is tried again gets a new one in
/// place of its old one. `None` if there is nothing (any more) to confirm.
pub async fn issue(db: &Store, now: i64, order_id: &str) -> Result<Option<String>> {
    let token = new_order_token(order_id);
    let mut tx = db.begin().await?;
    let changed = sqlx::query(
        "UPDATE orders SET confirm_hash = $1 \
         WHERE id = $2 AND status = 'awaiting_confirmation' AND confirm_by > $3",
    )
    .bind(hash_secret(&token))
    .bind(order_id)
    .bind(now)
    .execute(&mut *tx)
    .await?
    .rows_affected();
    tx.commit().await?;
    Ok((changed > 0).then_some(token))
}

/// The id of the order that a token confirms, or did.
pub async fn order_of(db: &Store, token: &str) -> Result<Option<String>> {
    let Some(id) = order_of_token(token).filter(|_| is_secret(token)) else {
        return Ok(None);
    };
    let row = sqlx::query("SELECT id FROM orders WHERE id = $1 AND confirm_hash = $2")
        .bind(id)
        .bind(hash_secret(token))
        .fetch_optional(db.reader())
        .await?;
    row.map(|row| row.text("id")).transpose()
}

/// Confirms an order. `false` if it does not wait for that (any more), or its time is over.
pub async fn confirm(db: &Store, now: i64, order_id: &str) -> Result<bool> {
    let mut tx = db.begin().await?;
    if !step::take_confirmed(&mut tx, now, order_id).await? {
        tx.rollback().await?;
        return Ok(false);
    }
    announce(&mut tx, db.dialect(), now, order_id).await?;
    tx.commit().await?;
    money::count(Whereabouts::ToCollect, 1);
    count("customer", 1);
    Ok(true)
}

/// The same by somebody of the staff, who knows that the customer wants it.
pub async fn confirm_by_staff(db: &Store, context: ActionContext<'_>) -> ShopResult<()> {
    let ActionContext {
        now,
        actor,
        order_id,
    } = context;
    let refused = || ShopError::new(ErrorKind::Conflict, admin::said().not_to_confirm());
    let (mut tx, status) = step::locked(db, order_id).await?;
    let taken = Action::Confirm.on(status).ok_or_else(refused)?;
    if !step::take(&mut tx, now, order_id, taken, Some(actor)).await? {
        return Err(refused());
    }
    admin::audit_step(&mut tx, now, actor, order_id, taken).await?;
    announce(&mut tx, db.dialect(), now, order_id).await?;
    tx.commit().await.map_err(Error::from)?;
    money::count(Whereabouts::ToCollect, 1);
    count("staff", 1);
    Ok(())
}

/// From here on it is what any order is that is paid on delivery.
async fn announce(tx: &mut Tx, dialect: Dialect, now: i64, order_id: &str) -> Result<()> {
    let mail = Mail::OrderConfirmation {
        order_id: order_id.to_owned(),
    };
    queue(tx, dialect, now, &mail).await
}

/// Ends orders that nobody has confirmed in time, so that their units are for sale again. Nodes that do
/// it at once end each order once. Returns how many.
pub async fn lapse(db: &Store, now: i64) -> Result<usize> {
    let late = sqlx::query(
        "SELECT id FROM orders WHERE status = 'awaiting_confirmation' AND confirm_by <= $1 \
         ORDER BY confirm_by LIMIT $2",
    )
    .bind(now)
    .bind(AT_ONCE)
    .fetch_all(db.reader())
    .await?;
    let mut ended = 0;
    for row in late {
        let order_id = row.text("id")?;
        match cancel_unconfirmed(db, now, &order_id).await {
            Ok(was_ended) => ended += usize::from(was_ended),
            Err(error) => {
                tracing::error!(%error, order = %order_id, "an unconfirmed order will be ended later");
            }
        }
    }
    count("lapsed", ended);
    Ok(ended)
}

fn count(outcome: &'static str, orders: usize) {
    metrics::counter!("holdfast_order_confirmations_total", "outcome" => outcome)
        .increment(orders as u64);
}
