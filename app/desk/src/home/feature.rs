//! The editor of the front page.

use app::feature::{Access, Feature, FormPage, Function, declare, page};

use super::{
    edit::AdminBlockPage,
    list::{AdminHomePage, HERE},
    preview::HomePreviewPage,
};

const LIST: FormPage = FormPage::At(HERE);
const EDITOR: FormPage = FormPage::Of {
    path: "/admin/home/:id",
    otherwise: HERE,
};

declare!(HOME);

static HOME: Feature = Feature {
    name: "home",
    pages: &[
        page!("/admin/home", AdminHomePage, Access::Admin),
        page!("/admin/home/:id", AdminBlockPage, Access::Admin),
        page!("/admin/preview/home", HomePreviewPage, Access::Admin),
    ],
    functions: &[
        Function::post("/api/admin/home/add", Access::Admin, LIST),
        Function::post("/api/admin/home/save", Access::Admin, EDITOR),
        Function::post("/api/admin/home/move", Access::Admin, LIST),
        Function::post("/api/admin/home/picture/remove", Access::Admin, EDITOR),
        Function::post("/api/admin/home/delete", Access::Admin, LIST),
        Function::post("/api/admin/home/publish", Access::Admin, LIST),
        Function::post("/api/admin/home/discard", Access::Admin, LIST),
    ],
    ..Feature::NONE
};
