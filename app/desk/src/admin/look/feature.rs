//! The shop's look.

use app::feature::{Access, Feature, FormPage, Function, Sheet, declare, page};

use super::{
    page::{AdminLookPage, SAVE},
    ports::HERE,
};

declare!(LOOK);

static LOOK: Feature = Feature {
    name: "admin::look",
    pages: &[page!("/admin/look", AdminLookPage, Access::Admin)],
    functions: &[Function::post(SAVE, Access::Admin, FormPage::At(HERE))],
    sheets: &[Sheet {
        rank: 240,
        css: include_str!("../../../../../style/admin-look.css"),
    }],
    ..Feature::NONE
};
