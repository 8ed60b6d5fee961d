//! The front page.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_meta::{Link, Meta, Title};

use super::card::{Heading, product_grid, thumbnail};
use crate::{
    catalog::{
        ports::catalog,
        types::{Card, Category, Home},
    },
    shop::shop,
    storefront::{
        frame::{Frame, category_href},
        load::load,
    },
    ui::{
        head::page_title,
        icon::{Icon, icon},
    },
};

#[component]
pub fn HomePage() -> impl IntoView {
    let (catalog, settings) = (catalog(), shop().settings);
    load(
        async move { catalog.home().await },
        move |home: Arc<Home>| {
            view! {
                {head(&settings.base_url)}
                <Frame>{content(&home, &settings.currency)}</Frame>
            }
        },
    )
}

fn head(base_url: &str) -> AnyView {
    view! {
        <Title text=page_title("Sturdy goods for home and shore")/>
        <Meta
            name="description"
            content="Sturdy clothes, honest tools and good company for the kitchen. \
                     Made to last and to be repaired."
        />
        <Link rel="canonical" href=format!("{base_url}/")/>
    }
    .into_any()
}

fn content(home: &Home, currency: &str) -> AnyView {
    view! {
        <div class="container">
            {hero(&home.hero)}
            {tiles(&home.categories)}
            {shelf(&NEW, &home.newest, currency)}
            {values()}
            {shelf(&POPULAR, &home.popular, currency)}
        </div>
    }
    .into_any()
}

fn hero(cards: &[Card]) -> AnyView {
    let pictures = cards
        .iter()
        .filter_map(|card| card.picture.as_ref())
        .map(|picture| {
            view! {
                <div class="hero-item">
                    <img src=picture.src.clone() width="256" height="256" alt=""/>
                </div>
            }
        })
        .take(5)
        .collect_view();
    view! {
        <section class="hero" aria-labelledby="hero-title">
            <div class="hero-copy">
                <h1 class="hero-title" id="hero-title">"Made to last."</h1>
                <p class="hero-text">
                    "Sturdy clothes, honest tools and good company for the kitchen. \
                     Made to last and to be repaired."
                </p>
                <p class="row">
                    <a class="btn btn-primary btn-large" href="/products">"Shop all"</a>
                    <a class="btn btn-large" href=NEW.href>"See what’s new"</a>
                </p>
            </div>
            <div class="hero-stage" aria-hidden="true">{pictures}</div>
        </section>
    }
    .into_any()
}

fn tiles(categories: &[Category]) -> Option<AnyView> {
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
                        {thumbnail(&category.picture)}
                    </a>
                </li>
            }
        })
        .collect_view();
    let section = view! {
        <section class="section" aria-labelledby="cats">
            <div class="section-head"><h2 id="cats">"Shop by category"</h2></div>
            <ul class="tiles">{tiles}</ul>
        </section>
    };
    Some(section.into_any())
}

struct Shelf {
    id: &'static str,
    title: &'static str,
    link: &'static str,
    href: &'static str,
}

const NEW: Shelf = Shelf {
    id: "new",
    title: "New in",
    link: "All new arrivals",
    href: "/products?sort=newest",
};

const POPULAR: Shelf = Shelf {
    id: "popular",
    title: "Popular",
    link: "All bestsellers",
    href: "/products?sort=best-selling",
};

fn shelf(shelf: &Shelf, cards: &[Card], currency: &str) -> Option<AnyView> {
    if cards.is_empty() {
        return None;
    }
    let section = view! {
        <section class="section" aria-labelledby=shelf.id>
            <div class="section-head">
                <h2 id=shelf.id>{shelf.title}</h2>
                <a class="section-link" href=shelf.href>{shelf.link}" "{icon(Icon::Arrow)}</a>
            </div>
            {product_grid(cards, Heading::Third, currency)}
        </section>
    };
    Some(section.into_any())
}

const VALUES: [(Icon, &str, &str); 4] = [
    (
        Icon::Stock,
        "Real stock",
        "The stock you see is the stock we have.",
    ),
    (
        Icon::Tag,
        "No surprises",
        "You see the full price before you order.",
    ),
    (
        Icon::Cash,
        "Pay on delivery",
        "Pay in cash at the door if you like.",
    ),
    (
        Icon::Person,
        "No account needed",
        "Find your order with your e-mail address.",
    ),
];

fn values() -> AnyView {
    let values = VALUES
        .map(|(kind, title, text)| {
            view! {
                <div class="value">
                    {icon(kind)}
                    <h2 class="value-title">{title}</h2>
                    <p class="value-text">{text}</p>
                </div>
            }
        })
        .collect_view();
    view! { <section class="section values" aria-label="Why shop with us">{values}</section> }
        .into_any()
}
