//! The editor of the owner's pages.

use app::feature::{Access, Feature, FormPage, Function, Sheet, declare, page};

use super::editing::{
    editor::{AdminPageEditor, CREATE, DELETE, PREVIEW, UPDATE, previewed},
    list::AdminPagesPage,
    translation::AdminPageTranslationPage,
};

declare!(PAGES);

const EDITOR: FormPage = FormPage::Of {
    path: "/admin/pages/:id",
    otherwise: "/admin/pages/new",
};

static PAGES: Feature = Feature {
    name: "pages",
    pages: &[
        page!("/admin/pages", AdminPagesPage, Access::Admin),
        page!("/admin/pages/:id", AdminPageEditor, Access::Admin),
        page!(
            "/admin/pages/:id/translations/:language",
            AdminPageTranslationPage,
            Access::Admin
        ),
    ],
    functions: &[
        // Legal texts are long.
        Function::post(CREATE, Access::Admin, FormPage::At("/admin/pages/new")).with_long_body(),
        Function::post(UPDATE, Access::Admin, EDITOR).with_long_body(),
        Function::post(PREVIEW, Access::Admin, EDITOR)
            .with_long_body()
            .shown(previewed),
        Function::post(DELETE, Access::Admin, EDITOR),
    ],
    sheets: &[Sheet {
        rank: 245,
        css: include_str!("../../../../style/admin-pages.css"),
    }],
    ..Feature::NONE
};
