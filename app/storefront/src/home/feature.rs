//! The front page.

use app::{
    feature::{Feature, Sheet, declare, page},
    slot::{Place, Slot},
};

use super::page::{HomePage, preview};

declare!(HOME);

static HOME: Feature = Feature {
    name: "home",
    pages: &[page!(same for everybody: "/", HomePage)],
    slots: &[Slot {
        rank: 0,
        place: Place::HomePreview(preview),
    }],
    sheets: &[Sheet {
        rank: 103,
        css: include_str!("../../../../style/home-blocks.css"),
    }],
    ..Feature::NONE
};
