//! What becomes of refunds after they were sent. Those that are pending arrive; those that the provider does not send,
//! or that come back to the shop weeks later, someone has to pay back. Those that were made at the provider itself are
//! found with them. The webhook and the look that every node takes now and then both come here, so one that is lost
//! costs time alone.

use app::orders::{payment::RefundStatus, types::EventKind};

use crate::{
    db::{Dialect, Sql, Tx, from_row, only},
    error::{Error, Result},
    orders::{
        attempts,
        disputes::{self, DisputeStates},
        events::{self, Event},
        owner,
        refund::{by_bank, elsewhere, pay_back::end_payment},
        step,
    },
    outbox::{Afterwards, Trouble},
    payment::{
        Payments,
        events::{Effect, Event as ProviderEvent},
        port::{FaultCause, RefundFault, RefundMade, RefundState},
        reach::{Part, Reach},
    },
    store::Store,
};

/// When a refund is looked at for the first time after it was sent, and how often while it is pending, in
/// milliseconds. One that has arrived is looked at less often.
pub(super) const FIRST_LOOK_MS: i64 = 60 * 60 * 1000;
const PAUSE_MS: i64 = 24 * 60 * 60 * 1000;
/// After a look that told nothing.
const RETRY_MS: i64 = 10 * 60 * 1000;
/// For how long a refund may still fail. Stripe names 30 days.
const WATCHED_MS: i64 = 45 * 24 * 60 * 60 * 1000;
/// Orders of one look at all that were sent.
const AT_ONCE: i64 = 50;

/// A refund that does not reach the shopper.
pub struct Failed<'a> {
    pub order_id: &'a str,
    pub refund_id: &'a str,
    /// The state it had.
    pub from: RefundStatus,
    pub fault: &'a RefundFault,
}

/// Whose a refund is that the provider does not send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// Someone's who pays it back by hand.
    ToHand,
    /// The bank's, which has the money or has given it back.
    ToBank,
    /// Another has left it before.
    Before,
}

/// Leaves a refund to someone's hand, and tells the owner. Of several who do, one does. The order has
/// to be locked.
pub async fn leave_to_hand(
    tx: &mut Tx,
    dialect: Dialect,
    now: i64,
    failed: &Failed<'_>,
) -> Result<Left> {
    let left = sqlx::query(
        "UPDATE refunds SET status = 'by_hand', fault = $1, settled_at = NULL, look_at = NULL \
         WHERE id = $2 AND status = $3",
    )
    .bind(&failed.fault.reason)
    .bind(failed.refund_id)
    .bind(failed.from.as_str())
    .execute(&mut **tx)
    .await?
    .rows_affected();
    if left == 0 {
        return Ok(Left::Before);
    }
    let order_id = failed.order_id;
    reopen(tx, now, order_id).await?;
    let event = Event {
        text: &failed.fault.reason,
        refund_id: Some(failed.refund_id),
        ..Event::new(EventKind::RefundFailed)
    };
    events::record(tx, now, order_id, &event).await?;
    // Of what a bank has given back, nothing is left to anybody.
    by_bank::settle(tx, dialect, now, order_id).await?;
    let Some(minor) = to_pay(tx, failed.refund_id).await? else {
        return Ok(Left::ToBank);
    };
    let states = DisputeStates::of(tx, order_id).await?;
    let trouble = Trouble::RefundFailed {
        reason: failed.fault.reason.clone(),
        // The dispute that it tells of may be heard of later than this.
        then: match states.is_open() || failed.fault.cause == FaultCause::Dispute {
            true => Afterwards::AwaitBank,
            false => Afterwards::PayBack,
        },
    };
    owner::tell(tx, dialect, now, order_id, minor, &trouble).await?;
    Ok(match states.is_taken() && states.is_open() {
        true => Left::ToBank,
        false => Left::ToHand,
    })
}

/// If all of it was back with the shopper, now it is not.
async fn reopen(tx: &mut Tx, now: i64, order_id: &str) -> Result<()> {
    sqlx::query(
        "UPDATE orders SET payment_status = 'captured', updated_at = $1 \
         WHERE id = $2 AND payment_status = 'refunded'",
    )
    .bind(now)
    .bind(order_id)
    .execute(&mut **tx)
    .await?;
    sqlx::query(
        "UPDATE payment_attempts SET status = 'captured', updated_at = $1 \
         WHERE order_id = $2 AND status = 'refunded'",
    )
    .bind(now)
    .bind(order_id)
    .execute(&mut **tx)
    .await?;
    disputes::stand(tx, now, order_id).await
}

/// What of a refund someone is to pay by hand, if they are.
async fn to_pay(tx: &mut Tx, refund_id: &str) -> Result<Option<i64>> {
    let refund = "SELECT amount_minor - by_bank_minor AS minor FROM refunds \
                  WHERE id = $1 AND status = 'by_hand'";
    let row = sqlx::query(refund).bind(refund_id);
    let row = row.fetch_optional(&mut **tx).await?;
    row.as_ref().map(only).transpose()
}

/// Asks the provider for the refunds of an order. Notes those that it has sent and that have arrived or failed since,
/// and those that were made there. Safe to repeat. `event` is what told of it, kept with its effect.
pub async fn look(
    db: &Store,
    payments: &Payments,
    now: i64,
    order_id: &str,
    event: Option<ProviderEvent<'_>>,
) -> Result<()> {
    let mut sql = Sql::new("SELECT payment_method FROM orders WHERE id = ");
    sql.text(order_id);
    let method: Option<String> = sql.fetch_optional_value(db.reader()).await?;
    let provider = method.and_then(|method| payments.by_method(&method));
    let made = match provider {
        Some(provider) => provider.refunds_made(order_id).await?,
        None => Vec::new(),
    };
    if made.is_empty() && event.is_none() {
        return Ok(());
    }
    let dialect = db.dialect();
    let mut tx = db.begin().await?;
    step::lock(&mut tx, dialect, order_id).await?;
    let mut is_news = false;
    for refund in sent(&mut tx, order_id).await? {
        let Some(news) = refund.news(&made) else {
            continue;
        };
        take_in(&mut tx, dialect, now, (order_id, &refund), news).await?;
        is_news = true;
    }
    is_news |= elsewhere::note(&mut tx, dialect, now, order_id, &made).await?;
    if is_news {
        attempts::note_pending(&mut tx, now, order_id).await?;
        end_payment(&mut tx, now, order_id).await?;
    }
    if let Some(event) = event {
        let effect = match is_news {
            true => Effect::Noted,
            false => Effect::Nothing,
        };
        if !event.keep(&mut tx, now, Some(order_id), effect).await? {
            tx.rollback().await?;
            return Ok(());
        }
    }
    tx.commit().await?;
    Ok(())
}

/// A refund that its provider has sent or is sending.
struct Sent {
    id: String,
    status: RefundStatus,
    external_id: String,
}

from_row!(Sent {
    id,
    status,
    external_id,
});

/// What has become of it since.
#[derive(Debug, Clone, PartialEq, Eq)]
enum News {
    Arrived,
    /// It was noted as arrived, and is on its way.
    OnItsWay,
    Failed(RefundFault),
}

impl Sent {
    fn news(&self, made: &[RefundMade]) -> Option<News> {
        let found = made.iter().find(|made| match self.external_id.as_str() {
            "" => made.refund_id.as_deref() == Some(self.id.as_str()),
            external_id => made.provider_id == external_id,
        });
        let is_pending = self.status == RefundStatus::Pending;
        match &found?.state {
            RefundState::Failed { fault, .. } => Some(News::Failed(fault.clone())),
            RefundState::Sent { .. } if is_pending => Some(News::Arrived),
            RefundState::Pending { .. } if !is_pending => Some(News::OnItsWay),
            RefundState::Sent { .. } | RefundState::Pending { .. } | RefundState::ByHand => None,
        }
    }
}

async fn sent(tx: &mut Tx, order_id: &str) -> Result<Vec<Sent>> {
    let mut sql = Sql::new(
        "SELECT id, status, COALESCE(external_id, '') AS external_id FROM refunds \
         WHERE status IN ('pending', 'returned') AND amount_minor > 0 AND order_id = ",
    );
    sql.text(order_id).push(" ORDER BY number");
    sql.fetch_all_as(&mut **tx).await
}

async fn take_in(
    tx: &mut Tx,
    dialect: Dialect,
    now: i64,
    (order_id, refund): (&str, &Sent),
    news: News,
) -> Result<()> {
    let (status, settled_at, look_at) = match news {
        News::Failed(fault) => {
            let failed = Failed {
                order_id,
                refund_id: &refund.id,
                from: refund.status,
                fault: &fault,
            };
            leave_to_hand(tx, dialect, now, &failed).await?;
            return Ok(());
        }
        // It may fail all the same.
        News::Arrived => (RefundStatus::Returned, Some(now), now + PAUSE_MS),
        News::OnItsWay => {
            reopen(tx, now, order_id).await?;
            (RefundStatus::Pending, None, now + FIRST_LOOK_MS)
        }
    };
    sqlx::query("UPDATE refunds SET status = $1, settled_at = $2, look_at = $3 WHERE id = $4")
        .bind(status.as_str())
        .bind(settled_at)
        .bind(look_at)
        .bind(&refund.id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Looks at refunds that are pending, or were sent and may still fail, those that were not looked at the longest first.
pub async fn look_at_sent(db: &Store, payments: &Payments, now: i64, reach: &Reach) -> Result<()> {
    let mut sql = Sql::new(
        "SELECT r.order_id, o.payment_method, MIN(r.look_at) AS since \
         FROM refunds r JOIN orders o ON o.id = r.order_id WHERE r.look_at <= ",
    );
    sql.int(now)
        .push(" GROUP BY r.order_id, o.payment_method ORDER BY since LIMIT ")
        .int(AT_ONCE);
    let due: Vec<Due> = sql.fetch_all_as(db.reader()).await?;
    for Due { order_id, method } in due {
        if !reach.may_ask(Part::Sent, &method) {
            continue;
        }
        // One that fails keeps no other from being seen.
        let looked = look(db, payments, now, &order_id, None).await;
        reach.note(&method, &looked);
        let pause = match looked {
            Ok(()) => PAUSE_MS,
            Err(error) => {
                tracing::error!(%error, order = %order_id, "a refund could not be looked at and will be retried");
                RETRY_MS
            }
        };
        put_off(db, now, &order_id, pause).await?;
    }
    Ok(())
}

/// Refunds of an order that are to be looked at.
struct Due {
    order_id: String,
    method: String,
}

from_row!(Due {
    order_id,
    method: "payment_method",
});

async fn put_off(db: &Store, now: i64, order_id: &str, pause: i64) -> Result<()> {
    let mut tx = db.begin().await?;
    sqlx::query(
        "UPDATE refunds SET look_at = CASE WHEN status = 'pending' THEN CAST($1 AS BIGINT) \
         WHEN settled_at > $2 THEN CAST($3 AS BIGINT) END \
         WHERE order_id = $4 AND look_at <= $5",
    )
    .bind(now + pause.min(FIRST_LOOK_MS))
    .bind(now - WATCHED_MS)
    .bind(now + pause)
    .bind(order_id)
    .bind(now)
    .execute(&mut *tx)
    .await?;
    tx.commit().await.map_err(Error::from)
}
