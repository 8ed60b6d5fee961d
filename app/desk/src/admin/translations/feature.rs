//! Translating products, categories, drops, announcements, the front page, pages, menus, shipping and payment methods.

use std::iter;

use app::{
    feature::{Access, Feature, FormPage, Function, declare, page},
    locale::locale,
    shop::shop,
    slot::{Place, Slot},
};

use super::file_page::{AdminTranslationFilePage, file_page};
use super::links::group_words;
use super::page::{
    ANNOUNCEMENTS, AdminAnnouncementTranslationsPage, AdminCategoryTranslationsPage,
    AdminCollectionTranslationsPage, AdminDropTranslationsPage, AdminHomeTranslationsPage,
    AdminMenuTranslationsPage, AdminPaymentTranslationsPage, AdminProductTranslationPage,
    AdminShippingTranslationsPage, CATEGORIES, COLLECTIONS, DROPS, HOME, MENUS, PAGE, PAYMENT,
    PRODUCT, SHIPPING,
};
use super::ports::{Group, targets};
use super::text::Text;

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
            "/admin/translations/:language/drops",
            AdminDropTranslationsPage,
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
        Function::post(DROPS, Access::Admin, FormPage::At("/admin/drops")).with_long_body(),
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
    slots: &[Slot {
        rank: 50,
        place: Place::Found(found),
    }],
    ..Feature::NONE
};

/// In each language: all texts, and each group of them.
fn found() -> Vec<(String, String)> {
    let languages = targets(&shop().settings).into_iter();
    let found = languages.flat_map(|language| {
        let all = Text::from(locale()).all_in(language.name());
        let groups = Group::ALL.map(|group| (group.page(language), group_words(group, language)));
        iter::once((file_page(language), all)).chain(groups)
    });
    found.collect()
}
