//! The page for a refusal: what happened, in words that help, and ways on.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_meta::{Meta, Title};

use super::frame::{category_href, frame};
use crate::{
    catalog::{ports::catalog, types::Category},
    error::{ErrorKind, ShopError},
    reply::{set_retry_after, set_status},
    ui::{head::page_title, onward::onward, wait::wait},
    visitor::SECOND_FACTOR_PAGE,
};

/// A page for a refusal, sent with its status.
#[component]
pub fn ErrorPage(error: ShopError) -> impl IntoView {
    // There is something to be done about it, and a page to do it on.
    if error.kind == ErrorKind::SecondFactorNeeded {
        return onward(SECOND_FACTOR_PAGE);
    }
    set_status(error.status());
    if let Some(seconds) = error.kind.retry_after() {
        set_retry_after(seconds);
    }
    let catalog = catalog();
    wait(async move {
        // What is overloaded or away is not asked for a menu.
        let categories: Arc<Vec<Category>> = match error.status() {
            503 => Arc::default(),
            _ => catalog.categories().await.unwrap_or_default(),
        };
        let words = Words::of(&error);
        let title = page_title(words.title);
        let body = body(error.status(), words, &categories);
        view! {
            <Title text=title/>
            <Meta name="robots" content="noindex"/>
            {frame(&categories, "", String::new(), body)}
        }
    })
    .into_any()
}

enum WaysOn {
    Search,
    TryAgain,
}

struct Words {
    title: &'static str,
    text: String,
    art: &'static str,
    ways_on: WaysOn,
}

impl Words {
    fn of(error: &ShopError) -> Self {
        use ErrorKind::*;
        let lost = |title, text: &str| Self {
            title,
            text: text.to_owned(),
            art: "/art/compass.webp",
            ways_on: WaysOn::Search,
        };
        let rough = |title, text: &str| Self {
            title,
            text: text.to_owned(),
            art: "/art/anchor.webp",
            ways_on: WaysOn::TryAgain,
        };
        match error.kind {
            NotFound => lost(
                "Off the chart",
                "There is no page at this address. It may have moved, or the product is no longer \
                 sold.",
            ),
            MethodNotAllowed => lost(
                "That didn’t work",
                "This address can’t be used that way. Nothing was changed.",
            ),
            Forbidden => lost("You can’t open this page", &error.message),
            Busy => rough(
                "Rough water, back soon",
                "The shop is very busy right now. Your cart is safe. Please try \
                 again in a few seconds.",
            ),
            TooManyRequests => rough(
                "A little slower, please",
                "That was a lot of requests in a short time. Please wait a minute and try again.",
            ),
            Unavailable | PaymentUnclear => rough("Rough water, back soon", &error.message),
            Internal => rough(
                "Something gave way",
                "Something went wrong on our side. Nothing was changed. Please try again now or \
                 in a few minutes.",
            ),
            _ => lost("That didn’t work", &error.message),
        }
    }
}

fn body(status: u16, words: Words, categories: &[Category]) -> AnyView {
    let ways_on = match words.ways_on {
        WaysOn::Search => view! { {search_form()} {category_links(categories)} }.into_any(),
        // An empty address is the page itself.
        WaysOn::TryAgain => view! {
            <p class="row">
                <a class="btn btn-primary btn-large" href="">"Try again"</a>
                <a class="btn btn-large" href="/">"Go to the front page"</a>
            </p>
            {search_form()}
        }
        .into_any(),
    };
    view! {
        <div class="container">
            <div class="empty">
                {empty_art(words.art)}
                <p class="eyebrow">"Error "{status}</p>
                <h1>{words.title}</h1>
                <p>{words.text}</p>
                {ways_on}
            </div>
        </div>
    }
    .into_any()
}

/// The picture of an empty state.
pub fn empty_art(src: &'static str) -> impl IntoView {
    view! {
        <div class="empty-art" aria-hidden="true"><img src=src width="256" height="256" alt=""/></div>
    }
}

fn search_form() -> impl IntoView {
    view! {
        <form class="empty-search" role="search" action="/products" method="get" aria-label="Search again">
            <label class="visually-hidden" for="q2">"Search the shop"</label>
            <input
                class="input"
                id="q2"
                name="q"
                type="search"
                placeholder="What were you looking for?"
            />
            <button class="btn btn-primary" type="submit">"Search"</button>
        </form>
    }
}

/// The categories as pills, for pages that have nothing else to show.
pub fn category_links(categories: &[Category]) -> impl IntoView + use<> {
    let links = categories
        .iter()
        .map(|category| {
            view! {
                <li>
                    <a class="pill" href=category_href(category)>{category.name.clone()}</a>
                </li>
            }
        })
        .collect_view();
    (!categories.is_empty()).then(|| {
        view! {
            <nav class="empty-links" aria-label="More categories"><ul class="pills">{links}</ul></nav>
        }
    })
}
