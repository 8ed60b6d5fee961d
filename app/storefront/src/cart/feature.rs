//! The cart.

use app::{
    area::{Area, Below, Crawlers, Kinds, Logged, Onward},
    brakes::Brake,
    cart::{
        badge::{BadgeWords, CartBadge},
        text::Text,
    },
    cookie::Cookie,
    feature::{Access, Feature, FormPage, Function, Sheet, declare, page},
    locale::{href, locale},
    slot::{Place, Slot},
};
use leptos::prelude::*;

use super::pages::{drawer::drawer, page::CartPage};

/// Where a line's forms are.
const HERE: FormPage = FormPage::At("/cart");

declare!(CART);

static CART: Feature = Feature {
    name: "cart",
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
        )
        .braked(Brake::Changes),
        change("/api/cart/update"),
        change("/api/cart/remove"),
        change("/api/cart/accept-price"),
        change("/api/cart/accept-all"),
    ],
    cookies: &[Cookie::CART, Cookie::CART_HINT],
    slots: &[
        Slot {
            rank: 90,
            place: Place::Header(badge),
        },
        Slot {
            rank: 90,
            place: Place::Footer {
                href: "/cart",
                words: || Text::from(locale()).cart(),
            },
        },
    ],
    sheets: &[
        Sheet {
            rank: 110,
            css: include_str!("../../../../style/cart.css"),
        },
        Sheet {
            rank: 111,
            css: include_str!("../../../../style/cart-drawer.css"),
        },
    ],
};

const fn change(path: &'static str) -> Function {
    Function::post(path, Access::Anybody, HERE).braked(Brake::Changes)
}

fn badge() -> AnyView {
    let text = Text::from(locale());
    let words = BadgeWords {
        name: text.cart().to_owned(),
        one: text.cart_with_one().to_owned(),
        many: text.cart_with_many().to_owned(),
        href: href("/cart"),
    };
    view! { <CartBadge words/> {drawer()} }.into_any()
}
