//! The search of the back office.

use super::page::AdminSearchPage;
use crate::feature::{Access, Feature, Function, declare, page};

declare!(SEARCH);

static SEARCH: Feature = Feature {
    name: "admin::search",
    pages: &[page!("/admin/search", AdminSearchPage, Access::Staff)],
    functions: &[Function::get("/api/admin/search", Access::Staff)],
    ..Feature::NONE
};
