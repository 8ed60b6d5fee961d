//! The pages of drops.

use app::{
    area::{Area, Below, Crawlers, Kinds, Logged, Onward},
    brakes::Brake,
    feature::{Access, Feature, FormPage, Function, Sheet, declare, page},
    slot::{Place, Slot},
    tickets::TICKETS,
};

use super::{
    page::{DropPage, REMIND, preview},
    reminder::{CONFIRM, HERE, ReminderPage, ReminderSentPage},
    room::page::{CODE, ENTER, RoomPage},
};

declare!(DROPS);

static DROPS: Feature = Feature {
    name: "drops",
    areas: &[
        Area {
            segment: "drops",
            kinds: Kinds::all("drop"),
            logged: Logged::Path,
            crawlers: Crawlers::Welcome,
            onward: Onward::Never,
            below: Below::Slug,
        },
        Area {
            segment: "reminders",
            kinds: Kinds::all("reminder"),
            // A reminder's address is the key to it.
            logged: Logged::Segment,
            crawlers: Crawlers::KeptOut,
            onward: Onward::Never,
            below: Below::Anything,
        },
    ],
    pages: &[
        page!(same for everybody: "/drops/:slug", DropPage),
        page!("/drops/:slug/room", RoomPage, Access::Anybody),
        page!("/reminders", ReminderSentPage, Access::Anybody),
        page!("/reminders/:token", ReminderPage, Access::Anybody),
    ],
    functions: &[
        Function::get("/api/drops/time", Access::Anybody).by_last_known_settings(),
        Function::get("/api/drops/room", Access::Anybody),
        Function::post(CODE, Access::Anybody, FormPage::At(HERE))
            .braked_otherwise("codes are counted by network and mailbox"),
        Function::post(ENTER, Access::Anybody, FormPage::At(HERE))
            .braked_otherwise("it asks for leave to begin something itself"),
        Function::post(REMIND, Access::Anybody, FormPage::At(HERE))
            .braked_otherwise("reminders are counted by network and mailbox"),
        Function::post(
            CONFIRM,
            Access::Anybody,
            FormPage::Of {
                path: "/reminders/:token",
                otherwise: HERE,
            },
        )
        .braked(Brake::LookUps),
    ],
    cookies: &[TICKETS],
    slots: &[Slot {
        rank: 0,
        place: Place::DropPreview(preview),
    }],
    sheets: &[Sheet {
        rank: 118,
        css: include_str!("../../../../style/drops.css"),
    }],
};
