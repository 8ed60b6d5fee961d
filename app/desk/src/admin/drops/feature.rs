//! The pages about a drop beside its editor.

use app::feature::{Access, Feature, FormPage, Function, declare, page};

use super::{
    live::{AdminDropLivePage, LIVE},
    preview::DropPreviewPage,
    ready::AdminDropChecksPage,
    report::{AdminDropReportPage, KEEP},
    ways::DROPS,
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
        page!(
            "/admin/drops/:id/report",
            AdminDropReportPage,
            Access::Admin
        ),
    ],
    functions: &[
        Function::get(LIVE, Access::Admin),
        Function::post(
            KEEP,
            Access::Admin,
            FormPage::Of {
                path: "/admin/drops/:id/report",
                otherwise: DROPS,
            },
        ),
    ],
    ..Feature::NONE
};
