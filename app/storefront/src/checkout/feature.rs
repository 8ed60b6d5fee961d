//! The checkout.

use app::{
    area::{Area, Below, Crawlers, Kinds, Logged, Onward},
    brakes::Brake,
    checkout::cookies::TO_PAY,
    feature::{Access, Feature, FormPage, Function, Sheet, declare, page},
};

use super::pages::page::CheckoutPage;

declare!(CHECKOUT);

static CHECKOUT: Feature = Feature {
    name: "checkout",
    areas: &[Area {
        segment: "checkout",
        kinds: Kinds::all("checkout"),
        logged: Logged::Path,
        crawlers: Crawlers::KeptOut,
        onward: Onward::ForShoppers,
        below: Below::Anything,
    }],
    pages: &[page!("/checkout", CheckoutPage, Access::Anybody)],
    functions: &[
        step("/api/checkout/validate", Brake::Steps),
        step("/api/checkout/contact", Brake::Steps),
        step("/api/checkout/shipping", Brake::Steps),
        step("/api/checkout/payment", Brake::Steps),
        step("/api/checkout/place", Brake::Orders),
        Function::post(
            "/api/checkout/pay",
            Access::Anybody,
            FormPage::Of {
                path: "/orders/:token",
                otherwise: "/orders",
            },
        )
        .braked(Brake::Orders),
    ],
    cookies: &[TO_PAY],
    sheets: &[Sheet {
        rank: 120,
        css: include_str!("../../../../style/checkout.css"),
    }],
    ..Feature::NONE
};

/// An order is priced by what its own transaction reads; it needs no look at the settings before.
const fn step(path: &'static str, brake: Brake) -> Function {
    Function::post(path, Access::Anybody, FormPage::At("/checkout"))
        .by_last_known_settings()
        .braked(brake)
}
