//! Announcements, above every page of the shop.

use app::{
    feature::{Feature, Sheet, declare},
    slot::{Place, Slot},
};

use super::bar::above_header;

declare!(ANNOUNCEMENT);

static ANNOUNCEMENT: Feature = Feature {
    name: "announcement",
    slots: &[Slot {
        rank: 10,
        place: Place::AboveHeader(above_header),
    }],
    sheets: &[Sheet {
        rank: 104,
        css: include_str!("../../../../style/announcement.css"),
    }],
    ..Feature::NONE
};
