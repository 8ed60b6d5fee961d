//! The shop's settings.

use app::feature::{Access, Feature, FormPage, Function, declare, page};

use super::page::{AdminSettingsPage, SAVE};

declare!(SETTINGS);

static SETTINGS: Feature = Feature {
    name: "admin::settings",
    pages: &[page!("/admin/settings", AdminSettingsPage, Access::Admin)],
    functions: &[
        // A change of the currency writes every price.
        Function::post(SAVE, Access::Admin, FormPage::At("/admin/settings")).with_long_time(),
    ],
    ..Feature::NONE
};
