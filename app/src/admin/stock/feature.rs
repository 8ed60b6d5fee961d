//! Stock and prices, variant by variant.

use super::{
    page::{AdminStockPage, HERE, SET, SET_PRICE},
    variant::{ADJUST, AdminVariantStockPage},
};
use crate::feature::{Access, Feature, FormPage, Function, declare, page};

const VARIANT: FormPage = FormPage::Of {
    path: "/admin/stock/:variant_id",
    otherwise: HERE,
};

declare!(STOCK);

static STOCK: Feature = Feature {
    name: "admin::stock",
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
