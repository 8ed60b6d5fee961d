//! The dashboard.

use app::feature::{Access, Feature, Function, Sheet, declare, page};

use super::page::AdminDashboardPage;

declare!(DASHBOARD);

static DASHBOARD: Feature = Feature {
    name: "admin::dashboard",
    pages: &[page!("/admin", AdminDashboardPage, Access::Staff)],
    functions: &[Function::get("/api/admin/dashboard/live", Access::Staff)],
    sheets: &[Sheet {
        rank: 250,
        css: include_str!("../../../../../style/admin-dashboard.css"),
    }],
    ..Feature::NONE
};
