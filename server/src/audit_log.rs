//! The audit log: what was changed, by whom, and what was there before. Entries are written in the
//! transaction of the change and never changed.

mod entry;
mod feature;
mod log;
pub mod trail;

use app::error::ShopResult;
use async_trait::async_trait;
use desk::admin::audit_log::log::{AuditLog, LogFilter, LogPage};

pub use desk::admin::audit_log::log::COMMAND_LINE;
pub use entry::record;

use crate::{settings::Settings, store::Store};

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
