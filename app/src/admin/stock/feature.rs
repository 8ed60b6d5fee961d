//! Stock and prices, variant by variant.

use super::{
    page::{AdminStockPage, HERE, SET, SET_PRICE},
    variant::{ADJUST, AdminVariantStockPage},
};
use crate::feature::{Access, Feature, FormPage, Function, page};

const VARIANT: FormPage = FormPage::Of {
    path: "/admin/stock/:variant_id",
    otherwise: HERE,
};

pub static STOCK: Feature = Feature {
    pages: &[
        page!("/admin/stock", AdminStockPage, Access::Staff),
        page!("/admin/stock/:id", AdminVariantStockPage, Access::Staff),
    ],
    functions: &[
        Function::post(ADJUST, Access::Staff, VARIANT),
        Function::post(SET, Access::Staff, VARIANT),
        Function::post(SET_PRICE, Access::Admin, FormPage::At(HERE)),
    ],
    ..Feature::NONE
};
