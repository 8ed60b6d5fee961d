//! Editing categories.

use app::feature::{Access, Feature, FormPage, Function, declare, page};

use super::{edit::AdminCategoryPage, list::AdminCategoriesPage};

const LIST: FormPage = FormPage::At("/admin/categories");
const EDITOR: FormPage = FormPage::Of {
    path: "/admin/categories/:id",
    otherwise: "/admin/categories",
};

declare!(CATEGORY_ADMIN);

static CATEGORY_ADMIN: Feature = Feature {
    name: "admin::categories",
    pages: &[
        page!("/admin/categories", AdminCategoriesPage, Access::Admin),
        page!("/admin/categories/:id", AdminCategoryPage, Access::Admin),
    ],
    functions: &[
        Function::post("/api/admin/categories/create", Access::Admin, LIST),
        // A long text; and a new name is written for each of the category's products.
        Function::post("/api/admin/categories/update", Access::Admin, EDITOR)
            .with_long_body()
            .with_long_time(),
        Function::post("/api/admin/categories/move", Access::Admin, LIST),
        Function::post(
            "/api/admin/categories/picture/remove",
            Access::Admin,
            EDITOR,
        ),
        Function::post("/api/admin/categories/delete", Access::Admin, EDITOR).with_long_time(),
    ],
    ..Feature::NONE
};
