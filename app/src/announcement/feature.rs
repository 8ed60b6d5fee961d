//! Announcements, above every page of the shop and in the admin area.

use super::{
    bar::above_header,
    page::{AdminAnnouncementsPage, DELETE, HERE, SAVE},
};
use crate::{
    feature::{Access, Feature, FormPage, Function, Sheet, declare, page},
    slot::{Place, Slot},
};

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
    slots: &[Slot {
        rank: 10,
        place: Place::AboveHeader(above_header),
    }],
    sheets: &[Sheet {
        rank: 104,
        css: include_str!("../../../style/announcement.css"),
    }],
    ..Feature::NONE
};
