//! The audit log.

use super::page::AdminAuditPage;
use crate::feature::{Access, Feature, page};

pub static AUDIT_LOG: Feature = Feature {
    pages: &[page!("/admin/audit", AdminAuditPage, Access::Admin)],
    ..Feature::NONE
};
