//! Translating products, categories, announcements, the front page, pages and menus.

use super::page::{
    ANNOUNCEMENTS, AdminAnnouncementTranslationsPage, AdminCategoryTranslationsPage,
    AdminCollectionTranslationsPage, AdminHomeTranslationsPage, AdminMenuTranslationsPage,
    AdminProductTranslationPage, CATEGORIES, COLLECTIONS, HOME, MENUS, PAGE, PRODUCT,
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
        page!(
            "/admin/translations/:language/collections",
            AdminCollectionTranslationsPage,
            Access::Admin
        ),
        page!(
            "/admin/translations/:language/announcements",
            AdminAnnouncementTranslationsPage,
            Access::Admin
        ),
        page!(
            "/admin/translations/:language/home",
            AdminHomeTranslationsPage,
            Access::Admin
        ),
        page!(
            "/admin/translations/:language/menus",
            AdminMenuTranslationsPage,
            Access::Admin
        ),
    ],
    functions: &[
        // A long description, and as many values of options as there may be.
        Function::post(PRODUCT, Access::Admin, LIST).with_long_body(),
        Function::post(CATEGORIES, Access::Admin, FormPage::At("/admin/categories"))
            .with_long_body(),
        Function::post(
            ANNOUNCEMENTS,
            Access::Admin,
            FormPage::At("/admin/announcements"),
        )
        .with_long_body(),
        Function::post(
            COLLECTIONS,
            Access::Admin,
            FormPage::At("/admin/collections"),
        )
        .with_long_body(),
        Function::post(HOME, Access::Admin, FormPage::At("/admin/home")).with_long_body(),
        Function::post(PAGE, Access::Admin, FormPage::At("/admin/pages")).with_long_body(),
        Function::post(MENUS, Access::Admin, FormPage::At("/admin/menus")).with_long_body(),
    ],
    ..Feature::NONE
};
