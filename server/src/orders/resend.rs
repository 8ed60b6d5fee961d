//! Sending an e-mail about an order once more, for a shopper who cannot find it.

use app::error::{ErrorKind, ShopError, ShopResult};
use desk::admin::orders::mails::OrderMail;
use serde_json::json;

use super::{admin, fulfilment::ActionContext, step};
use crate::{
    audit_log,
    db::{Ending, Sql, Tx, from_row},
    error::{Error, Result},
    ids::new_id,
    outbox::{Mail, queue},
    store::Store,
};

/// So often in an hour for an order: an address that someone mistyped is not to be flooded.
const MOST: i64 = 3;
const HOUR: i64 = 60 * 60 * 1000;
const DAY: i64 = 24 * HOUR;

/// Queues the e-mail of this word, or the first that the order can have; one form queues one.
pub async fn resend(
    db: &Store,
    context: ActionContext<'_>,
    word: &str,
    form_key: Option<&str>,
) -> ShopResult<()> {
    let ActionContext {
        now,
        actor,
        order_id,
    } = context;
    let (mut tx, status) = step::locked(db, order_id).await?;
    let recipient = recipient(&mut tx, order_id).await?;
    let offered = OrderMail::of(status, recipient.pay_by);
    let wanted = match word {
        "" => offered.first().copied(),
        word => OrderMail::parse(word).filter(|mail| offered.contains(mail)),
    };
    let wanted = wanted.ok_or_else(nothing_to_send)?;
    let order = order_id.to_owned();
    let mail = match wanted {
        // Its link would lead to nothing.
        OrderMail::ToConfirm if recipient.confirm_by.is_none_or(|until| until <= now) => {
            return Err(nothing_to_send());
        }
        OrderMail::ToConfirm => Mail::OrderToConfirm { order_id: order },
        OrderMail::PaymentDetails => Mail::OrderToPay { order_id: order },
        OrderMail::Confirmation => Mail::OrderConfirmation { order_id: order },
        OrderMail::Shipped => Mail::OrderShipped {
            fulfilment_id: last_parcel(&mut tx, order_id).await?,
            order_id: order,
        },
    };
    if recipient.email.is_empty() {
        return Err(nothing_to_send());
    }
    if !note(&mut tx, now, order_id, form_key).await? {
        tx.rollback().await.map_err(Error::from)?;
        return Ok(());
    }
    if within_the_hour(&mut tx, now, order_id).await? > MOST {
        return Err(ShopError::new(
            ErrorKind::TooManyRequests,
            admin::said().resent_often(&MOST.to_string()),
        ));
    }
    queue(&mut tx, db.dialect(), now, &mail).await?;
    audit_log::record(
        &mut tx,
        now,
        actor,
        "order.resend",
        ("order", order_id),
        None,
        Some(json!({ "mail": mail.kind() })),
    )
    .await?;
    tx.commit().await.map_err(Error::from)?;
    Ok(())
}

fn nothing_to_send() -> ShopError {
    ShopError::new(ErrorKind::Conflict, admin::said().nothing_to_resend())
}

/// Whom the mails of an order go to.
struct Recipient {
    /// Empty once its personal data was erased.
    email: String,
    /// Until when it waits for a transfer, if it does.
    pay_by: Option<i64>,
    /// Until when it waits for its confirmation, if it does.
    confirm_by: Option<i64>,
}

from_row!(Recipient {
    email,
    pay_by,
    confirm_by
});

async fn last_parcel(tx: &mut Tx, order_id: &str) -> ShopResult<String> {
    let mut sql = Sql::new("SELECT id FROM fulfilments WHERE order_id = ");
    sql.text(order_id).push(" ORDER BY number DESC LIMIT 1");
    let parcel: Option<String> = sql.fetch_optional_value(&mut **tx).await?;
    // One that was shipped before parcels were kept has none.
    parcel.ok_or_else(nothing_to_send)
}

async fn recipient(tx: &mut Tx, order_id: &str) -> Result<Recipient> {
    let mut sql = Sql::new("SELECT email, pay_by, confirm_by FROM orders WHERE id = ");
    sql.text(order_id);
    sql.fetch_one_as(&mut **tx).await
}

const SENT: Ending = Ending {
    table: "resent_mails",
    key: "form_key",
    at: "at",
};

/// `false` if the form was sent before.
async fn note(tx: &mut Tx, now: i64, order_id: &str, form_key: Option<&str>) -> Result<bool> {
    let key = form_key.map_or_else(new_id, str::to_owned);
    let mut sql = Sql::new("INSERT INTO resent_mails (form_key, order_id, at) VALUES (");
    sql.text(key).push(", ").text(order_id).push(", ").int(now);
    sql.push(") ON CONFLICT (form_key) DO NOTHING");
    Ok(sql.execute(&mut **tx).await? == 1)
}

async fn within_the_hour(tx: &mut Tx, now: i64, order_id: &str) -> Result<i64> {
    let mut sql = Sql::new("SELECT COUNT(*) AS n FROM resent_mails WHERE order_id = ");
    sql.text(order_id).push(" AND at > ").int(now - HOUR);
    sql.fetch_value(&mut **tx).await
}

/// Forgets what no form that is still open can send again.
pub async fn drop_old(db: &Store, now: i64) -> Result<()> {
    SENT.drop_until(db, now - DAY - 1).await.map(drop)
}
