//! The forms and links that narrow a list down. Each of them carries the whole state of the list,
//! so they work without script and lose nothing.

use leptos::prelude::*;

use super::{chips::capitalised, lists::Lists};
use crate::{
    catalog::{
        query::{ListQuery, Sort},
        text::Text,
        types::{Facet, Facets, OptionFacet},
    },
    locale::locale,
    ui::{
        field::error_line,
        icon::{Icon, icon},
    },
};

/// The column of filters; `active` is how many are on.
pub fn sidebar(lists: &Lists, facets: &Facets, active: usize) -> AnyView {
    let text = Text::from(locale());
    let badge = (active > 0).then(|| view! { <span class="badge badge-accent">{active}</span> });
    let options = facets_with_chosen(&facets.options, &lists.query)
        .into_iter()
        .map(|option| option_group(lists, option))
        .collect_view();
    let clear = (active > 0).then(|| {
        view! { <a class="btn-text" href=lists.cleared_href()>{text.clear_all()}</a> }
    });
    let own_fields = |name: &str| matches!(name, "q" | "category" | "sort");
    view! {
        <aside class="listing-side" aria-label=text.filters()>
            <details class="reveal filters-toggle">
                <summary>{icon(Icon::Filter)}{text.filters()}{badge}{icon(Icon::Chevron)}</summary>
            </details>
            <div class="filters">
                {category_links(lists, &facets.categories)}
                <form action=lists.action() method="get">
                    {lists.hidden(own_fields)}
                    {price_group(lists, facets)}
                    {stock_group(lists)}
                    {options}
                    {tag_group(lists, &facets.tags)}
                    <div class="filter-actions">
                        <button class="btn btn-primary" type="submit">{text.apply()}</button>
                        {clear}
                    </div>
                </form>
            </div>
        </aside>
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

/// The options with every chosen value among them, also where nothing is left under it: what is
/// not in the form would be lost when it is sent.
fn facets_with_chosen(facets: &[OptionFacet], query: &ListQuery) -> Vec<OptionFacet> {
    let mut options = facets.to_vec();
    for (name, chosen) in &query.options {
        let at = options
            .iter()
            .position(|option| option.name == *name)
            .unwrap_or_else(|| {
                options.push(OptionFacet {
                    name: name.clone(),
                    label: capitalised(name),
                    values: Vec::new(),
                });
                options.len() - 1
            });
        add_chosen(&mut options[at].values, chosen);
    }
    options
}

fn add_chosen<'a>(facets: &mut Vec<Facet>, chosen: impl IntoIterator<Item = &'a String>) {
    for value in chosen {
        if !facets.iter().any(|facet| facet.value == *value) {
            facets.push(Facet {
                value: value.clone(),
                label: value.clone(),
                count: 0,
            });
        }
    }
}

fn option_group(lists: &Lists, option: OptionFacet) -> AnyView {
    let name = format!("opt.{}", option.name);
    let chosen = lists.query.options.get(&option.name);
    let pills = option
        .values
        .into_iter()
        .map(|facet| {
            let checked = chosen.is_some_and(|values| values.contains(&facet.value));
            view! {
                <label class="pill">
                    <input type="checkbox" name=name.clone() value=facet.value checked=checked/>
                    <span>{facet.label}</span>
                    " "
                    <span class="pill-count">{facet.count}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="filter-group">
            <legend class="filter-title">{option.label}</legend>
            <div class="pills">{pills}</div>
        </fieldset>
    }
    .into_any()
}

fn tag_group(lists: &Lists, facets: &[Facet]) -> Option<AnyView> {
    let mut facets = facets.to_vec();
    add_chosen(&mut facets, &lists.query.tags);
    if facets.is_empty() {
        return None;
    }
    let boxes = facets
        .into_iter()
        .map(|facet| {
            let checked = lists.query.tags.contains(&facet.value);
            view! {
                <label class="check">
                    <input type="checkbox" name="tag" value=facet.value checked=checked/>
                    <span>{facet.label}</span>
                    <span class="check-count">{facet.count}</span>
                </label>
            }
        })
        .collect_view();
    let group = view! {
        <fieldset class="filter-group">
            <legend class="filter-title">{Text::from(locale()).tags()}</legend>
            <div>{boxes}</div>
        </fieldset>
    };
    Some(group.into_any())
}

pub fn sort_form(lists: &Lists) -> AnyView {
    let text = Text::from(locale());
    let options = Sort::ALL
        .into_iter()
        .map(|sort| {
            let selected = sort == lists.query.sort;
            view! { <option value=sort.as_str() selected=selected>{label(sort)}</option> }
        })
        .collect_view();
    view! {
        <form class="sort-form" action=lists.action() method="get">
            {lists.hidden(|name| name != "sort")}
            <label for="sort">{text.sort_by()}</label>
            <select class="select" id="sort" name="sort">{options}</select>
            <button class="btn btn-small" type="submit">{text.sort()}</button>
        </form>
    }
    .into_any()
}

fn label(sort: Sort) -> &'static str {
    let text = Text::from(locale());
    match sort {
        Sort::Relevance => text.sort_relevance(),
        Sort::Newest => text.sort_newest(),
        Sort::PriceUp => text.sort_price_up(),
        Sort::PriceDown => text.sort_price_down(),
        Sort::Name => text.sort_name(),
        Sort::BestSelling => text.sort_best_selling(),
    }
}
