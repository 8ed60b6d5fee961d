//! The audit log.

use super::page::AdminAuditPage;
use crate::feature::{Access, Feature, declare, page};

declare!(AUDIT_LOG);

static AUDIT_LOG: Feature = Feature {
    name: "admin::audit_log",
    pages: &[page!("/admin/audit", AdminAuditPage, Access::Admin)],
    ..Feature::NONE
};
