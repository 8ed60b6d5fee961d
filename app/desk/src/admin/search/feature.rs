//! The search of the back office.

use app::feature::{Access, Feature, Function, declare, page};

use super::page::AdminSearchPage;

declare!(SEARCH);

static SEARCH: Feature = Feature {
    name: "admin::search",
    pages: &[page!("/admin/search", AdminSearchPage, Access::Staff)],
    functions: &[Function::get("/api/admin/search", Access::Staff)],
    ..Feature::NONE
};
