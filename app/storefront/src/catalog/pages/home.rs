//! What the front page may be made of.

use app::{
    catalog::{
        picture::{frame_class, small, srcset},
        types::{Card, Category},
    },
    ui::icon::{Icon, icon},
};
use leptos::prelude::*;

use super::{
    card::{Heading, product_grid, tile_picture},
    sizes::STILL_LIFE,
};
use crate::frame::category_href;

/// The pictures of some products, each on a plinth of its own.
pub fn still_life(cards: &[Card]) -> AnyView {
    let pictures = cards
        .iter()
        .filter_map(|card| card.picture.as_ref())
        .enumerate()
        .map(|(at, picture)| {
            view! {
                <div class="hero-item">
                    <img
                        class=frame_class(picture)
                        src=small(&picture.src)
                        srcset=srcset(&picture.src)
                        sizes=STILL_LIFE.sizes(picture)
                        width="256"
                        height="256"
                        alt=""
                        fetchpriority=(at == 0).then_some("high")
                    />
                </div>
            }
        })
        .take(5)
        .collect_view();
    view! { <div class="hero-stage" aria-hidden="true">{pictures}</div> }.into_any()
}

/// `id` is that of the heading.
pub fn tiles(id: String, heading: String, categories: &[Category]) -> Option<AnyView> {
    if categories.is_empty() {
        return None;
    }
    let tiles = categories
        .iter()
        .map(|category| {
            view! {
                <li>
                    <a class="tile" href=category_href(category)>
                        <span><span class="tile-name">{category.name.clone()}</span></span>
                        {tile_picture(&category.picture)}
                    </a>
                </li>
            }
        })
        .collect_view();
    let labelled = id.clone();
    let section = view! {
        <section class="section" aria-labelledby=labelled>
            <div class="section-head"><h2 id=id>{heading}</h2></div>
            <ul class="tiles">{tiles}</ul>
        </section>
    };
    Some(section.into_any())
}

/// Products under a heading, with the way to more of them.
pub struct ShownShelf<'a> {
    /// Of the heading.
    pub id: String,
    pub heading: String,
    /// What the link to all of them says.
    pub link: String,
    pub href: String,
    pub cards: &'a [Card],
    pub currency: &'a str,
}

pub fn shelf(shelf: ShownShelf<'_>) -> Option<AnyView> {
    if shelf.cards.is_empty() {
        return None;
    }
    let labelled = shelf.id.clone();
    let section = view! {
        <section class="section" aria-labelledby=labelled>
            <div class="section-head">
                <h2 id=shelf.id>{shelf.heading}</h2>
                <a class="section-link" href=shelf.href>{shelf.link}" "{icon(Icon::Arrow)}</a>
            </div>
            {product_grid(shelf.cards, Heading::Third, shelf.currency)}
        </section>
    };
    Some(section.into_any())
}

/// What a shop promises.
pub struct ShownPromise {
    pub icon: Icon,
    pub title: String,
    pub text: String,
}

pub fn promises(name: String, promises: Vec<ShownPromise>) -> Option<AnyView> {
    if promises.is_empty() {
        return None;
    }
    let values = promises
        .into_iter()
        .map(|promise| {
            view! {
                <div class="value">
                    {icon(promise.icon)}
                    <h2 class="value-title">{promise.title}</h2>
                    <p class="value-text">{promise.text}</p>
                </div>
            }
        })
        .collect_view();
    Some(view! { <section class="section values" aria-label=name>{values}</section> }.into_any())
}
