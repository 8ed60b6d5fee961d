//! The seller's data.

use app::{
    feature::{Access, Feature, FormPage, Function, declare, page},
    locale::locale,
};

use super::{
    page::{AdminSellerPage, HERE, SAVE},
    text::Text,
};

declare!(SELLER);

static SELLER: Feature = Feature {
    name: "admin::seller",
    pages: &[page!("/admin/seller", AdminSellerPage, Access::Admin)
        .called(|| Text::from(locale()).seller())],
    functions: &[Function::post(SAVE, Access::Admin, FormPage::At(HERE))],
    ..Feature::NONE
};
