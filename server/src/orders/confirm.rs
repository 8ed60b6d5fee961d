//! Orders that wait until they are confirmed by the link in a mail, with their units held.

use std::collections::HashMap;

use app::{
    error::{ErrorKind, ShopError, ShopResult},
    orders::steps::Transition,
};
use futures_util::{StreamExt as _, stream};

use super::{
    admin,
    cancel::Cancellations,
    fulfilment::ActionContext,
    money::{self, Whereabouts},
    promise, step,
};
use crate::{
    db::{Dialect, Rows, Sql, Tx},
    error::{Error, Result},
    ids::{hash_secret, is_secret, new_order_token, order_of_token},
    outbox::{Mail, queue},
    payment::bank_transfer::settings,
    store::Store,
};

/// Orders whose time is over that are ended in one go.
const IN_ONE_GO: i64 = 500;

/// A new token for the mail, which alone gets to hold it. A mail that is sent again gets another one, and
/// those before lead to the button as well: nobody knows which mail is opened. `None` if there is
/// nothing (any more) to confirm.
pub async fn issue(db: &Store, now: i64, order_id: &str) -> Result<Option<String>> {
    let mut tokens = issue_all(db, now, &[order_id]).await?;
    Ok(tokens.remove(order_id))
}

/// The same for many orders in one transaction: those that wait to be confirmed, each with its token.
pub async fn issue_all(
    db: &Store,
    now: i64,
    order_ids: &[&str],
) -> Result<HashMap<String, String>> {
    if order_ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut tokens: HashMap<String, String> = order_ids
        .iter()
        .map(|id| ((*id).to_owned(), new_order_token(id)))
        .collect();
    let mut rows = Rows::default();
    rows.text("of_order", tokens.keys())
        .text("new_hash", tokens.values().map(|token| hash_secret(token)));
    let dialect = db.dialect();
    let mut tx = db.begin().await?;
    // In the order of their ids, as all who lock several.
    let mut lock = Sql::new("SELECT id FROM orders WHERE status = 'awaiting_confirmation' AND id");
    lock.among(dialect, order_ids).push(" ORDER BY id");
    lock.push(dialect.for_update());
    lock.fetch_all(&mut *tx).await?;
    // Those of the eight newest links: 64 digits each, with a blank between them.
    let mut sql = Sql::new(
        "UPDATE orders SET confirm_hash = \
         SUBSTR(t.new_hash || COALESCE(' ' || confirm_hash, ''), 1, 519) FROM ",
    );
    sql.given(dialect, rows)
        .push(" AS t WHERE orders.id = t.of_order AND status = 'awaiting_confirmation' AND confirm_by > ")
        .int(now)
        .and_among(dialect, "orders.id", order_ids)
        .push(" RETURNING id");
    let waiting: Vec<String> = sql.fetch_values(&mut *tx).await?;
    tx.commit().await?;
    let issued = waiting.iter().filter_map(|id| tokens.remove_entry(id));
    Ok(issued.collect())
}

/// The id of the order that a token confirms, or did.
pub async fn order_of(db: &Store, token: &str) -> Result<Option<String>> {
    let Some(id) = order_of_token(token).filter(|_| is_secret(token)) else {
        return Ok(None);
    };
    let mut sql = Sql::new("SELECT id, confirm_hash FROM orders WHERE id = ");
    sql.text(id);
    let found: Option<(String, Option<String>)> = sql.fetch_optional_as(db.reader()).await?;
    let Some((id, hashes)) = found else {
        return Ok(None);
    };
    let hash = hash_secret(token);
    let leads_there = hashes.is_some_and(|hashes| hashes.split(' ').any(|one| one == hash));
    Ok(leads_there.then_some(id))
}

/// Confirms an order. `false` if it does not wait for that (any more), or its time is over.
pub async fn confirm(db: &Store, now: i64, order_id: &str) -> Result<bool> {
    let mut tx = db.begin().await?;
    let onward = Onward::of(&mut tx, order_id).await?;
    if !step::take_confirmed(&mut tx, now, order_id, onward.step()).await? {
        tx.rollback().await?;
        return Ok(false);
    }
    onward.begin(&mut tx, db.dialect(), now, order_id).await?;
    tx.commit().await?;
    money::count(onward.money(), 1);
    count("customer", 1);
    Ok(true)
}

/// The same by someone of the staff, who knows that the customer wants it.
pub async fn confirm_by_staff(db: &Store, context: ActionContext<'_>) -> ShopResult<()> {
    let ActionContext {
        now,
        actor,
        order_id,
    } = context;
    let refused = || ShopError::new(ErrorKind::Conflict, admin::said().not_to_confirm());
    let (mut tx, _) = step::locked(db, order_id).await?;
    let onward = Onward::of(&mut tx, order_id).await?;
    let taken = onward.step();
    if !step::take(&mut tx, now, order_id, taken, Some(actor)).await? {
        return Err(refused());
    }
    admin::audit_step(&mut tx, now, actor, order_id, taken).await?;
    onward.begin(&mut tx, db.dialect(), now, order_id).await?;
    tx.commit().await.map_err(Error::from)?;
    money::count(onward.money(), 1);
    count("staff", 1);
    Ok(())
}

/// How an order goes on once it is confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Onward {
    /// It is paid for on delivery: it can be packed.
    ToPack,
    /// It waits for a bank transfer.
    ToPay,
}

impl Onward {
    async fn of(tx: &mut Tx, order_id: &str) -> Result<Self> {
        let mut sql = Sql::new("SELECT pay_by FROM orders WHERE id = ");
        sql.text(order_id);
        let pay_by: Option<Option<i64>> = sql.fetch_optional_value(&mut **tx).await?;
        Ok(match pay_by.flatten() {
            Some(_) => Self::ToPay,
            None => Self::ToPack,
        })
    }

    const fn step(self) -> Transition {
        match self {
            Self::ToPack => Transition::Confirm,
            Self::ToPay => Transition::ConfirmUnpaid,
        }
    }

    const fn money(self) -> Whereabouts {
        match self {
            Self::ToPack => Whereabouts::ToCollect,
            Self::ToPay => Whereabouts::Awaited,
        }
    }

    /// From here on it is what any order is that is paid in its way.
    async fn begin(self, tx: &mut Tx, dialect: Dialect, now: i64, order_id: &str) -> Result<()> {
        let order_id = order_id.to_owned();
        let mail = match self {
            Self::ToPack => {
                promise::begin(tx, now, &order_id).await?;
                Mail::OrderConfirmation { order_id }
            }
            Self::ToPay => {
                // The days to pay begin when they can: only now is told where to.
                let days = settings::read(&mut **tx).await?.days;
                sqlx::query("UPDATE orders SET pay_by = $1 WHERE id = $2")
                    .bind(now + settings::wait_ms(days))
                    .bind(&order_id)
                    .execute(&mut **tx)
                    .await?;
                Mail::OrderToPay { order_id }
            }
        };
        queue(tx, dialect, now, &mail).await
    }
}

/// Ends orders that nobody has confirmed in time, so that their units are for sale again: many in one transaction, which
/// keeps the row of a product that everybody wants for one flush. Nodes that do it at once end each order once. Returns
/// how many.
pub async fn lapse(db: &Store, cancellations: &Cancellations, now: i64) -> Result<usize> {
    let mut sql =
        Sql::new("SELECT id FROM orders WHERE status = 'awaiting_confirmation' AND confirm_by <= ");
    sql.int(now)
        .push(" ORDER BY confirm_by LIMIT ")
        .int(IN_ONE_GO);
    let late: Vec<String> = sql.fetch_values(db.reader()).await?;
    // No more at once than go together: a shopper whose card is declined meanwhile waits for one or two batches.
    let ended = stream::iter(late)
        .map(|order_id| async move { end(cancellations, &order_id).await })
        .buffer_unordered(Cancellations::MOST)
        .filter(|was_ended| std::future::ready(*was_ended))
        .count()
        .await;
    count("lapsed", ended);
    Ok(ended)
}

/// Whether this call did it.
async fn end(cancellations: &Cancellations, order_id: &str) -> bool {
    match cancellations.cancel_unconfirmed(order_id).await {
        Ok(was_ended) => was_ended,
        Err(error) => {
            tracing::error!(%error, order = %order_id, "an unconfirmed order will be ended later");
            false
        }
    }
}

fn count(outcome: &'static str, orders: usize) {
    metrics::counter!("holdfast_order_confirmations_total", "outcome" => outcome)
        .increment(orders as u64);
}
