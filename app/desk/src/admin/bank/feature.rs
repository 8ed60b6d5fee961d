//! The settings of bank transfers.

use app::{
    feature::{Access, Feature, FormPage, Function, declare, page},
    locale::locale,
};

use super::{
    page::{AdminBankPage, HERE, SAVE},
    text::Text,
};

declare!(BANK);

static BANK: Feature = Feature {
    name: "admin::bank",
    pages: &[page!("/admin/settings/bank", AdminBankPage, Access::Admin)
        .called(|| Text::from(locale()).bank_transfer())],
    functions: &[Function::post(SAVE, Access::Admin, FormPage::At(HERE))],
    ..Feature::NONE
};
