//! The page for a refusal: what happened, in words that help, and ways on.

use std::sync::Arc;

use app::{
    catalog::{ports::catalog, types::Category},
    error::{ErrorKind, ShopError},
    locale::{href, locale},
    menus::{ports::menus, types::Menus},
    reply::{set_retry_after, set_status},
    ui::{empty::empty_art, head::page_title, onward::onward, wait::wait},
    visitor::SECOND_FACTOR_PAGE,
};
use leptos::prelude::*;
use leptos_meta::{Meta, Title};

use super::text::Text;
use crate::frame::{category_href, frame};

/// A page for a refusal, sent with its status.
#[component]
pub fn ErrorPage(error: ShopError) -> impl IntoView {
    // There is something to be done about it, and a page to do it on.
    if error.kind == ErrorKind::SecondFactorNeeded {
        return onward(SECOND_FACTOR_PAGE);
    }
    set_status(error.status());
    if let Some(seconds) = error.retry_after() {
        set_retry_after(seconds);
    }
    let (catalog, menus) = (catalog(), menus());
    wait(async move {
        // What is overloaded or away is not asked for a menu.
        let (categories, menus): (Arc<Vec<Category>>, Arc<Menus>) = match error.status() {
            503 => Default::default(),
            _ => (
                catalog.categories().await.unwrap_or_default(),
                menus.shown().await.unwrap_or_default(),
            ),
        };
        let words = Words::of(&error);
        let title = page_title(words.title);
        let body = body(error.status(), words, &categories);
        view! {
            <Title text=title/>
            <Meta name="robots" content="noindex"/>
            {frame(&categories, &menus, "", String::new(), body, Vec::new())}
        }
    })
    .into_any()
}

/// In the place that is kept for it.
pub fn refused(error: ShopError) -> AnyView {
    view! { <ErrorPage error/> }.into_any()
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
        let text = Text::from(locale());
        let lost = |title, why: &str| Self {
            title,
            text: why.to_owned(),
            art: "/art/compass.webp",
            ways_on: WaysOn::Search,
        };
        let rough = |title, why: &str| Self {
            title,
            text: why.to_owned(),
            art: "/art/anchor.webp",
            ways_on: WaysOn::TryAgain,
        };
        match error.kind {
            NotFound => lost(text.nothing_here(), text.nothing_here_why()),
            MethodNotAllowed => lost(text.wrong_method(), text.wrong_method_why()),
            Forbidden => lost(text.not_allowed(), &error.message),
            Busy => rough(text.back_soon(), text.busy_why()),
            // A form was refused: at this address there is nothing to load again.
            TooManyRequests if error.retry_after.is_some() => Self {
                ways_on: WaysOn::Search,
                ..rough(text.slow_down(), &error.message)
            },
            TooManyRequests => rough(text.slow_down(), text.slow_down_why()),
            Unavailable | PaymentAway | PaymentUnclear => rough(text.back_soon(), &error.message),
            Internal => rough(text.failed(), text.failed_why()),
            _ => lost(text.refused(), &error.message),
        }
    }
}

fn body(status: u16, words: Words, categories: &[Category]) -> AnyView {
    let text = Text::from(locale());
    let ways_on = match words.ways_on {
        WaysOn::Search => view! { {search_form()} {category_links(categories)} }.into_any(),
        // An empty address is the page itself.
        WaysOn::TryAgain => view! {
            <p class="row">
                <a class="btn btn-primary btn-large" href="">{text.try_again()}</a>
                <a class="btn btn-large" href=href("/")>{text.to_the_front_page()}</a>
            </p>
            {search_form()}
        }
        .into_any(),
    };
    view! {
        <div class="container">
            <div class="empty">
                {empty_art(words.art)}
                <p class="eyebrow">{text.error(&status.to_string())}</p>
                <h1>{words.title}</h1>
                <p>{words.text}</p>
                {ways_on}
            </div>
        </div>
    }
    .into_any()
}

fn search_form() -> impl IntoView {
    let text = Text::from(locale());
    view! {
        <form
            class="empty-search"
            role="search"
            action=href("/products")
            method="get"
            aria-label=text.search_again()
        >
            <label class="visually-hidden" for="q2">{text.search_the_shop()}</label>
            <input
                class="input"
                id="q2"
                name="q"
                type="search"
                placeholder=text.what_were_you_looking_for()
            />
            <button class="btn btn-primary" type="submit">{text.search()}</button>
        </form>
    }
}

/// Categories as pills.
pub fn category_pills<'a>(categories: impl IntoIterator<Item = &'a Category>) -> AnyView {
    let links = categories.into_iter().map(|category| {
        view! {
            <li>
                <a class="pill" href=category_href(category)>{category.name.clone()}</a>
            </li>
        }
    });
    view! { <ul class="pills">{links.collect_view()}</ul> }.into_any()
}

/// The same for pages that have nothing else to show.
pub fn category_links(categories: &[Category]) -> impl IntoView + use<> {
    (!categories.is_empty()).then(|| {
        let name = Text::from(locale()).more_categories();
        view! {
            <nav class="empty-links" aria-label=name>{category_pills(categories)}</nav>
        }
    })
}
