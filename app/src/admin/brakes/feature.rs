//! How fast strangers may be.

use super::page::{AdminBrakesPage, HERE, SAVE};
use crate::feature::{Access, Feature, FormPage, Function, declare, page};

declare!(BRAKES);

static BRAKES: Feature = Feature {
    name: "admin::brakes",
    pages: &[page!("/admin/brakes", AdminBrakesPage, Access::Admin)],
    functions: &[Function::post(SAVE, Access::Admin, FormPage::At(HERE))],
    ..Feature::NONE
};
