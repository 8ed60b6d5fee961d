//! The page of the servers.

use app::feature::{Access, Feature, Function, declare, page};

use super::page::{AdminSystemPage, LIVE};

declare!(SYSTEM);

static SYSTEM: Feature = Feature {
    name: "admin::system",
    pages: &[page!("/admin/system", AdminSystemPage, Access::Admin)],
    functions: &[Function::get(LIVE, Access::Admin)],
    ..Feature::NONE
};
