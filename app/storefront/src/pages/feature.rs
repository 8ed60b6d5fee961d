//! The owner's pages, and the contact form.

use app::{
    area::{Area, Below, Crawlers, Kinds, Logged, Onward},
    feature::{Access, Feature, FormPage, Function, Sheet, declare, page},
    slot::{Place, Slot},
};

use super::{
    links::{help, legal},
    shown::{CONTACT, ContactPage, OwnPage, SEND},
};

declare!(PAGES);

static PAGES: Feature = Feature {
    name: "pages",
    areas: &[
        area("pages", "page", Below::Slug),
        area("contact", "contact", Below::Anything),
    ],
    pages: &[
        page!(same for everybody: "/pages/:slug", OwnPage),
        page!("/contact", ContactPage, Access::Anybody),
    ],
    functions: &[Function::post(SEND, Access::Anybody, FormPage::At(CONTACT))
        .braked_otherwise("messages are counted by network, mailbox and shop")],
    slots: &[
        Slot {
            rank: 10,
            place: Place::BareHeader(help),
        },
        Slot {
            rank: 10,
            place: Place::BareFooter(legal),
        },
    ],
    sheets: &[Sheet {
        rank: 116,
        css: include_str!("../../../../style/pages.css"),
    }],
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
