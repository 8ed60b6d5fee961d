//! Our payments as they are written, and what was found when they were compared.

use app::orders::payment::PaymentStatus;
use desk::admin::payments::types::Comparison;

use super::compare::{AttemptState, Disputed, Ours, Outcome, Span};
use crate::{
    db::{Columns, FromColumn, Sql, from_row},
    error::Result,
    store::Store,
};

/// A comparison that did not come to an end is tried again after this time, in milliseconds.
const RETRY_MS: i64 = 60 * 60 * 1000;

/// What was tried at a provider at `since` or later.
pub async fn ours(db: &Store, provider: &str, since: i64) -> Result<Vec<Ours>> {
    let mut sql = Sql::new(
        "SELECT p.order_id, p.status, o.number AS order_number, o.status AS order_status, p.attempt, \
         COALESCE(p.payment_id, p.external_id, '') AS reference, o.currency, p.captured_minor, \
         p.captured_at, p.updated_at, o.updated_at AS order_updated_at, o.payment_status, \
         CAST(COALESCE((SELECT SUM(r.amount_minor) FROM refunds r WHERE r.order_id = o.id \
           AND r.status IN ('pending', 'returned')), 0) AS BIGINT) AS sent_back_minor, \
         CAST(COALESCE((SELECT SUM(r.amount_minor) FROM refunds r WHERE r.order_id = o.id \
           AND r.status = 'owed'), 0) AS BIGINT) AS owed_minor, \
         CAST(COALESCE((SELECT SUM(r.amount_minor) FROM refunds r WHERE r.order_id = o.id \
           AND r.status IN ('by_hand', 'paid_back')), 0) AS BIGINT) AS by_hand_minor, \
         CAST(COALESCE((SELECT s.by_hand_minor FROM other_sums s WHERE s.attempt_id = p.id), 0) \
           AS BIGINT) AS undone_by_hand_minor \
         FROM payment_attempts p JOIN orders o ON o.id = p.order_id WHERE p.provider = ",
    );
    sql.text(provider).push(" AND p.created_at >= ").int(since);
    let rows: Vec<Attempt> = sql.fetch_all_as(db.reader()).await?;
    let ours = rows.into_iter().map(|row| Ours {
        updated_at: row.ours.updated_at.max(row.order_updated_at),
        ..row.ours
    });
    Ok(ours.collect())
}

/// What was tried, of an order that may have changed later.
struct Attempt {
    ours: Ours,
    order_updated_at: i64,
}

from_row!(Attempt {
    ours: row,
    order_updated_at,
});

from_row!(Ours {
    order_id,
    order_number,
    order_status,
    attempt,
    reference,
    currency,
    captured_minor,
    captured_at,
    updated_at,
    sent_back_minor,
    owed_minor,
    by_hand_minor,
    undone_by_hand_minor,
    dispute: "payment_status",
    state: "status",
});

impl FromColumn for AttemptState {
    fn from_column(row: &dyn Columns, column: &str) -> Result<Self> {
        Ok(match PaymentStatus::from_column(row, column)? {
            PaymentStatus::Pending | PaymentStatus::Authorised => Self::Open,
            PaymentStatus::Due
            | PaymentStatus::Captured
            | PaymentStatus::Declined
            | PaymentStatus::Voided
            | PaymentStatus::Refunded
            | PaymentStatus::Disputed => Self::Ended,
        })
    }
}

impl FromColumn for Disputed {
    fn from_column(row: &dyn Columns, column: &str) -> Result<Self> {
        Ok(match PaymentStatus::from_column(row, column)? {
            PaymentStatus::Disputed => Self::Now,
            PaymentStatus::Pending
            | PaymentStatus::Due
            | PaymentStatus::Authorised
            | PaymentStatus::Captured
            | PaymentStatus::Declined
            | PaymentStatus::Voided
            | PaymentStatus::Refunded => Self::Never,
        })
    }
}

/// Whether the one who asks is to compare: nobody has begun since `before`, or the last one failed a
/// while ago. Of several nodes one is told so.
pub async fn claim(db: &Store, provider: &str, now: i64, before: i64) -> Result<bool> {
    let mut tx = db.begin().await?;
    let claimed = sqlx::query(
        "INSERT INTO payment_comparisons (provider, begun_at) VALUES ($1, $2) \
         ON CONFLICT (provider) DO UPDATE SET begun_at = excluded.begun_at \
         WHERE payment_comparisons.begun_at < $3 \
         OR (payment_comparisons.failed_at IS NOT NULL AND payment_comparisons.begun_at < $4)",
    )
    .bind(provider)
    .bind(now)
    .bind(before)
    .bind(now - RETRY_MS)
    .execute(&mut *tx)
    .await?
    .rows_affected();
    tx.commit().await?;
    Ok(claimed > 0)
}

pub async fn note(
    db: &Store,
    provider: &str,
    now: i64,
    span: Span,
    outcome: &Outcome,
) -> Result<()> {
    let mut tx = db.begin().await?;
    sqlx::query(
        "UPDATE payment_comparisons SET ended_at = $1, failed_at = NULL, since = $2, compared = $3, \
         foreign_payments = $4, differences = $5 WHERE provider = $6",
    )
    .bind(now)
    .bind(span.since)
    .bind(outcome.compared)
    .bind(outcome.foreign)
    .bind(serde_json::to_string(&outcome.differences)?)
    .bind(provider)
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(())
}

/// What was found before stays.
pub async fn note_failure(db: &Store, provider: &str, now: i64) -> Result<()> {
    let mut tx = db.begin().await?;
    sqlx::query("UPDATE payment_comparisons SET failed_at = $1 WHERE provider = $2")
        .bind(now)
        .bind(provider)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(())
}

struct Kept {
    ended_at: Option<i64>,
    failed_at: Option<i64>,
    since: i64,
    compared: i64,
    foreign_payments: i64,
    differences: String,
}

from_row!(Kept {
    ended_at,
    failed_at,
    since,
    compared,
    foreign_payments,
    differences,
});

/// The last comparison with a provider; an empty one if there was none.
pub async fn last(db: &Store, provider: &str) -> Result<Comparison> {
    let mut sql = Sql::new(
        "SELECT ended_at, failed_at, since, compared, foreign_payments, differences \
         FROM payment_comparisons WHERE provider = ",
    );
    sql.text(provider);
    let kept: Option<Kept> = sql.fetch_optional_as(db.reader()).await?;
    let mut last = Comparison {
        provider: provider.to_owned(),
        at: None,
        failed_at: None,
        since: 0,
        compared: 0,
        foreign: 0,
        differences: Vec::new(),
    };
    if let Some(kept) = kept {
        last.at = kept.ended_at;
        last.failed_at = kept.failed_at;
        last.since = kept.since;
        last.compared = kept.compared;
        last.foreign = kept.foreign_payments;
        last.differences = serde_json::from_str(&kept.differences)?;
    }
    Ok(last)
}
