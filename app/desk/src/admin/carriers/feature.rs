//! The carriers.

use app::feature::{Access, Feature, FormPage, Function, declare, page};

use super::page::{AdminCarriersPage, HERE, SAVE};

declare!(CARRIERS);

static CARRIERS: Feature = Feature {
    name: "admin::carriers",
    pages: &[page!("/admin/carriers", AdminCarriersPage, Access::Admin)],
    functions: &[Function::post(SAVE, Access::Admin, FormPage::At(HERE))],
    ..Feature::NONE
};
