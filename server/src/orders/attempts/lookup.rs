//! Which attempts at payment providers are to be asked about, whose they are, and how far they came.

use crate::{
    db::{FromRow, Sql, only, unindexed},
    error::{ProviderError, Result},
    orders::read::Payable,
    payment::port::{AttemptId, Provider},
    store::Store,
};

/// Attempts of one look at all that wait.
const AT_ONCE: i64 = 200;

/// Orders that wait for a payment at a provider's page which nobody has asked about since `before`,
/// those that wait the longest first.
pub async fn to_look_at(db: &Store, before: i64) -> Result<Vec<Payable>> {
    // CROSS JOIN makes SQLite begin with the few that are unclear.
    sqlx::query(
        "SELECT o.id, o.payment_method FROM payment_attempts p CROSS JOIN orders o \
         WHERE o.id = p.order_id AND p.status = 'pending' AND p.external_id IS NOT NULL \
         AND o.status = 'pending_payment' AND COALESCE(p.looked_at, p.updated_at) < $1 \
         ORDER BY COALESCE(p.looked_at, p.updated_at) LIMIT $2",
    )
    .bind(before)
    .bind(AT_ONCE)
    .fetch_all(db.reader())
    .await?
    .iter()
    .map(Payable::from_row)
    .collect()
}

/// Whether the provider is to be asked about an order now: not if someone has asked since `before`.
/// Of several who try, one is told so.
pub async fn claim_look(db: &Store, now: i64, order_id: &str, before: i64) -> Result<bool> {
    let mut sql = Sql::new("UPDATE payment_attempts SET looked_at = ");
    sql.int(now).push(" WHERE order_id = ").text(order_id);
    sql.push(concat!(
        " AND ",
        unindexed!("status"),
        " = 'pending' AND external_id IS NOT NULL AND COALESCE(looked_at, 0) <= ",
    ))
    .int(before);
    Ok(db.write(sql).await? > 0)
}

/// The order that a provider's name of an attempt, or of its money, belongs to.
pub async fn order_of(db: &Store, provider: &str, reference: &str) -> Result<Option<String>> {
    let row = sqlx::query(
        "SELECT order_id FROM payment_attempts WHERE provider = $1 \
         AND (external_id = $2 OR payment_id = $2) LIMIT 1",
    )
    .bind(provider)
    .bind(reference)
    .fetch_optional(db.reader())
    .await?;
    row.as_ref().map(only).transpose()
}

/// The same of any payment. Of one that was taken before anybody has looked, the shop does not know the provider's
/// name, and the provider knows the order's.
pub async fn order_at(
    db: &Store,
    provider: &dyn Provider,
    reference: &str,
) -> Result<Option<String>> {
    let noted = order_of(db, provider.name(), reference).await?;
    if noted.is_some() {
        return Ok(noted);
    }
    let attempt = match provider.look(reference).await {
        Ok(payment) => payment.attempt,
        // It has no such payment, or tells nothing of it.
        Err(ProviderError::Refused { .. }) => None,
        Err(error) => return Err(error.into()),
    };
    match attempt {
        Some(attempt) => known(db, provider.name(), &attempt).await,
        None => Ok(None),
    }
}

/// Whether it is known that an order was charged.
pub async fn is_charged(db: &Store, order_id: &str) -> Result<bool> {
    let charged = "SELECT 1 AS n FROM payment_attempts WHERE order_id = $1 AND captured_minor > 0";
    let charged = sqlx::query(charged).bind(order_id);
    Ok(charged.fetch_optional(db.reader()).await?.is_some())
}

/// The order of an attempt as a provider names it, if it is one of this shop's.
async fn known(db: &Store, provider: &str, attempt: &AttemptId) -> Result<Option<String>> {
    let row = sqlx::query(
        "SELECT order_id FROM payment_attempts \
         WHERE order_id = $1 AND attempt = $2 AND provider = $3",
    )
    .bind(&attempt.order_id)
    .bind(i64::from(attempt.attempt))
    .bind(provider)
    .fetch_optional(db.reader())
    .await?;
    row.as_ref().map(only).transpose()
}

/// Which attempt to pay an order is the last, and what its provider calls it: nothing until it was begun there.
pub async fn last(db: &Store, order_id: &str) -> Result<Option<(i64, String)>> {
    let mut sql = Sql::new(
        "SELECT attempt, COALESCE(external_id, '') AS external_id FROM payment_attempts \
         WHERE order_id = ",
    );
    sql.text(order_id).push(" ORDER BY attempt DESC LIMIT 1");
    sql.fetch_optional_as(db.reader()).await
}

/// Whether a page may have been begun for an order before.
pub async fn was_begun(db: &Store, order_id: &str) -> Result<bool> {
    let last = last(db, order_id).await?;
    Ok(last.is_some_and(|(attempt, reference)| attempt > 1 || !reference.is_empty()))
}
