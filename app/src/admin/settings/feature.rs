//! The shop's settings.

use super::page::{AdminSettingsPage, SAVE};
use crate::feature::{Access, Feature, FormPage, Function, page};

pub static SETTINGS: Feature = Feature {
    pages: &[page!("/admin/settings", AdminSettingsPage, Access::Admin)],
    functions: &[Function::post(
        SAVE,
        Access::Admin,
        FormPage::At("/admin/settings"),
    )],
    ..Feature::NONE
};
