//! The checklist before a shop opens.

use app::feature::{Access, Feature, FormPage, Function, Sheet, declare};

use super::panel::{CONFIRM, END_DEMONSTRATION, OPEN, TEST_MAIL};

declare!(OPENING);

const HERE: FormPage = FormPage::At("/admin");

static OPENING: Feature = Feature {
    name: "admin::opening",
    functions: &[
        Function::post(TEST_MAIL, Access::Admin, HERE),
        Function::post(CONFIRM, Access::Admin, HERE),
        Function::post(OPEN, Access::Admin, HERE),
        Function::post(END_DEMONSTRATION, Access::Admin, HERE),
    ],
    sheets: &[Sheet {
        rank: 246,
        css: include_str!("../../../../../style/admin-opening.css"),
    }],
    ..Feature::NONE
};
