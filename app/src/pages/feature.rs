//! The owner's pages, and the contact form.

use super::{
    editing::{
        editor::{AdminPageEditor, CREATE, DELETE, PREVIEW, UPDATE, previewed},
        list::AdminPagesPage,
        translation::AdminPageTranslationPage,
    },
    shown::{CONTACT, ContactPage, OwnPage, SEND},
};
use crate::{
    area::{Area, Below, Crawlers, Kinds, Logged, Onward},
    feature::{Access, Feature, FormPage, Function, Sheet, declare, page},
};

declare!(PAGES);

const EDITOR: FormPage = FormPage::Of {
    path: "/admin/pages/:id",
    otherwise: "/admin/pages/new",
};

static PAGES: Feature = Feature {
    name: "pages",
    areas: &[
        area("pages", "page", Below::Slug),
        area("contact", "contact", Below::Anything),
    ],
    pages: &[
        page!(same for everybody: "/pages/:slug", OwnPage),
        page!("/contact", ContactPage, Access::Anybody),
        page!("/admin/pages", AdminPagesPage, Access::Admin),
        page!("/admin/pages/:id", AdminPageEditor, Access::Admin),
        page!(
            "/admin/pages/:id/translations/:language",
            AdminPageTranslationPage,
            Access::Admin
        ),
    ],
    functions: &[
        Function::post(SEND, Access::Anybody, FormPage::At(CONTACT))
            .braked_otherwise("messages are counted by network, mailbox and shop"),
        // Legal texts are long.
        Function::post(CREATE, Access::Admin, FormPage::At("/admin/pages/new")).with_long_body(),
        Function::post(UPDATE, Access::Admin, EDITOR).with_long_body(),
        Function::post(PREVIEW, Access::Admin, EDITOR)
            .with_long_body()
            .shown(previewed),
        Function::post(DELETE, Access::Admin, EDITOR),
    ],
    sheets: &[
        Sheet {
            rank: 116,
            css: include_str!("../../../style/pages.css"),
        },
        Sheet {
            rank: 245,
            css: include_str!("../../../style/admin-pages.css"),
        },
    ],
    ..Feature::NONE
};

const fn area(segment: &'static str, kind: &'static str, below: Below) -> Area {
    Area {
        segment,
        kinds: Kinds::all(kind),
        logged: Logged::Path,
        crawlers: Crawlers::Welcome,
        onward: Onward::Never,
        below,
    }
}
