//! The audit log.

use app::feature::{Access, Feature, declare, page};

use super::page::AdminAuditPage;

declare!(AUDIT_LOG);

static AUDIT_LOG: Feature = Feature {
    name: "admin::audit_log",
    pages: &[page!("/admin/audit", AdminAuditPage, Access::Admin)],
    ..Feature::NONE
};
