//! The head of pages that are nobody's but the visitor's own.

use leptos::prelude::*;
use leptos_meta::{Meta, Title};

use crate::shell::page_title;

/// Title of a page that search engines are to leave alone: cart, checkout, orders, admin.
pub fn private_head(title: &str) -> impl IntoView + use<> {
    view! {
        <Title text=page_title(title)/>
        <Meta name="robots" content="noindex"/>
    }
}
