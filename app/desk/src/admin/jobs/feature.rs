//! Changes of many products at once: bulk edits and imports.

use app::{
    feature::{Access, Feature, FormPage, Function, declare, page},
    locale::locale,
};

use super::{import_page::AdminImportPage, page::AdminJobPage, text::Text};

const JOB: FormPage = FormPage::Of {
    path: "/admin/jobs/:id",
    otherwise: "/admin/products",
};

declare!(JOBS);

static JOBS: Feature = Feature {
    name: "admin::jobs",
    pages: &[
        page!("/admin/import", AdminImportPage, Access::Admin)
            .called(|| Text::from(locale()).import_and_export()),
        page!("/admin/jobs/:id", AdminJobPage, Access::Admin),
    ],
    functions: &[
        Function::post(
            "/api/admin/products/bulk",
            Access::Admin,
            FormPage::At("/admin/products"),
        ),
        Function::post("/api/admin/jobs/start", Access::Admin, JOB),
        Function::post("/api/admin/jobs/undo", Access::Admin, JOB),
        Function::post("/api/admin/jobs/discard", Access::Admin, JOB),
    ],
    ..Feature::NONE
};
