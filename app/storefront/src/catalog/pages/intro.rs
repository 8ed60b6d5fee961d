//! What a category says above its products: its text, its picture, and the categories below it.

use app::{
    catalog::{categories::CategoryText, picture::srcset, text::Text, types::Category},
    locale::locale,
    shop::shop,
};
use leptos::prelude::*;
use leptos_meta::Meta;

use crate::frame::error_page::category_pills;

/// Characters that search engines show of a description.
const DESCRIPTION: usize = 160;

/// A list's words for search engines.
pub fn description(words: String) -> AnyView {
    view! { <Meta name="description" content=words/> }.into_any()
}

/// What is said of a list that has no words of its own.
pub fn counted(title: &str, products: i64) -> String {
    let text = Text::from(locale());
    text.list_in_short(&text.product_count(products), &shop().settings.name, title)
}

/// The beginning of its words.
pub fn in_short(text: &CategoryText) -> Option<String> {
    let words: String = text.description_text.chars().take(DESCRIPTION).collect();
    (!words.is_empty()).then_some(words)
}

pub fn intro(text: &CategoryText, below: &[&Category]) -> Option<AnyView> {
    if text.picture_src.is_none() && text.description_html.is_empty() && below.is_empty() {
        return None;
    }
    let picture = text.picture_src.as_ref().map(|src| {
        view! {
            <img
                class="category-picture"
                src=src.clone()
                srcset=srcset(src)
                sizes="(width < 80rem) 100vw, 80rem"
                width="1600"
                height="480"
                alt=""
                fetchpriority="high"
            />
        }
    });
    let words = (!text.description_html.is_empty()).then(|| {
        view! { <div class="prose" inner_html=text.description_html.clone()></div> }
    });
    let links = (!below.is_empty()).then(|| {
        let name = Text::from(locale()).subcategories();
        view! { <nav aria-label=name>{category_pills(below.iter().copied())}</nav> }
    });
    Some(view! { <div class="category-intro">{picture} {words} {links}</div> }.into_any())
}
