//! The audit log: what was changed, by whom, and what was there before. Entries are written in the
//! transaction of the change and never changed.

mod feature;
mod log;
pub mod trail;

use app::{
    admin::audit_log::log::{AuditLog, LogFilter, LogPage},
    error::ShopResult,
};
use async_trait::async_trait;
use serde_json::Value;

pub use app::admin::audit_log::log::COMMAND_LINE;

use crate::{db::Tx, error::Result, ids::new_id, settings::Settings, store::Store};

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

/// Reads the log.
pub struct AuditLogService {
    db: Store,
    settings: Settings,
}

impl AuditLogService {
    pub fn new(db: Store, settings: Settings) -> Self {
        Self { db, settings }
    }
}

#[async_trait]
impl AuditLog for AuditLogService {
    async fn entries(&self, filter: &LogFilter) -> ShopResult<LogPage> {
        let currency = &self.settings.now().await?.currency;
        Ok(log::entries(&self.db, currency, filter).await?)
    }
}
