//! The pages about a drop beside its editor.

use app::feature::{Access, Feature, Function, declare, page};

use super::{
    live::{AdminDropLivePage, LIVE},
    preview::DropPreviewPage,
    ready::AdminDropChecksPage,
};

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
        page!("/admin/drops/:id/live", AdminDropLivePage, Access::Admin),
    ],
    functions: &[Function::get(LIVE, Access::Admin)],
    ..Feature::NONE
};
