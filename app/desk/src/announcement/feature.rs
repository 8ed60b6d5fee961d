//! The editor of announcements.

use app::feature::{Access, Feature, FormPage, Function, declare, page};

use super::page::{AdminAnnouncementsPage, DELETE, HERE, SAVE};

declare!(ANNOUNCEMENT);

static ANNOUNCEMENT: Feature = Feature {
    name: "announcement",
    pages: &[page!(
        "/admin/announcements",
        AdminAnnouncementsPage,
        Access::Admin
    )],
    functions: &[
        Function::post(SAVE, Access::Admin, FormPage::At(HERE)),
        Function::post(DELETE, Access::Admin, FormPage::At(HERE)),
    ],
    ..Feature::NONE
};
