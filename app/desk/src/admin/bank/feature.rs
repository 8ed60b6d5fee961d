//! The settings of bank transfers.

use app::feature::{Access, Feature, FormPage, Function, declare, page};

use super::page::{AdminBankPage, HERE, SAVE};

declare!(BANK);

static BANK: Feature = Feature {
    name: "admin::bank",
    pages: &[page!("/admin/settings/bank", AdminBankPage, Access::Admin)],
    functions: &[Function::post(SAVE, Access::Admin, FormPage::At(HERE))],
    ..Feature::NONE
};
