//! The way from the front page to the page at hand.

use app::{
    catalog::{text::Text, types::Category},
    locale::{href, locale},
    ui::breadcrumbs::{self, crumb},
};
use leptos::prelude::*;

use crate::frame::category_href;

/// A page above the one at hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crumb {
    pub name: String,
    /// From the root of the shop.
    pub href: String,
}

impl Crumb {
    pub fn home() -> Self {
        Self {
            name: Text::from(locale()).home().to_owned(),
            href: href("/"),
        }
    }

    pub fn everything() -> Self {
        Self {
            name: Text::from(locale()).all_products().to_owned(),
            href: href("/products"),
        }
    }

    pub fn of(category: &Category) -> Self {
        Self {
            name: category.name.clone(),
            href: category_href(category),
        }
    }
}

/// `above` leads to the page called `here`.
pub fn breadcrumbs(above: Vec<Crumb>, here: &str) -> AnyView {
    let links = above
        .into_iter()
        .map(|page| crumb(&page.href, &page.name))
        .collect_view();
    breadcrumbs::breadcrumbs(links, here)
}
