//! The settings of cash on delivery.

use super::page::{AdminCashPage, HERE, SAVE};
use crate::feature::{Access, Feature, FormPage, Function, declare, page};

declare!(CASH);

static CASH: Feature = Feature {
    name: "admin::cash",
    pages: &[page!("/admin/settings/cash", AdminCashPage, Access::Admin)],
    functions: &[Function::post(SAVE, Access::Admin, FormPage::At(HERE))],
    ..Feature::NONE
};
