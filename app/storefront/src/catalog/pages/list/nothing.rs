//! A list without products.

use app::{
    catalog::text::Text,
    locale::{href, locale},
    ui::empty::empty_art,
};
use leptos::prelude::*;

use super::Found;
use crate::{
    catalog::pages::{
        card::{Heading, product_grid},
        chips::{Chip, chips},
    },
    frame::error_page::category_links,
};

pub(super) fn past_the_end(found: &Found) -> AnyView {
    let last = found.list.pages;
    let text = Text::from(locale());
    view! {
        <div class="empty empty-small">
            <h2>{text.no_more_products()}</h2>
            <p>{text.last_page_is(&last.to_string())}</p>
            <p class="row">
                <a class="btn btn-primary" href=found.lists.page_href(last)>{text.to_the_last_page()}</a>
            </p>
        </div>
    }
    .into_any()
}

pub(super) fn nothing_found(found: &Found, active: Vec<Chip>) -> AnyView {
    let text = Text::from(locale());
    if let (Some(placed), None, true) = (&found.category, &found.lists.query.q, active.is_empty()) {
        return nothing_yet(found, &placed.category.name);
    }
    let title = match &found.lists.query.q {
        Some(q) => text.no_results_for(q),
        None => text.nothing_found().to_owned(),
    };
    let advice = match &found.lists.query.q {
        Some(_) => text.advice_search(),
        None => text.advice_empty(),
    };
    let clear = (!active.is_empty()).then(|| {
        view! {
            <p class="row">
                <a class="btn btn-primary" href=href("/products")>{text.clear_search()}</a>
            </p>
        }
    });
    view! {
        <div class="empty">
            {empty_art("/art/torch.webp")}
            <h1>{title}</h1>
            <p>{advice}</p>
            {chips(&found.lists, active)}
            {clear}
            {category_links(&found.tree.menu())}
        </div>
        {popular(found)}
    }
    .into_any()
}

/// In place of the products, where the filters leave none.
pub(super) fn nothing_fits(found: &Found) -> AnyView {
    let text = Text::from(locale());
    let advice = match &found.lists.query.q {
        Some(_) => text.advice_search(),
        None => text.advice_filters(),
    };
    view! {
        <div class="empty empty-small">
            <h2>{text.nothing_found()}</h2>
            <p>{advice}</p>
            <p class="row">
                <a class="btn btn-primary" href=found.lists.cleared_href()>{text.clear_search()}</a>
            </p>
        </div>
        {popular(found)}
    }
    .into_any()
}

/// A category that has nothing for sale.
fn nothing_yet(found: &Found, name: &str) -> AnyView {
    let text = Text::from(locale());
    view! {
        <div class="page-head"><h1>{name.to_owned()}</h1></div>
        {found.intro()}
        <div class="empty empty-small">
            <p>{text.advice_empty()}</p>
            {category_links(&found.tree.menu())}
        </div>
        {popular(found)}
    }
    .into_any()
}

fn popular(found: &Found) -> Option<AnyView> {
    (!found.popular.is_empty()).then(|| {
        let title = Text::from(locale()).popular_right_now();
        view! {
            <section class="section" aria-labelledby="pop">
                <div class="section-head"><h2 id="pop">{title}</h2></div>
                {product_grid(&found.popular, Heading::Third, &found.list.currency)}
            </section>
        }
        .into_any()
    })
}
