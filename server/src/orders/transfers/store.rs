//! What was found on the shop's account, order by order.

use app::{
    checkout::types::BANK_TRANSFER,
    error::{ErrorKind, ShopError, ShopResult},
    orders::{payment::PaymentStatus, types::OrderStatus},
};
use desk::admin::transfers::types::{Recorded as Listed, ToReturn, Waiting};
use serde_json::json;

use super::notes::Transfer;
use crate::{
    audit_log,
    db::{Dialect, Sql, Tx, from_row, only},
    error::{Error, Result},
    ids::new_id,
    orders::{admin::said, fulfilment::ActionContext, paid::settle, promise, step},
    payment::bank_transfer::Received,
    store::Store,
};

/// Orders in a list.
const LISTED: i64 = 200;

/// What counts for an order.
const KEPT: &str = "SELECT CAST(COALESCE(SUM(t.amount_minor - t.return_minor), 0) AS BIGINT) AS minor \
     FROM transfers t WHERE t.order_id = ";

/// What came of recording a transfer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recorded {
    /// It made its order whole.
    Paid,
    /// It is written down, now or before.
    Noted,
    NoOrder,
    NotByTransfer,
}

struct Expected {
    payment_method: String,
    total_minor: i64,
}

from_row!(Expected {
    payment_method,
    total_minor,
});

/// Records a transfer for an order. What makes it whole pays it; what is over, and all that comes for an
/// order that does not wait any more, has to go back.
///
/// What makes it whole writes to the cart, too: cart and order are locked, in this order.
pub async fn record(
    tx: &mut Tx,
    dialect: Dialect,
    now: i64,
    transfer: &Transfer,
) -> Result<Recorded> {
    let order_id = transfer.order_id.as_str();
    let Some(status) = step::lock(tx, dialect, order_id).await? else {
        return Ok(Recorded::NoOrder);
    };
    let mut sql = Sql::new("SELECT payment_method, total_minor FROM orders WHERE id = ");
    sql.text(order_id);
    let Expected {
        payment_method,
        total_minor,
    } = sql.fetch_one_as(&mut **tx).await?;
    if payment_method != BANK_TRANSFER {
        return Ok(Recorded::NotByTransfer);
    }
    let mut sql = Sql::new(KEPT);
    sql.text(order_id);
    let kept: i64 = sql.fetch_value(&mut **tx).await?;
    let waits = status == OrderStatus::PendingPayment;
    let amount_minor = transfer.amount_minor;
    let received = Received::of(total_minor, kept.saturating_add(amount_minor));
    let return_minor = match received {
        _ if !waits => amount_minor,
        Received::Over { surplus_minor } => surplus_minor,
        Received::Nothing | Received::Partial { .. } | Received::Exact => 0,
    };
    if !insert(tx, now, transfer, return_minor).await? {
        // The same form, sent twice.
        return Ok(Recorded::Noted);
    }
    audit_log::record(
        tx,
        now,
        &transfer.actor,
        "order.transfer",
        ("order", order_id),
        None,
        Some(json!({
            "amount_minor": amount_minor, "return_minor": return_minor, "day": transfer.day,
        })),
    )
    .await?;
    let is_paid = waits
        && received.is_enough()
        && settle(tx, dialect, now, order_id, PaymentStatus::Captured, "").await?;
    if !is_paid {
        return Ok(Recorded::Noted);
    }
    promise::begin(tx, now, order_id).await?;
    Ok(Recorded::Paid)
}

async fn insert(tx: &mut Tx, now: i64, transfer: &Transfer, return_minor: i64) -> Result<bool> {
    let written = sqlx::query(
        "INSERT INTO transfers (id, order_id, amount_minor, return_minor, day, note, actor, \
         form_key, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
         ON CONFLICT (form_key) DO NOTHING",
    )
    .bind(new_id())
    .bind(&transfer.order_id)
    .bind(transfer.amount_minor)
    .bind(return_minor)
    .bind(&transfer.day)
    .bind(&transfer.note)
    .bind(&transfer.actor)
    .bind(&transfer.form_key)
    .bind(now)
    .execute(&mut **tx)
    .await?;
    Ok(written.rows_affected() > 0)
}

/// Notes that what had to go back of a transfer did. Of several who do, one does.
pub async fn returned(db: &Store, context: ActionContext<'_>, transfer: &str) -> ShopResult<()> {
    let ActionContext {
        now,
        actor,
        order_id,
    } = context;
    let (mut tx, _) = step::locked(db, order_id).await?;
    let row = sqlx::query(
        "UPDATE transfers SET returned_at = $1, returned_by = $2 WHERE id = $3 AND order_id = $4 \
         AND return_minor > 0 AND returned_at IS NULL RETURNING return_minor",
    )
    .bind(now)
    .bind(actor)
    .bind(transfer)
    .bind(order_id)
    .fetch_optional(&mut *tx)
    .await
    .map_err(Error::from)?
    .ok_or_else(|| ShopError::new(ErrorKind::Conflict, said().nothing_to_return()))?;
    audit_log::record(
        &mut tx,
        now,
        actor,
        "order.transfer_returned",
        ("order", order_id),
        None,
        Some(json!({ "amount_minor": only::<i64>(&row)? })),
    )
    .await?;
    tx.commit().await.map_err(Error::from)?;
    Ok(())
}

/// Orders that end without being paid get back what came for them.
pub async fn owe_back<'a>(
    tx: &mut Tx,
    dialect: Dialect,
    order_ids: impl IntoIterator<Item = &'a str>,
) -> Result<()> {
    let mut sql = Sql::new(
        "UPDATE transfers SET return_minor = amount_minor, returned_at = NULL, \
         returned_by = NULL WHERE return_minor < amount_minor AND order_id",
    );
    sql.among(dialect, order_ids);
    sql.execute(&mut **tx).await?;
    Ok(())
}

/// The transfers of an order, oldest first.
pub async fn recorded(db: &Store, order_id: &str) -> Result<Vec<Listed>> {
    let mut sql = Sql::new(
        "SELECT id, amount_minor, return_minor, returned_at, day, note, actor \
         FROM transfers WHERE order_id = ",
    );
    sql.text(order_id).push(" ORDER BY recorded_at, id");
    sql.fetch_all_as(db.reader()).await
}

from_row!(Listed {
    id,
    amount_minor,
    return_minor,
    returned_at,
    day,
    note,
    actor,
});

/// Orders that wait for their money, those first whose time is over first.
pub async fn waiting(db: &Store) -> Result<Vec<Waiting>> {
    let mut sql = Sql::new(
        "SELECT o.id, o.number, o.name, o.currency, o.total_minor, o.pay_by AS until, \
         (SELECT n.number FROM order_short_numbers n WHERE n.order_id = o.id) AS short_number, \
         CAST(COALESCE((SELECT SUM(t.amount_minor - t.return_minor) FROM transfers t \
           WHERE t.order_id = o.id), 0) AS BIGINT) AS received_minor FROM orders o",
    );
    sql.push(db.dialect().indexed_by("orders_awaiting_transfer"))
        .push(
            " WHERE o.status = 'pending_payment' AND o.pay_by IS NOT NULL \
             ORDER BY o.pay_by, o.id LIMIT ",
        )
        .int(LISTED);
    sql.fetch_all_as(db.reader()).await
}

from_row!(Waiting {
    id,
    number,
    short_number,
    name,
    currency,
    total_minor,
    until,
    received_minor,
});

/// Orders of which money has to go back that came by transfer and was not theirs.
pub async fn to_return(db: &Store) -> Result<Vec<ToReturn>> {
    let mut sql = Sql::new(
        "SELECT o.id, o.number, o.name, o.currency, \
         (SELECT n.number FROM order_short_numbers n WHERE n.order_id = o.id) AS short_number, \
         CAST(SUM(t.return_minor) AS BIGINT) AS return_minor FROM transfers t \
         JOIN orders o ON o.id = t.order_id WHERE t.return_minor > 0 AND t.returned_at IS NULL \
         GROUP BY o.id, o.number, o.name, o.currency ORDER BY MIN(t.recorded_at), o.id LIMIT ",
    );
    sql.int(LISTED);
    sql.fetch_all_as(db.reader()).await
}

from_row!(ToReturn {
    id,
    number,
    short_number,
    name,
    currency,
    return_minor,
});
