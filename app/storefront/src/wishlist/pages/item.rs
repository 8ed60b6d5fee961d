//! One product of the list, with what to do with it.

use app::{
    catalog::{
        address,
        stock::StockWords,
        types::{Availability, Card},
    },
    locale::{href, locale},
    ui::form::PageField,
    wishlist::types::WishlistItem,
};
use leptos::prelude::*;

use crate::{
    catalog::pages::{
        card::{Heading, card_with},
        frames::Frames,
    },
    wishlist::text::Text,
};

pub fn item(saved: &WishlistItem, frames: Frames, currency: &str) -> AnyView {
    match &saved.product {
        Some(product) => {
            let words = StockWords::here();
            let note = words.of(product.availability).to_owned();
            let below = view! {
                <p class="card-note">{note}</p>
                <div class="wishlist-actions">{to_cart(product)} {remove(saved)}</div>
            };
            let below = Some(below.into_any());
            card_with(product, Heading::Second, currency, frames, below)
        }
        None => gone(saved),
    }
}

/// A product that is not sold any more, by the name it had.
fn gone(saved: &WishlistItem) -> AnyView {
    view! {
        <li>
            <article class="card card-soldout">
                <div class="pic card-media"></div>
                <div class="card-body">
                    <h2 class="card-title">{saved.title.clone()}</h2>
                    <p class="card-note">{Text::from(locale()).no_longer_available()}</p>
                    <div class="wishlist-actions">{remove(saved)}</div>
                </div>
            </article>
        </li>
    }
    .into_any()
}

/// What comes in several versions is chosen on its own page.
fn to_cart(product: &Card) -> Option<AnyView> {
    let text = Text::from(locale());
    let title = format!(" {}", product.title);
    match (product.availability, product.variants) {
        (Availability::SoldOut, _) => None,
        (_, 1) => Some(
            view! {
                <form action=href("/api/wishlist/move") method="post">
                    <PageField/>
                    <input type="hidden" name="product_id" value=product.id.clone()/>
                    <button class="btn btn-small" type="submit">
                        {text.move_to_cart()}
                        <span class="visually-hidden">{title}</span>
                    </button>
                </form>
            }
            .into_any(),
        ),
        _ => Some(
            view! {
                <a class="btn btn-small" href=href(&address::product(&product.slug))>
                    {text.choose_a_version()}
                    <span class="visually-hidden">" " {text.of_what(&product.title)}</span>
                </a>
            }
            .into_any(),
        ),
    }
}

fn remove(saved: &WishlistItem) -> AnyView {
    let text = Text::from(locale());
    view! {
        <form action=href("/api/wishlist/remove") method="post">
            <PageField/>
            <input type="hidden" name="product_id" value=saved.product_id.clone()/>
            <button class="btn-text" type="submit">
                {text.remove()}
                <span class="visually-hidden">{format!(" {}", saved.title)}</span>
            </button>
        </form>
    }
    .into_any()
}
