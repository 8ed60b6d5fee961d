//! A shopper's way back to an order.

use app::{
    area::{Area, Below, Crawlers, Kinds, Logged, Onward},
    brakes::Brake,
    feature::{Access, Feature, FormPage, Function, Sheet, declare, page},
    locale::locale,
    orders::text::Text,
    slot::{Place, Slot},
};

use super::pages::{
    confirm::{CONFIRM, ConfirmOrderPage},
    page::{OrderLookUpPage, OrderPage},
};

declare!(ORDERS);

static ORDERS: Feature = Feature {
    name: "orders",
    areas: &[Area {
        segment: "orders",
        kinds: Kinds::all("order"),
        // An order's address is the key to it.
        logged: Logged::Segment,
        crawlers: Crawlers::KeptOut,
        onward: Onward::Never,
        below: Below::Anything,
    }],
    pages: &[
        page!("/orders", OrderLookUpPage, Access::Anybody),
        page!("/orders/:token", OrderPage, Access::Anybody),
        page!("/orders/confirm/:token", ConfirmOrderPage, Access::Anybody),
    ],
    functions: &[
        Function::post(
            "/api/orders/look-up",
            Access::Anybody,
            FormPage::At("/orders"),
        )
        .braked(Brake::LookUps),
        Function::post(
            CONFIRM,
            Access::Anybody,
            FormPage::Of {
                path: "/orders/confirm/:token",
                otherwise: "/orders",
            },
        )
        .braked(Brake::LookUps),
    ],
    slots: &[Slot {
        rank: 20,
        place: Place::Footer {
            href: "/orders",
            words: || Text::from(locale()).find_your_order(),
        },
    }],
    sheets: &[Sheet {
        rank: 130,
        css: include_str!("../../../../style/order.css"),
    }],
    ..Feature::NONE
};
