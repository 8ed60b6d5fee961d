//! The page of the servers.

use super::page::{AdminSystemPage, LIVE};
use crate::feature::{Access, Feature, Function, declare, page};

declare!(SYSTEM);

static SYSTEM: Feature = Feature {
    name: "admin::system",
    pages: &[page!("/admin/system", AdminSystemPage, Access::Admin)],
    functions: &[Function::get(LIVE, Access::Admin)],
    ..Feature::NONE
};
