//! What the frame of the shop's pages brings to all others: the page for a refusal.

use app::{
    feature::{Feature, declare},
    slot::{Place, Slot},
};

use super::error_page::refused;

declare!(FRAME);

static FRAME: Feature = Feature {
    name: "frame",
    slots: &[Slot {
        rank: 0,
        place: Place::Refusal(refused),
    }],
    ..Feature::NONE
};
