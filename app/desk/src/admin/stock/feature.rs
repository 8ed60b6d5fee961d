//! Stock and prices, variant by variant.

use app::feature::{Access, Feature, FormPage, Function, Sheet, declare, page};

use super::{
    filter::HERE,
    page::AdminStockPage,
    rows::SAVE,
    variant::{ADJUST, AdminVariantStockPage, SET},
};

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
        Function::post(SAVE, Access::Staff, FormPage::At(HERE)),
        Function::post("/api/admin/prices/set", Access::Admin, FormPage::At(HERE)),
    ],
    sheets: &[Sheet {
        rank: 242,
        css: include_str!("../../../../../style/admin-stock.css"),
    }],
    ..Feature::NONE
};
