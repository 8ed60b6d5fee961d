//! The forms and links that narrow a list down. Each of them carries the whole state of the list,
//! so they work without script and lose nothing.

use app::{
    catalog::{
        text::Text,
        types::{Facet, Facets, ProductList},
    },
    locale::locale,
    ui::{
        field::error_line,
        icon::{Icon, icon},
    },
};
use leptos::prelude::*;

use super::{
    lists::Lists,
    option_groups::{add_chosen, fold, offered, option_group},
};

/// The column of filters; `active` is how many are on. On small screens they unfold, or a script shows
/// them in the drawer.
pub fn sidebar(lists: &Lists, list: &ProductList, active: usize) -> AnyView {
    let text = Text::from(locale());
    let facets = &list.facets;
    let is_bare = active == 0;
    let options = offered(list, &lists.query)
        .into_iter()
        .map(|option| option_group(lists, option))
        .collect_view();
    let own_fields = |name: &str| matches!(name, "q" | "category" | "sort");
    view! {
        <aside class="listing-side" aria-label=text.filters()>
            {drawer()}
            <details class="reveal filters-toggle">
                <summary>
                    {icon(Icon::Filter)}
                    {text.filters()}
                    <span class="badge badge-accent" hidden=is_bare>{active}</span>
                    {icon(Icon::Chevron)}
                </summary>
            </details>
            <div class="filters">
                {category_links(lists, &facets.categories)}
                <form action=lists.action() method="get" autocomplete="off">
                    {lists.hidden(own_fields)}
                    {price_group(lists, facets)}
                    {stock_group(lists)}
                    {options}
                    {tag_group(lists, list)}
                    {actions(lists, list.total, active)}
                </form>
            </div>
        </aside>
    }
    .into_any()
}

/// Where a script puts the filters on a small screen, for as long as it is open. It comes before what
/// unfolds, which has to be next to its summary.
fn drawer() -> AnyView {
    let text = Text::from(locale());
    view! {
        <dialog class="filters-drawer" aria-labelledby="filters-title">
            <div class="drawer-head">
                <h2 id="filters-title">{text.filters()}</h2>
                <button class="drawer-close" type="button" aria-label=text.close_filters() data-close>
                    {icon(Icon::Close)}
                </button>
            </div>
            <p class="visually-hidden" role="status"></p>
        </dialog>
    }
    .into_any()
}

/// Without script a button applies what is chosen; in the drawer one leads back to the list.
fn actions(lists: &Lists, total: i64, active: usize) -> AnyView {
    let text = Text::from(locale());
    let clear = (active > 0).then(|| {
        view! { <a class="btn-text" href=lists.cleared_href()>{text.clear_all()}</a> }
    });
    let class = match active {
        0 => "filter-actions filter-actions-none",
        _ => "filter-actions",
    };
    view! {
        <div class=class>
            <button class="btn btn-primary plain-only" type="submit">{text.apply()}</button>
            <button class="btn btn-primary show-results" type="button" data-close>
                {text.show_results(total)}
            </button>
            {clear}
        </div>
    }
    .into_any()
}

fn category_links(lists: &Lists, categories: &[Facet]) -> AnyView {
    let text = Text::from(locale());
    let current = |here: bool| here.then_some("page");
    let everything = lists.href_with(|query| query.category = None);
    let links = categories
        .iter()
        .map(|category| {
            let here = lists.query.category.as_ref() == Some(&category.value);
            let href = lists.href_with(|query| query.category = Some(category.value.clone()));
            view! {
                <li>
                    <a href=href aria-current=current(here)>
                        {category.label.clone()}
                        " "
                        <span class="check-count">{category.count}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="filter-group" aria-labelledby="f-cat">
            <h2 class="filter-title" id="f-cat">{text.category()}</h2>
            <ul class="filter-links">
                <li>
                    <a href=everything aria-current=current(lists.query.category.is_none())>
                        {text.all_products()}
                    </a>
                </li>
                {links}
            </ul>
        </nav>
    }
    .into_any()
}

fn price_group(lists: &Lists, facets: &Facets) -> AnyView {
    let text = Text::from(locale());
    let around = |minor| locale().money(minor, &lists.currency);
    let wrong = |name| error_line(name, lists.unread(name).map(|unread| unread.words.clone()));
    view! {
        <fieldset class="filter-group">
            <legend class="filter-title">{text.price()}</legend>
            <div class="filter-range">
                {price_field(lists, "min", text.lowest_price(&lists.currency), around(facets.price_min_minor))}
                <span aria-hidden="true">"–"</span>
                {price_field(lists, "max", text.highest_price(&lists.currency), around(facets.price_max_minor))}
            </div>
            {wrong("min")}
            {wrong("max")}
        </fieldset>
    }
    .into_any()
}

fn price_field(lists: &Lists, name: &'static str, label: String, example: String) -> AnyView {
    let is_wrong = lists.unread(name).is_some();
    // A browser's number field would read a point or comma by a rule of its own.
    view! {
        <label class="visually-hidden" for=name>{label}</label>
        <input
            class="input"
            id=name
            name=name
            inputmode="decimal"
            autocomplete="off"
            maxlength="30"
            placeholder=example
            value=lists.value(name)
            aria-invalid=is_wrong.then_some("true")
            aria-describedby=is_wrong.then(|| format!("{name}-error"))
        />
    }
    .into_any()
}

fn stock_group(lists: &Lists) -> AnyView {
    let text = Text::from(locale());
    view! {
        <fieldset class="filter-group">
            <legend class="filter-title">{text.availability()}</legend>
            <div>
                <label class="check">
                    <input type="checkbox" name="in_stock" value="1" checked=lists.query.in_stock/>
                    <span>{text.in_stock_only()}</span>
                </label>
            </div>
        </fieldset>
    }
    .into_any()
}

/// Tags that divide the list, but not all there are of everything.
fn tag_group(lists: &Lists, list: &ProductList) -> Option<AnyView> {
    let chosen = &lists.query.tags;
    let is_of_everything = lists.query.is_of_everything();
    let mut facets = list.facets.tags.clone();
    facets.retain(|facet| {
        let divides = !is_of_everything && facet.count < list.total;
        divides || chosen.contains(&facet.value)
    });
    add_chosen(&mut facets, chosen);
    if facets.is_empty() {
        return None;
    }
    let boxes = facets
        .into_iter()
        .map(|facet| {
            let checked = chosen.contains(&facet.value);
            view! {
                <label class="check">
                    <input type="checkbox" name="tag" value=facet.value checked=checked/>
                    <span>{facet.label}</span>
                    <span class="check-count">{facet.count}</span>
                </label>
            }
        })
        .collect_view();
    let label = Text::from(locale()).tags().to_owned();
    Some(fold("tag", label, chosen.len(), boxes.into_any()))
}
