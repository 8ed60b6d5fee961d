//! How fast strangers may be.

use app::{
    feature::{Access, Feature, FormPage, Function, declare, page},
    locale::locale,
};

use super::{
    page::{AdminBrakesPage, HERE, SAVE},
    text::Text,
};

declare!(BRAKES);

static BRAKES: Feature = Feature {
    name: "admin::brakes",
    pages: &[page!("/admin/brakes", AdminBrakesPage, Access::Admin)
        .called(|| Text::from(locale()).brakes())],
    functions: &[Function::post(SAVE, Access::Admin, FormPage::At(HERE))],
    ..Feature::NONE
};
