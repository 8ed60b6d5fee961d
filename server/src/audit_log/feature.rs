//! What the audit log is to the rest of the server.

use std::sync::Arc;

use app::shop::Ports;
use desk::admin::audit_log::log::AuditLog;

use super::AuditLogService;
use crate::feature::{Feature, Parts, declare};

struct Log;

declare!(Log);

impl Feature for Log {
    fn name(&self) -> &'static str {
        "audit_log"
    }

    fn provide(&self, ports: Ports, parts: &Parts) -> Ports {
        let Parts { db, settings, .. } = parts.clone();
        ports.with::<dyn AuditLog>(Arc::new(AuditLogService::new(db, settings)))
    }
}
