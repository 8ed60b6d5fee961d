//! The settings of cash on delivery.

use app::{
    feature::{Access, Feature, FormPage, Function, declare, page},
    locale::locale,
};

use super::{
    page::{AdminCashPage, HERE, SAVE},
    text::Text,
};

declare!(CASH);

static CASH: Feature = Feature {
    name: "admin::cash",
    pages: &[page!("/admin/settings/cash", AdminCashPage, Access::Admin)
        .called(|| Text::from(locale()).cash_on_delivery())],
    functions: &[Function::post(SAVE, Access::Admin, FormPage::At(HERE))],
    ..Feature::NONE
};
