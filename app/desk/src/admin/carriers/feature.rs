//! The carriers.

use app::{
    feature::{Access, Feature, FormPage, Function, declare, page},
    locale::locale,
};

use super::{
    page::{AdminCarriersPage, HERE, SAVE},
    text::Text,
};

declare!(CARRIERS);

static CARRIERS: Feature = Feature {
    name: "admin::carriers",
    pages: &[page!("/admin/carriers", AdminCarriersPage, Access::Admin)
        .called(|| Text::from(locale()).carriers())],
    functions: &[Function::post(SAVE, Access::Admin, FormPage::At(HERE))],
    ..Feature::NONE
};
