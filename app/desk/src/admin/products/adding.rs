//! The search for products that are put into something, such as a collection or a drop.

use app::{
    error::ShopResult,
    locale::locale,
    ui::{
        field::refusal_of,
        form::{Form, PageField},
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{ports::ProductAdmin, text::Text, types::AdminProductRow};
use crate::admin::product_filter::ProductFilter;

/// Products that a search shows.
const FOUND: usize = 20;
/// Letters of a search that are looked at.
const MAX_QUERY: usize = 100;

/// What was searched for, and what was found.
pub struct Search {
    text: String,
    found: Vec<AdminProductRow>,
}

/// What the page's address asks for.
pub fn wanted() -> String {
    let query = use_query_map().get_untracked().get("q").unwrap_or_default();
    query.trim().chars().take(MAX_QUERY).collect()
}

impl Search {
    pub async fn of(products: &dyn ProductAdmin, wanted: String) -> ShopResult<Self> {
        let found = match wanted.is_empty() {
            true => Vec::new(),
            false => {
                let filter = ProductFilter {
                    text: Some(wanted.clone()),
                    ..ProductFilter::default()
                };
                products.products(&filter).await?.rows
            }
        };
        Ok(Self {
            text: wanted,
            found,
        })
    }
}

/// What products are put into.
pub struct Target<'a> {
    pub id: &'a str,
    /// The page with the search.
    pub here: String,
    /// Where the form of a product goes.
    pub add: &'static str,
}

/// The panel with the search. What is in already is not offered.
pub fn adding(target: Target<'_>, search: &Search, is_in: impl Fn(&str) -> bool) -> AnyView {
    let text = Text::from(locale());
    let Target { id, here, add } = target;
    let found: Vec<_> = search
        .found
        .iter()
        .filter(|product| !is_in(&product.id))
        .take(FOUND)
        .map(|product| {
            view! {
                <li>
                    <form class="row" action=add method="post">
                        <PageField/>
                        <input type="hidden" name="id" value=id.to_owned()/>
                        <input type="hidden" name="product_id" value=product.id.clone()/>
                        <input type="hidden" name="q" value=search.text.clone()/>
                        <span>{product.title.clone()}</span>
                        <button class="btn btn-small" type="submit">
                            {text.add_product()}
                            <span class="visually-hidden">" "{product.title.clone()}</span>
                        </button>
                    </form>
                </li>
            }
        })
        .collect();
    let found = match (search.text.is_empty(), found.is_empty()) {
        (true, _) => ().into_any(),
        (false, true) => view! { <p class="muted">{text.no_others_match()}</p> }.into_any(),
        (false, false) => view! { <ul class="stack">{found}</ul> }.into_any(),
    };
    view! {
        <section class="panel" aria-labelledby="adding">
            <h2 class="panel-title" id="adding">{text.add_products()}</h2>
            <div class="stack">
                {refusal_of(&Form::of(add))}
                <form class="admin-search" role="search" action=here method="get">
                    <label class="visually-hidden" for="s">{text.search_products()}</label>
                    <input
                        class="input"
                        id="s"
                        name="q"
                        type="search"
                        placeholder=text.search_products()
                        value=search.text.clone()
                    />
                    <button class="btn" type="submit">{text.search_now()}</button>
                </form>
                {found}
            </div>
        </section>
    }
    .into_any()
}
