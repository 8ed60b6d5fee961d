//! The seller's data.

use app::feature::{Access, Feature, FormPage, Function, declare, page};

use super::page::{AdminSellerPage, HERE, SAVE};

declare!(SELLER);

static SELLER: Feature = Feature {
    name: "admin::seller",
    pages: &[page!("/admin/seller", AdminSellerPage, Access::Admin)],
    functions: &[Function::post(SAVE, Access::Admin, FormPage::At(HERE))],
    ..Feature::NONE
};
