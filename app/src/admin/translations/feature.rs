//! Translating products and categories.

use super::page::{
    AdminCategoryTranslationsPage, AdminProductTranslationPage, CATEGORIES, PRODUCT,
};
use crate::feature::{Access, Feature, FormPage, Function, declare, page};

const LIST: FormPage = FormPage::At("/admin/products");

declare!(TRANSLATIONS);

static TRANSLATIONS: Feature = Feature {
    name: "admin::translations",
    pages: &[
        page!(
            "/admin/products/:id/translations/:language",
            AdminProductTranslationPage,
            Access::Admin
        ),
        page!(
            "/admin/translations/:language",
            AdminCategoryTranslationsPage,
            Access::Admin
        ),
    ],
    functions: &[
        // A long description, and as many values of options as there may be.
        Function::post(PRODUCT, Access::Admin, LIST).with_long_body(),
        Function::post(CATEGORIES, Access::Admin, LIST).with_long_body(),
    ],
    ..Feature::NONE
};
