//! The editor of the menus.

use app::{
    feature::{Access, Feature, FormPage, Function, declare, page},
    locale::locale,
    menus::{text::Text, types::LIST},
};

use super::editing::{CREATE, DELETE, MOVE, UPDATE, item::AdminMenuItemPage, list::AdminMenusPage};

declare!(MENUS);

const ITEM: FormPage = FormPage::Of {
    path: "/admin/menus/:id",
    otherwise: LIST,
};

static MENUS: Feature = Feature {
    name: "menus",
    pages: &[
        page!("/admin/menus", AdminMenusPage, Access::Admin)
            .called(|| Text::from(locale()).menus()),
        page!("/admin/menus/:id", AdminMenuItemPage, Access::Admin),
    ],
    functions: &[
        Function::post(CREATE, Access::Admin, FormPage::At("/admin/menus/new")),
        Function::post(UPDATE, Access::Admin, ITEM),
        Function::post(MOVE, Access::Admin, FormPage::At(LIST)),
        Function::post(DELETE, Access::Admin, ITEM),
    ],
    ..Feature::NONE
};
