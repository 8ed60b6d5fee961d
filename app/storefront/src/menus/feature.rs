//! What the menus of header and footer look like.

use app::feature::{Feature, Sheet, declare};

declare!(MENUS);

static MENUS: Feature = Feature {
    name: "menus",
    sheets: &[Sheet {
        rank: 105,
        css: include_str!("../../../../style/menus.css"),
    }],
    ..Feature::NONE
};
