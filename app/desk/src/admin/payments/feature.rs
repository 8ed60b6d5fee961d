//! The page of payments.

use app::feature::{Access, Feature, FormPage, Function, declare, page};

use super::{
    page::{AdminPaymentsPage, COMPARE, HERE},
    said,
};

declare!(PAYMENTS);

static PAYMENTS: Feature = Feature {
    name: "admin::payments",
    pages: &[
        page!("/admin/payments", AdminPaymentsPage, Access::Admin).called(|| said().payments())
    ],
    functions: &[
        // Providers' lists are read page by page.
        Function::post(COMPARE, Access::Admin, FormPage::At(HERE)).with_long_time(),
    ],
    ..Feature::NONE
};
