//! The cart.

use super::pages::page::CartPage;
use crate::{
    area::{Area, Below, Crawlers, Kinds, Logged, Onward},
    feature::{Access, Feature, FormPage, Function, Sheet, page},
};

/// Where a line's forms stand.
const HERE: FormPage = FormPage::At("/cart");

pub static CART: Feature = Feature {
    areas: &[Area {
        segment: "cart",
        kinds: Kinds::all("cart"),
        logged: Logged::Path,
        crawlers: Crawlers::KeptOut,
        onward: Onward::ForShoppers,
        below: Below::Anything,
    }],
    pages: &[page!("/cart", CartPage, Access::Anybody)],
    functions: &[
        Function::get("/api/cart", Access::Anybody),
        Function::post(
            "/api/cart/add",
            Access::Anybody,
            FormPage::OfProduct { otherwise: "/cart" },
        ),
        Function::post("/api/cart/update", Access::Anybody, HERE),
        Function::post("/api/cart/remove", Access::Anybody, HERE),
        Function::post("/api/cart/accept-price", Access::Anybody, HERE),
    ],
    sheets: &[Sheet {
        rank: 110,
        css: include_str!("../../../style/cart.css"),
    }],
};
