//! The way from the front page to the page at hand.

use leptos::prelude::*;

use crate::{
    catalog::types::Category,
    storefront::frame::category_href,
    ui::breadcrumbs::{self, crumb},
};

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
            name: "Home".to_owned(),
            href: "/".to_owned(),
        }
    }

    pub fn everything() -> Self {
        Self {
            name: "All products".to_owned(),
            href: "/products".to_owned(),
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
