//! How fast strangers may be.

use app::feature::{Access, Feature, FormPage, Function, declare, page};

use super::page::{AdminBrakesPage, HERE, SAVE};

declare!(BRAKES);

static BRAKES: Feature = Feature {
    name: "admin::brakes",
    pages: &[page!("/admin/brakes", AdminBrakesPage, Access::Admin)],
    functions: &[Function::post(SAVE, Access::Admin, FormPage::At(HERE))],
    ..Feature::NONE
};
