//! The payment methods.

use app::feature::{Access, Feature, FormPage, Function, declare, page};

use super::{
    page::{AdminMethodsPage, HERE, SAVE},
    said,
};

declare!(METHODS);

static METHODS: Feature = Feature {
    name: "admin::methods",
    pages: &[
        page!("/admin/settings/methods", AdminMethodsPage, Access::Admin)
            .called(|| said().payment_methods()),
    ],
    functions: &[Function::post(SAVE, Access::Admin, FormPage::At(HERE)).with_long_body()],
    ..Feature::NONE
};
