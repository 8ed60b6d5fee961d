//! The front page and its editor.

use super::{
    edit::AdminBlockPage,
    list::{AdminHomePage, HERE},
    page::{HomePage, HomePreviewPage},
};
use crate::feature::{Access, Feature, FormPage, Function, Sheet, declare, page};

const LIST: FormPage = FormPage::At(HERE);
const EDITOR: FormPage = FormPage::Of {
    path: "/admin/home/:id",
    otherwise: HERE,
};

declare!(HOME);

static HOME: Feature = Feature {
    name: "home",
    pages: &[
        page!(same for everybody: "/", HomePage),
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
    sheets: &[Sheet {
        rank: 103,
        css: include_str!("../../../style/home-blocks.css"),
    }],
    ..Feature::NONE
};
