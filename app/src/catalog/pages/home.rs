//! The front page.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_meta::{Link, Meta, Title};

use super::card::{Heading, product_grid, thumbnail};
use crate::{
    catalog::{
        ports::catalog,
        text::Text,
        types::{Card, Category, Home},
    },
    locale::{href, locale},
    shop::shop,
    storefront::{
        frame::{Frame, category_href},
        load::load,
    },
    ui::{
        head::{alternates, page_title},
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
    let text = Text::from(locale());
    view! {
        <Title text=page_title(text.home_title())/>
        <Meta name="description" content=text.home_text()/>
        <Link rel="canonical" href=format!("{base_url}{}", href("/"))/>
        {alternates("/")}
    }
    .into_any()
}

fn content(home: &Home, currency: &str) -> AnyView {
    view! {
        <div class="container">
            {hero(&home.hero)}
            {tiles(&home.categories)}
            {shelf(&Shelf::new(), &home.newest, currency)}
            {values()}
            {shelf(&Shelf::popular(), &home.popular, currency)}
        </div>
    }
    .into_any()
}

fn hero(cards: &[Card]) -> AnyView {
    let text = Text::from(locale());
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
                <h1 class="hero-title" id="hero-title">{text.home_heading()}</h1>
                <p class="hero-text">{text.home_text()}</p>
                <p class="row">
                    <a class="btn btn-primary btn-large" href=href("/products")>{text.shop_all()}</a>
                    <a class="btn btn-large" href=Shelf::new().href>{text.see_whats_new()}</a>
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
    let text = Text::from(locale());
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
            <div class="section-head"><h2 id="cats">{text.shop_by_category()}</h2></div>
            <ul class="tiles">{tiles}</ul>
        </section>
    };
    Some(section.into_any())
}

struct Shelf {
    id: &'static str,
    title: &'static str,
    link: &'static str,
    href: String,
}

impl Shelf {
    fn new() -> Self {
        let text = Text::from(locale());
        Self {
            id: "new",
            title: text.new_in(),
            link: text.all_new_arrivals(),
            href: href("/products?sort=newest"),
        }
    }

    fn popular() -> Self {
        let text = Text::from(locale());
        Self {
            id: "popular",
            title: text.popular(),
            link: text.all_bestsellers(),
            href: href("/products?sort=best-selling"),
        }
    }
}

fn shelf(shelf: &Shelf, cards: &[Card], currency: &str) -> Option<AnyView> {
    if cards.is_empty() {
        return None;
    }
    let section = view! {
        <section class="section" aria-labelledby=shelf.id>
            <div class="section-head">
                <h2 id=shelf.id>{shelf.title}</h2>
                <a class="section-link" href=shelf.href.clone()>{shelf.link}" "{icon(Icon::Arrow)}</a>
            </div>
            {product_grid(cards, Heading::Third, currency)}
        </section>
    };
    Some(section.into_any())
}

fn values() -> AnyView {
    let text = Text::from(locale());
    let values = [
        (Icon::Stock, text.real_stock(), text.real_stock_why()),
        (Icon::Tag, text.no_surprises(), text.no_surprises_why()),
        (
            Icon::Cash,
            text.pay_on_delivery(),
            text.pay_on_delivery_why(),
        ),
        (
            Icon::Person,
            text.no_account_needed(),
            text.no_account_needed_why(),
        ),
    ];
    let values = values
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
    let name = text.why_shop_with_us();
    view! { <section class="section values" aria-label=name>{values}</section> }.into_any()
}
