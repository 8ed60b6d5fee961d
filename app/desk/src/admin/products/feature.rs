//! Editing products.

use app::feature::{Access, Feature, FormPage, Function, Sheet, declare, page};

use super::{
    editing::{CREATE, UPDATE},
    list::AdminProductsPage,
    page::AdminProductPage,
    preview::ProductPreviewPage,
};

const LIST: FormPage = FormPage::At("/admin/products");
const EDITOR: FormPage = FormPage::Of {
    path: "/admin/products/:id",
    otherwise: "/admin/products",
};

declare!(PRODUCT_ADMIN);

static PRODUCT_ADMIN: Feature = Feature {
    name: "admin::products",
    pages: &[
        page!("/admin/products", AdminProductsPage, Access::Staff),
        page!("/admin/products/:id", AdminProductPage, Access::Admin),
        page!(
            "/admin/products/:id/preview",
            ProductPreviewPage,
            Access::Staff
        ),
    ],
    functions: &[
        // As many variants as there may be, each with a dozen fields, and a long description.
        Function::post(CREATE, Access::Admin, FormPage::At("/admin/products/new")).with_long_body(),
        Function::post(UPDATE, Access::Admin, EDITOR).with_long_body(),
        Function::post("/api/admin/products/delete", Access::Admin, EDITOR),
        Function::post("/api/admin/products/duplicate", Access::Admin, EDITOR),
        Function::post("/api/admin/pictures/delete", Access::Admin, LIST),
        Function::post("/api/admin/pictures/discard", Access::Admin, LIST),
    ],
    sheets: &[Sheet {
        rank: 240,
        css: include_str!("../../../../../style/admin-products.css"),
    }],
    ..Feature::NONE
};
