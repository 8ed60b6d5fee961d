//! The editor of drops.

use app::feature::{Access, Feature, FormPage, Function, declare, page};

use super::{
    edit::{AdminDropPage, CALL_OFF, DELETE, PLAN, PUT_BACK, UPDATE},
    lines::{ADD, LINE, REMOVE},
    list::{AdminDropsPage, CREATE, HERE},
    room::ROOM,
    waiting_list::WAITING_LIST,
};

const LIST: FormPage = FormPage::At(HERE);
const EDITOR: FormPage = FormPage::Of {
    path: "/admin/drops/:id",
    otherwise: HERE,
};

declare!(DROPS);

static DROPS: Feature = Feature {
    name: "drops",
    pages: &[
        page!("/admin/drops", AdminDropsPage, Access::Admin),
        page!("/admin/drops/:id", AdminDropPage, Access::Admin),
    ],
    functions: &[
        Function::post(CREATE, Access::Admin, LIST),
        // A long text.
        Function::post(UPDATE, Access::Admin, EDITOR).with_long_body(),
        Function::post(ADD, Access::Admin, EDITOR),
        Function::post(LINE, Access::Admin, EDITOR),
        Function::post(REMOVE, Access::Admin, EDITOR),
        Function::post(ROOM, Access::Admin, EDITOR),
        Function::post(WAITING_LIST, Access::Admin, EDITOR),
        Function::post(PLAN, Access::Admin, EDITOR),
        Function::post(CALL_OFF, Access::Admin, EDITOR),
        Function::post(PUT_BACK, Access::Admin, EDITOR),
        Function::post(DELETE, Access::Admin, EDITOR),
    ],
    ..Feature::NONE
};
