//! The pages about a drop beside its editor.

use app::feature::{Access, Feature, declare, page};

use super::{preview::DropPreviewPage, ready::AdminDropChecksPage};

declare!(DROP_DESK);

static DROP_DESK: Feature = Feature {
    name: "admin::drops",
    pages: &[
        page!(
            "/admin/drops/:id/checks",
            AdminDropChecksPage,
            Access::Admin
        ),
        page!("/admin/drops/:id/preview", DropPreviewPage, Access::Admin),
    ],
    ..Feature::NONE
};
