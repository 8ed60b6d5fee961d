//! The payment methods.

use app::feature::{Access, Feature, FormPage, Function, declare, page};

use super::page::{AdminMethodsPage, HERE, SAVE};

declare!(METHODS);

static METHODS: Feature = Feature {
    name: "admin::methods",
    pages: &[page!(
        "/admin/settings/methods",
        AdminMethodsPage,
        Access::Admin
    )],
    functions: &[Function::post(SAVE, Access::Admin, FormPage::At(HERE)).with_long_body()],
    ..Feature::NONE
};
