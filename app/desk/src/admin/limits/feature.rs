//! The limits.

use app::{
    feature::{Access, Feature, FormPage, Function, declare, page},
    locale::locale,
};

use super::{
    page::{AdminLimitsPage, AdminProductLimitsPage, HERE, SAVE},
    text::Text,
};

declare!(LIMITS);

static LIMITS: Feature = Feature {
    name: "admin::limits",
    pages: &[
        page!("/admin/limits", AdminLimitsPage, Access::Admin)
            .called(|| Text::from(locale()).limits()),
        page!(
            "/admin/products/:id/limits",
            AdminProductLimitsPage,
            Access::Admin
        ),
    ],
    functions: &[
        // A row for each variant; and all orders in the window are counted.
        Function::post(
            SAVE,
            Access::Admin,
            FormPage::Of {
                path: "/admin/products/:id/limits",
                otherwise: HERE,
            },
        )
        .with_long_body()
        .with_long_time(),
    ],
    ..Feature::NONE
};
