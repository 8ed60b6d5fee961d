//! Writing an entry.

use serde_json::Value;

use crate::{db::Tx, error::Result, ids::new_id};

pub async fn record(
    tx: &mut Tx,
    now: i64,
    actor: &str,
    action: &str,
    (kind, id): (&str, &str),
    before: Option<Value>,
    after: Option<Value>,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO audit_entries \
         (id, at, actor, action, subject_kind, subject_id, before_json, after_json) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(new_id())
    .bind(now)
    .bind(actor)
    .bind(action)
    .bind(kind)
    .bind(id)
    .bind(before.map(|value| value.to_string()))
    .bind(after.map(|value| value.to_string()))
    .execute(&mut **tx)
    .await?;
    Ok(())
}
