//! The wishlist.

use app::{
    area::{Area, Below, Crawlers, Kinds, Logged, Onward},
    brakes::Brake,
    feature::{Access, Feature, FormPage, Function, Sheet, declare, page},
    locale::locale,
    slot::{Place, Slot},
    wishlist::cookies::{WISHLIST, WISHLIST_HINT},
};

use super::{
    heart::{in_header, on_card, on_product_page},
    pages::page::{HERE, WishlistPage},
    text::Text,
};

declare!(WISHLIST_FEATURE);

static WISHLIST_FEATURE: Feature = Feature {
    name: "wishlist",
    areas: &[Area {
        segment: "wishlist",
        kinds: Kinds::all("wishlist"),
        logged: Logged::Path,
        crawlers: Crawlers::KeptOut,
        onward: Onward::ForShoppers,
        below: Below::Anything,
    }],
    pages: &[page!("/wishlist", WishlistPage, Access::Anybody)],
    functions: &[
        Function::get("/api/wishlist", Access::Anybody),
        Function::get("/api/wishlist/products", Access::Anybody),
        Function::post(
            "/api/wishlist/add",
            Access::Anybody,
            FormPage::OfProduct { otherwise: HERE },
        )
        .braked(Brake::Changes),
        Function::post("/api/wishlist/remove", Access::Anybody, FormPage::At(HERE))
            .braked(Brake::Changes),
        Function::post("/api/wishlist/move", Access::Anybody, FormPage::At(HERE))
            .braked(Brake::Changes),
    ],
    cookies: &[WISHLIST, WISHLIST_HINT],
    slots: &[
        slot(Place::Header(in_header)),
        slot(Place::Footer {
            href: HERE,
            words: || Text::from(locale()).wishlist(),
        }),
        slot(Place::ProductCard(on_card)),
        slot(Place::ProductPage(on_product_page)),
    ],
    sheets: &[Sheet {
        rank: 115,
        css: include_str!("../../../../style/wishlist.css"),
    }],
};

/// Between the account and the cart.
const fn slot(place: Place) -> Slot {
    Slot { rank: 50, place }
}
