//! Hearts, which save a product, where other features keep a place for them.

use app::{
    locale::{href, locale},
    slot::ShownProduct,
    ui::{form::PageField, icon::own_icon},
};
use leptos::prelude::*;

use super::{
    link::{HEART, HEARTS, LinkWords, WishlistLink},
    text::Text,
};

/// The link, and the form that the page's hearts belong to.
pub fn in_header() -> AnyView {
    let text = Text::from(locale());
    let words = LinkWords {
        name: text.wishlist().to_owned(),
        one: text.with_one().to_owned(),
        many: text.with_many().to_owned(),
        href: href("/wishlist"),
        action: href("/api/wishlist/add"),
    };
    view! {
        <WishlistLink words/>
        // Outside of the island, which would have to bring the address along.
        <PageField form=HEARTS/>
    }
    .into_any()
}

pub fn on_card(product: ShownProduct<'_>) -> AnyView {
    view! {
        <button
            class="heart"
            type="submit"
            form=HEARTS
            name="product_id"
            value=product.id.to_owned()
            aria-label=Text::from(locale()).save_what(product.title)
        >
            {own_icon(HEART)}
        </button>
    }
    .into_any()
}

pub fn on_product_page(product: ShownProduct<'_>) -> AnyView {
    view! {
        <button
            class="btn heart-wide"
            type="submit"
            form=HEARTS
            name="product_id"
            value=product.id.to_owned()
        >
            {own_icon(HEART)}
            {Text::from(locale()).save()}
        </button>
    }
    .into_any()
}
