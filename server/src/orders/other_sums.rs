//! Sums that were taken at a provider and are not what their orders cost. The provider sends them back; here the owner
//! is told of each, and those that are not back are looked at until they are.

use app::error::{ErrorKind, ShopError, ShopResult};
use desk::admin::orders::types::OtherSum;
use serde_json::json;

use super::{
    admin::said,
    fulfilment::ActionContext,
    looks::{Looked, put_off},
    owner, step,
};
use crate::{
    audit_log,
    db::{FromRow, Sql, Tx, from_row},
    error::{Error, Result},
    outbox::Trouble,
    payment::{
        Payments,
        reach::{Part, Reach},
    },
    store::Store,
};

/// How often one that is not back is looked at, in milliseconds.
const PAUSE_MS: i64 = 60 * 60 * 1000;
/// Sums of one run.
const AT_ONCE: i64 = 50;

struct Due {
    order_id: String,
    method: String,
}

from_row!(Due {
    order_id,
    method: "provider",
});

/// Has those sent back that are not, the ones first that were not looked at the longest. One may also have gone back at
/// the provider itself meanwhile, or have failed to arrive.
pub async fn look_at_open(db: &Store, payments: &Payments, now: i64, reach: &Reach) -> Result<()> {
    let mut sql = Sql::new(
        "SELECT s.order_id, p.provider FROM other_sums s \
         JOIN payment_attempts p ON p.id = s.attempt_id \
         WHERE s.captured_minor > s.returned_minor + s.by_hand_minor AND (s.looked_at <= ",
    );
    // Of what may have been sent nobody knows until the provider says, and nobody may pay it by hand.
    sql.int(now - PAUSE_MS)
        .push(" OR s.sending_until <= ")
        .int(now)
        .push(") ORDER BY s.looked_at LIMIT ")
        .int(AT_ONCE);
    let due: Vec<Due> = sql.fetch_all_as(db.reader()).await?;
    for Due { order_id, method } in due {
        let Some(provider) = payments.by_method(&method) else {
            continue;
        };
        if !reach.may_ask(Part::Sent, &method) {
            continue;
        }
        put_off(db, now, &order_id, Looked::OtherSums).await?;
        let looked = provider.return_other_sums(&order_id).await;
        let looked = looked.map_err(Error::from);
        reach.note(&method, &looked);
        if let Err(error) = looked {
            tracing::error!(%error, order = %order_id, "a sum that is not the order's could not be sent back and will be retried");
        }
    }
    Ok(())
}

struct Untold {
    attempt_id: String,
    order_id: String,
    captured_minor: i64,
    currency: String,
    fault: String,
}

from_row!(Untold {
    attempt_id,
    order_id,
    captured_minor,
    currency,
    fault,
});

/// Tells the owner of those that they have not heard of, each once.
pub async fn tell(db: &Store, now: i64) -> Result<()> {
    let mut sql = Sql::new(
        "SELECT attempt_id, order_id, captured_minor, currency, fault FROM other_sums \
         WHERE told_at IS NULL ORDER BY found_at LIMIT ",
    );
    sql.int(AT_ONCE);
    let found: Vec<Untold> = sql.fetch_all_as(db.reader()).await?;
    for sum in found {
        let mut tx = db.begin().await?;
        let told = sqlx::query(
            "UPDATE other_sums SET told_at = $1 WHERE attempt_id = $2 AND told_at IS NULL",
        )
        .bind(now)
        .bind(&sum.attempt_id)
        .execute(&mut *tx)
        .await?
        .rows_affected();
        if told > 0 {
            let trouble = Trouble::OtherSum {
                currency: sum.currency,
                fault: sum.fault,
            };
            let (order_id, minor) = (&sum.order_id, sum.captured_minor);
            owner::tell(&mut tx, db.dialect(), now, order_id, minor, &trouble).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

from_row!(OtherSum {
    attempt,
    captured_minor,
    currency,
    returned_minor,
    pending_minor,
    by_hand_minor,
    fault,
    found_at,
});

/// Those of an order, the first attempt's first.
pub async fn of_order(db: &Store, order_id: &str) -> Result<Vec<OtherSum>> {
    let mut sql = Sql::new(
        "SELECT p.attempt, s.captured_minor, s.currency, s.returned_minor, s.pending_minor, \
         s.by_hand_minor, s.fault, s.found_at \
         FROM other_sums s JOIN payment_attempts p ON p.id = s.attempt_id WHERE s.order_id = ",
    );
    sql.text(order_id).push(" ORDER BY p.attempt");
    sql.fetch_all_as(db.reader()).await
}

struct PaidBack {
    by_hand_minor: i64,
    currency: String,
}

from_row!(PaidBack {
    by_hand_minor,
    currency,
});

/// Notes that what the provider did not send back of an attempt went back by hand. Of several who do, one does; nobody
/// while it is being sent: one statement decides.
pub async fn paid_back(db: &Store, context: ActionContext<'_>, attempt: i64) -> ShopResult<()> {
    let ActionContext {
        now,
        actor,
        order_id,
    } = context;
    let (mut tx, _) = step::locked(db, order_id).await?;
    let noted = sqlx::query(
        "UPDATE other_sums SET by_hand_minor = captured_minor - returned_minor - pending_minor \
         WHERE captured_minor > returned_minor + pending_minor + by_hand_minor \
         AND sending_until IS NULL AND attempt_id = \
         (SELECT p.id FROM payment_attempts p WHERE p.order_id = $1 AND p.attempt = $2) \
         RETURNING by_hand_minor, currency",
    )
    .bind(order_id)
    .bind(attempt)
    .fetch_optional(&mut *tx)
    .await
    .map_err(Error::from)?;
    let Some(noted) = noted else {
        let words = match is_being_sent(&mut tx, order_id, attempt).await? {
            true => said().sum_is_being_sent(),
            false => said().no_such_sum(),
        };
        return Err(ShopError::new(ErrorKind::Conflict, words));
    };
    let PaidBack {
        by_hand_minor,
        currency,
    } = PaidBack::from_row(&noted)?;
    audit_log::record(
        &mut tx,
        now,
        actor,
        "order.return_sum",
        ("order", order_id),
        None,
        Some(json!({ "attempt": attempt, "amount_minor": by_hand_minor, "currency": currency })),
    )
    .await?;
    tx.commit().await.map_err(Error::from)?;
    Ok(())
}

async fn is_being_sent(tx: &mut Tx, order_id: &str, attempt: i64) -> Result<bool> {
    let mut sql = Sql::new(
        "SELECT s.attempt_id FROM other_sums s JOIN payment_attempts p ON p.id = s.attempt_id \
         WHERE s.captured_minor > s.returned_minor + s.pending_minor + s.by_hand_minor \
         AND s.sending_until IS NOT NULL AND s.order_id = ",
    );
    sql.text(order_id).push(" AND p.attempt = ").int(attempt);
    Ok(sql.fetch_optional(&mut **tx).await?.is_some())
}
