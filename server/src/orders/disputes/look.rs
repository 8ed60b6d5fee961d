//! Disputes that nobody tells of: events get lost, and a refund waits for what a bank decides. The provider is
//! asked now and then, so one that is lost costs time alone.

use app::open_dispute;

use super::{Stage, note, settle};
use crate::{
    db::Sql,
    error::{Error, ProviderError, Result},
    orders::{
        attempts,
        events::{self, Event},
        looks::{Looked, put_off},
        refund::pay_back::note_sent,
        step,
    },
    payment::{
        Payments,
        port::{Dispute, DisputeState, Provider},
    },
    store::Store,
};

/// How often an open dispute is asked about, in milliseconds.
const PAUSE_MS: i64 = 60 * 60 * 1000;
/// Orders of one look at all that are open.
const AT_ONCE: i64 = 50;

/// Asks the provider for the disputes of an order's payment, and notes their states. One from before they
/// had names that is not among them is over: nobody would tell of it ever again. Safe to repeat.
pub async fn look(db: &Store, payments: &Payments, now: i64, order_id: &str) -> Result<()> {
    let mut sql = Sql::new("SELECT payment_method FROM orders WHERE id = ");
    sql.text(order_id);
    let payment_method: Option<String> = sql.fetch_optional_value(db.reader()).await?;
    let Some(payment_method) = payment_method else {
        return Ok(());
    };
    let told = match payments.by_method(&payment_method) {
        Some(provider) => match provider.disputes(order_id).await {
            // It has no such payment: it may be another account's.
            Err(ProviderError::Refused { .. }) => Vec::new(),
            told => told?,
        },
        None => Vec::new(),
    };
    if !told.is_empty() {
        note_sent(db, payments, now, order_id).await?;
    }
    for dispute in told {
        note(db, now, (&payment_method, order_id), &dispute, None).await?;
    }
    close_nameless(db, now, order_id).await
}

/// Ends a dispute that is open and has no name of its own, if there is one.
async fn close_nameless(db: &Store, now: i64, order_id: &str) -> Result<()> {
    let open = concat!(
        "SELECT state FROM disputes WHERE order_id = $1 AND dispute_id = order_id AND ",
        open_dispute!("state"),
    );
    let open = sqlx::query(open).bind(order_id);
    if open.fetch_optional(db.reader()).await?.is_none() {
        return Ok(());
    }
    let mut tx = db.begin().await?;
    step::lock(&mut tx, db.dialect(), order_id).await?;
    let closed = sqlx::query(concat!(
        "UPDATE disputes SET state = $1, updated_at = $2 WHERE order_id = $3 \
         AND dispute_id = order_id AND ",
        open_dispute!("state"),
    ))
    .bind(DisputeState::Closed.as_str())
    .bind(now)
    .bind(order_id)
    .execute(&mut *tx)
    .await?
    .rows_affected();
    if closed > 0 {
        let event = Event::new(Stage::of(DisputeState::Closed).event());
        events::record(&mut tx, now, order_id, &event).await?;
        settle(&mut tx, db.dialect(), now, order_id).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Looks at disputes that are open, those that were not looked at the longest first.
pub async fn look_at_open(db: &Store, payments: &Payments, now: i64) -> Result<()> {
    let mut sql = Sql::new(concat!(
        "SELECT order_id, MIN(looked_at) AS since FROM disputes WHERE ",
        open_dispute!("state"),
        " AND looked_at <= ",
    ));
    sql.int(now - PAUSE_MS)
        .push(" GROUP BY order_id ORDER BY since LIMIT ")
        .int(AT_ONCE);
    let open: Vec<(String, i64)> = sql.fetch_all_as(db.reader()).await?;
    for (order_id, _) in open {
        put_off(db, now, &order_id, Looked::Disputes).await?;
        if let Err(error) = look(db, payments, now, &order_id).await {
            tracing::error!(%error, order = %order_id, "a dispute could not be looked at and will be retried");
            // The others would wait for the same in vain, and all that comes after them with them.
            if is_out_of_reach(&error) {
                break;
            }
        }
    }
    Ok(())
}

/// Takes in the disputes that a provider lists since then and that nobody has told of, or not their present state.
/// Safe to repeat.
pub async fn look_at_all(
    db: &Store,
    payments: &Payments,
    provider: &dyn Provider,
    now: i64,
    since: i64,
) -> Result<()> {
    for dispute in provider.disputes_since(since).await? {
        if is_noted(db, provider.name(), &dispute).await? {
            continue;
        }
        // One that fails keeps no other from being seen.
        if let Err(error) = take_in(db, payments, provider, now, &dispute).await {
            tracing::error!(%error, dispute = %dispute.id, "a dispute could not be taken in and will be retried");
            if is_out_of_reach(&error) {
                break;
            }
        }
    }
    Ok(())
}

async fn is_noted(db: &Store, provider: &str, dispute: &Dispute) -> Result<bool> {
    let noted = "SELECT 1 AS n FROM disputes \
        WHERE provider = $1 AND dispute_id = $2 AND state = $3 AND amount_minor = $4";
    let noted = sqlx::query(noted)
        .bind(provider)
        .bind(&dispute.id)
        .bind(dispute.state.as_str())
        .bind(dispute.amount.minor);
    Ok(noted.fetch_optional(db.reader()).await?.is_some())
}

async fn take_in(
    db: &Store,
    payments: &Payments,
    provider: &dyn Provider,
    now: i64,
    dispute: &Dispute,
) -> Result<()> {
    // Others may use the same account.
    let Some(order_id) = attempts::order_at(db, provider, &dispute.reference).await? else {
        return Ok(());
    };
    note_sent(db, payments, now, &order_id).await?;
    note(db, now, (provider.name(), &order_id), dispute, None).await
}

fn is_out_of_reach(error: &Error) -> bool {
    use ProviderError::{Interrupted, RateLimited, Unavailable};
    matches!(
        error,
        Error::Payment(Interrupted(_) | RateLimited { .. } | Unavailable(_))
    )
}
