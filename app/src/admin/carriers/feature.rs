//! The carriers.

use super::page::{AdminCarriersPage, HERE, SAVE};
use crate::feature::{Access, Feature, FormPage, Function, declare, page};

declare!(CARRIERS);

static CARRIERS: Feature = Feature {
    name: "admin::carriers",
    pages: &[page!("/admin/carriers", AdminCarriersPage, Access::Admin)],
    functions: &[Function::post(SAVE, Access::Admin, FormPage::At(HERE))],
    ..Feature::NONE
};
