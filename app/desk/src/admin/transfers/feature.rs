//! Bank transfers in the back office.

use app::{
    feature::{Access, Feature, FormPage, Function, declare, page},
    locale::locale,
};

use super::{
    desk::{AdminTransferPage, RECORD, RETURNED},
    list::{AdminTransfersPage, HERE},
    text::Text,
};

declare!(TRANSFERS);

static TRANSFERS: Feature = Feature {
    name: "admin::transfers",
    pages: &[
        page!("/admin/transfers", AdminTransfersPage, Access::Staff)
            .called(|| Text::from(locale()).to_match()),
        page!("/admin/transfers/:id", AdminTransferPage, Access::Staff),
    ],
    functions: &[of_order(RECORD), of_order(RETURNED)],
    ..Feature::NONE
};

const fn of_order(path: &'static str) -> Function {
    let page = FormPage::Of {
        path: "/admin/transfers/:id",
        otherwise: HERE,
    };
    Function::post(path, Access::Staff, page)
}
