//! Saved views. They are on the pages of the lists that they are of.

use app::feature::{Access, Feature, FormPage, Function, declare};

use super::bar::{DELETE, RENAME, SAVE};

/// Unless the form names its page, which it does.
const HERE: FormPage = FormPage::At("/admin/products");

declare!(SAVED_VIEWS);

static SAVED_VIEWS: Feature = Feature {
    name: "admin::views",
    functions: &[
        Function::post(SAVE, Access::Staff, HERE),
        Function::post(RENAME, Access::Staff, HERE),
        Function::post(DELETE, Access::Staff, HERE),
    ],
    ..Feature::NONE
};
