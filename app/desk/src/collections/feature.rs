//! The editor of collections.

use app::feature::{Access, Feature, FormPage, Function, declare, page};

use super::{
    edit::AdminCollectionPage,
    list::{AdminCollectionsPage, HERE},
};

const LIST: FormPage = FormPage::At(HERE);
const EDITOR: FormPage = FormPage::Of {
    path: "/admin/collections/:id",
    otherwise: HERE,
};

declare!(COLLECTIONS);

static COLLECTIONS: Feature = Feature {
    name: "collections",
    pages: &[
        page!("/admin/collections", AdminCollectionsPage, Access::Admin),
        page!("/admin/collections/:id", AdminCollectionPage, Access::Admin),
    ],
    functions: &[
        Function::post("/api/admin/collections/create", Access::Admin, LIST),
        // A long text.
        Function::post("/api/admin/collections/update", Access::Admin, EDITOR).with_long_body(),
        Function::post("/api/admin/collections/add", Access::Admin, EDITOR),
        Function::post("/api/admin/collections/move", Access::Admin, LIST),
        Function::post("/api/admin/collections/remove", Access::Admin, LIST),
        Function::post(
            "/api/admin/collections/picture/remove",
            Access::Admin,
            EDITOR,
        ),
        Function::post("/api/admin/collections/delete", Access::Admin, EDITOR),
    ],
    ..Feature::NONE
};
