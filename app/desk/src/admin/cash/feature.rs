//! The settings of cash on delivery.

use app::feature::{Access, Feature, FormPage, Function, declare, page};

use super::page::{AdminCashPage, HERE, SAVE};

declare!(CASH);

static CASH: Feature = Feature {
    name: "admin::cash",
    pages: &[page!("/admin/settings/cash", AdminCashPage, Access::Admin)],
    functions: &[Function::post(SAVE, Access::Admin, FormPage::At(HERE))],
    ..Feature::NONE
};
