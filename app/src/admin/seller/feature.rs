//! The seller's data.

use super::page::{AdminSellerPage, HERE, SAVE};
use crate::feature::{Access, Feature, FormPage, Function, declare, page};

declare!(SELLER);

static SELLER: Feature = Feature {
    name: "admin::seller",
    pages: &[page!("/admin/seller", AdminSellerPage, Access::Admin)],
    functions: &[Function::post(SAVE, Access::Admin, FormPage::At(HERE))],
    ..Feature::NONE
};
