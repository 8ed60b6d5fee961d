//! The shop's settings.

use super::page::{AdminSettingsPage, SAVE};
use crate::feature::{Access, Feature, FormPage, Function, declare, page};

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
