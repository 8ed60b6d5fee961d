//! The waiting list.

use app::{
    area::{Area, Below, Crawlers, Kinds, Logged, Onward},
    brakes::Brake,
    feature::{Access, Feature, FormPage, Function, declare, page},
    slot::{Place, Slot},
};

use super::{
    note::on_product_page,
    page::{ASK, HERE, WaitingListPage},
    wish::{CONFIRM, LEAVE, TAKE, WISH, WishPage},
};

declare!(WAITING_LIST);

const OF_WISH: FormPage = FormPage::Of {
    path: WISH,
    otherwise: HERE,
};

static WAITING_LIST: Feature = Feature {
    name: "waiting_list",
    areas: &[Area {
        segment: "waiting-list",
        kinds: Kinds::all("waiting_list"),
        // The address of a wish is the key to it.
        logged: Logged::Segment,
        crawlers: Crawlers::KeptOut,
        onward: Onward::Never,
        below: Below::Anything,
    }],
    pages: &[
        page!("/waiting-list", WaitingListPage, Access::Anybody),
        page!("/waiting-list/:token", WishPage, Access::Anybody),
    ],
    functions: &[
        Function::get("/api/waiting-list/taken", Access::Anybody),
        Function::post(ASK, Access::Anybody, FormPage::At(HERE))
            .braked_otherwise("links are counted by network and mailbox"),
        Function::post(CONFIRM, Access::Anybody, OF_WISH).braked(Brake::LookUps),
        Function::post(LEAVE, Access::Anybody, OF_WISH).braked(Brake::LookUps),
        Function::post(TAKE, Access::Anybody, OF_WISH).braked(Brake::Changes),
    ],
    slots: &[Slot {
        rank: 40,
        place: Place::ProductPage(on_product_page),
    }],
    ..Feature::NONE
};
