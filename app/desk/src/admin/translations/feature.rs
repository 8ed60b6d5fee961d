//! Translating products, categories, announcements, the front page, pages, menus, shipping and payment methods.

use app::feature::{Access, Feature, FormPage, Function, declare, page};

use super::file_page::AdminTranslationFilePage;
use super::page::{
    ANNOUNCEMENTS, AdminAnnouncementTranslationsPage, AdminCategoryTranslationsPage,
    AdminCollectionTranslationsPage, AdminHomeTranslationsPage, AdminMenuTranslationsPage,
    AdminPaymentTranslationsPage, AdminProductTranslationPage, AdminShippingTranslationsPage,
    CATEGORIES, COLLECTIONS, HOME, MENUS, PAGE, PAYMENT, PRODUCT, SHIPPING,
};

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
        page!(
            "/admin/translations/:language/file",
            AdminTranslationFilePage,
            Access::Admin
        ),
        page!(
            "/admin/translations/:language/shipping",
            AdminShippingTranslationsPage,
            Access::Admin
        ),
        page!(
            "/admin/translations/:language/payment",
            AdminPaymentTranslationsPage,
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
        Function::post(SHIPPING, Access::Admin, FormPage::At("/admin/settings")).with_long_body(),
        Function::post(
            PAYMENT,
            Access::Admin,
            FormPage::At("/admin/settings/methods"),
        )
        .with_long_body(),
    ],
    ..Feature::NONE
};
