//! Refunding an order, whole or some units: written down once, then paid back (`checkout::refund`).

pub mod by_bank;
mod by_hand;
pub mod cancelled;
mod decide;
mod elsewhere;
pub mod failed;
pub mod owed;
pub mod pay_back;
mod read;
mod write;

use app::{
    error::{ErrorKind, ShopError, ShopResult},
    locale::locale,
    orders::{payment::PaymentStatus, steps::Action, types::OrderStatus},
};
use desk::admin::orders::types::{Quote, RefundRequest, Restock};
use serde_json::json;
use write::{RefundWrite, Stored, stored};

pub use by_hand::paid_back;
pub use decide::{Bought, BoughtLine, decide};
pub use read::of_order;

use super::{give_back::lock_variants, step};
use crate::{
    audit_log,
    db::{Sql, Tx},
    error::{Error, Result},
    ids::new_id,
    orders::admin,
    store::Store,
};

/// A refund someone wants to make.
#[derive(Debug, Clone, Copy)]
pub struct Refunding<'a> {
    pub order_id: &'a str,
    /// E-mail address of the member of the staff who does it.
    pub actor: &'a str,
    /// 1 for the order's first. Of two people who look at the same order, one makes its next.
    pub number: i64,
    /// Of the form: sent twice, it is one refund.
    pub form_key: Option<&'a str>,
    pub request: &'a RefundRequest,
    /// The amount they were shown.
    pub expected_minor: Option<i64>,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefundOutcome {
    /// With the refund's id.
    New(String),
    /// This form made its refund before.
    Before,
}

/// What a request comes to as the order is.
pub async fn quote(db: &Store, order_id: &str, request: &RefundRequest) -> ShopResult<Quote> {
    let mut connection = db.reader().acquire().await.map_err(Error::from)?;
    let order = stored(&mut connection, order_id)
        .await?
        .ok_or_else(ShopError::not_found)?;
    worked_out(&order, request)
}

fn worked_out(order: &Stored, request: &RefundRequest) -> ShopResult<Quote> {
    // The bank has its money, or gives it back: it would go back twice.
    if order.payment == PaymentStatus::Disputed {
        return Err(ShopError::new(
            ErrorKind::Conflict,
            admin::said().refund_disputed(),
        ));
    }
    // After the last unit, delivery can still be refunded.
    let is_left = match order.status {
        OrderStatus::Refunded => order.bought.shipping_left_minor > 0,
        status => status.allows(Action::Refund),
    };
    if !is_left {
        return Err(admin::refused(order.status, Action::Refund));
    }
    decide(&order.bought, request).map_err(ShopError::fields)
}

/// Writes a refund down: units, money, stock and time line in one transaction. The money is owed from
/// then on; the shopper hears of it when it is paid back.
pub async fn make(db: &Store, now: i64, refunding: Refunding<'_>) -> ShopResult<RefundOutcome> {
    let Refunding {
        order_id,
        actor,
        number,
        request,
        ..
    } = refunding;
    let dialect = db.dialect();
    let (mut tx, _) = step::locked(db, order_id).await?;
    if let Some(key) = refunding.form_key
        && was_sent(&mut tx, order_id, key).await?
    {
        return Ok(RefundOutcome::Before);
    }
    if request.restock == Restock::ToStock {
        lock_variants(&mut tx, dialect, order_id).await?;
    }
    let order = stored(&mut tx, order_id)
        .await?
        .ok_or_else(ShopError::not_found)?;
    if number != order.refunds + 1 {
        return Err(ShopError::new(
            ErrorKind::Conflict,
            admin::said().refunded_meanwhile(),
        ));
    }
    let quote = worked_out(&order, request)?;
    if let Some(expected) = refunding.expected_minor
        && expected != quote.amount_minor
    {
        return Err(ShopError::new(
            ErrorKind::TotalChanged,
            admin::said().refund_is_now(&locale().money(quote.amount_minor, &order.currency)),
        ));
    }
    let write = RefundWrite {
        id: &new_id(),
        now,
        refunding,
        order: &order,
        quote: &quote,
    };
    let changes = write.write(&mut tx, dialect).await?;
    let status = if quote.ends_order {
        Action::Refund.done()
    } else {
        order.status.as_str()
    };
    audit_log::record(
        &mut tx,
        now,
        actor,
        "order.refund",
        ("order", order_id),
        Some(json!({ "status": order.status.as_str(), "refunded_minor": order.refunded_minor })),
        Some(json!({
            "status": status, "refunded_minor": order.refunded_minor + quote.amount_minor,
            "units": quote.units.iter().map(|(_, units)| units).sum::<i64>(),
            "restock": request.restock == Restock::ToStock,
        })),
    )
    .await?;
    changes.commit(tx, db).await?;
    Ok(RefundOutcome::New(write.id.to_owned()))
}

/// Whether a form with this key made a refund of the order.
async fn was_sent(tx: &mut Tx, order_id: &str, key: &str) -> Result<bool> {
    let mut sql = Sql::new("SELECT order_id FROM order_events WHERE form_key = ");
    sql.text(key);
    let sent_for: Option<String> = sql.fetch_optional_value(&mut **tx).await?;
    Ok(sent_for.as_deref() == Some(order_id))
}
