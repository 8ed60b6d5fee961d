//! The table of products, and what can be done in each of its rows.

use app::{
    catalog::{address, picture::thumb, query::encode},
    locale::locale,
    shop::shop,
    ui::form::PageField,
};
use leptos::prelude::*;

use super::{bulk_form::tick, list::Access, text::Text, types::AdminProductRow};
use crate::admin::{
    frame::{
        nothing_here,
        sort::{Way, sort_head},
    },
    product_filter::{ProductColumn, ProductFilter, ProductSort, TABLE},
};

pub(super) fn table(access: Access, rows: Vec<AdminProductRow>, filter: &ProductFilter) -> AnyView {
    let text = Text::from(locale());
    if rows.is_empty() {
        let way_on = (TABLE, text.show_all_products());
        return nothing_here(text.no_products_found(), text.no_matches(), way_on);
    }
    let rows: Vec<_> = rows
        .into_iter()
        .map(|product| row(access, product, filter))
        .collect();
    let head = heads(filter);
    let edits = access == Access::Edits;
    let tick = edits.then(|| {
        view! {
            <th scope="col" class="cell-tick">
                <span class="visually-hidden">{text.tick()}</span>
            </th>
        }
    });
    let action = edits.then(|| {
        view! { <th scope="col"><span class="visually-hidden">{text.action()}</span></th> }
    });
    view! {
        <div class="table-wrap">
            <table class="table table-stack" data-ticks data-select-all=text.select_all_here()>
                <caption class="visually-hidden">{text.products()}</caption>
                <thead>
                    <tr>
                        {tick}
                        {sorted(filter, "", text.product(), &[ProductSort::Title])}
                        {head}
                        {action}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// What a column is called.
pub(super) fn column_words(column: ProductColumn) -> &'static str {
    let text = Text::from(locale());
    match column {
        ProductColumn::Status => text.status(),
        ProductColumn::Stock => text.stock(),
        ProductColumn::Price => text.price(),
        ProductColumn::Category => text.category(),
    }
}

/// Of the columns that are shown beside the product.
fn heads(filter: &ProductFilter) -> Vec<AnyView> {
    let head = |column| {
        let (class, ways): (_, &[ProductSort]) = match column {
            ProductColumn::Status => ("", &[ProductSort::Status]),
            ProductColumn::Category => ("", &[ProductSort::Category]),
            ProductColumn::Stock => ("cell-num", &[ProductSort::StockUp, ProductSort::StockDown]),
            ProductColumn::Price => ("cell-num", &[ProductSort::PriceUp, ProductSort::PriceDown]),
        };
        sorted(filter, class, column_words(column), ways)
    };
    let shown = ProductColumn::ALL.into_iter();
    let shown = shown.filter(|column| filter.columns.show(*column));
    shown.map(head).collect()
}

/// The head of a column that sorts: one of its ways, then the next, and after the last the first of all
/// or, where there is but one, the order that goes without saying.
fn sorted(
    filter: &ProductFilter,
    class: &'static str,
    title: &'static str,
    ways: &[ProductSort],
) -> AnyView {
    let at = ways.iter().position(|way| *way == filter.sort);
    let next = match (at, ways) {
        (Some(_), [_]) => ProductSort::default(),
        (at, ways) => {
            let next = at.map_or(0, |at| (at + 1) % ways.len());
            ways.get(next).copied().unwrap_or_default()
        }
    };
    let way = at.map(|_| match filter.sort {
        ProductSort::PriceDown | ProductSort::StockDown => Way::Down,
        _ => Way::Up,
    });
    let to = ProductFilter {
        sort: next,
        ..filter.from_start()
    };
    sort_head(class, title, to.href(), way)
}

fn row(access: Access, product: AdminProductRow, filter: &ProductFilter) -> AnyView {
    let edits = access == Access::Edits;
    let tick = edits.then(|| {
        view! { <td class="cell-tick">{tick(&product.id, &product.title)}</td> }
    });
    let switch = edits.then(|| {
        view! { <td class="cell-act">{row_menu(&product, filter)}</td> }
    });
    let shown = ProductColumn::ALL.into_iter();
    let shown = shown.filter(|column| filter.columns.show(*column));
    let cells: Vec<_> = shown.map(|column| cell(column, &product)).collect();
    view! {
        <tr>
            {tick}
            <td class="cell-first">{product_cell(access, &product)}</td>
            {cells}
            {switch}
        </tr>
    }
    .into_any()
}

fn cell(column: ProductColumn, product: &AdminProductRow) -> AnyView {
    let title = column_words(column);
    match column {
        ProductColumn::Status => {
            view! { <td data-label=title>{active_badge(product.active)}</td> }.into_any()
        }
        ProductColumn::Stock => {
            view! { <td class="cell-num" data-label=title>{stock(product.stock)}</td> }.into_any()
        }
        ProductColumn::Price => {
            view! { <td class="cell-num" data-label=title>{prices(product)}</td> }.into_any()
        }
        ProductColumn::Category => {
            let category = product.category.clone();
            let category = category.unwrap_or_else(|| "–".to_owned());
            view! { <td data-label=title>{category}</td> }.into_any()
        }
    }
}

fn prices(product: &AdminProductRow) -> String {
    let settings = shop().settings;
    let money = |minor| locale().money(minor, &settings.currency);
    match (product.price_min_minor, product.price_max_minor) {
        (min, max) if min < max => format!("{} – {}", money(min), money(max)),
        (min, _) => money(min),
    }
}

/// What can be done with one product, folded away until it is asked for.
fn row_menu(product: &AdminProductRow, filter: &ProductFilter) -> impl IntoView + use<> {
    let text = Text::from(locale());
    let view = product.active.then(|| {
        let href = address::product(&product.slug);
        view! { <a class="row-menu-item" href=href>{text.view_in_shop()}</a> }
    });
    let stock = encode(&[("q".to_owned(), product.title.clone())]);
    view! {
        <details class="row-menu" name="row-menu" data-menu>
            <summary class="row-menu-open" aria-label=text.actions_for(&product.title)>"⋯"</summary>
            <div class="row-menu-items">
                <a class="row-menu-item" href=format!("{TABLE}/{}", product.id)>{text.edit_row()}</a>
                {view}
                <a class="row-menu-item" href=format!("/admin/stock?{stock}")>{text.stock()}</a>
                {switch(&product.id, &product.title, product.active, filter)}
            </div>
        </details>
    }
}

fn product_cell(access: Access, product: &AdminProductRow) -> impl IntoView + use<> {
    let image = thumb(&product.picture);
    // Who does not edit goes to what shoppers see, if they see anything.
    let href = match (access, product.active) {
        (Access::Edits, _) => Some(format!("{TABLE}/{}", product.id)),
        (Access::Looks, true) => Some(address::product(&product.slug)),
        (Access::Looks, false) => None,
    };
    let title = match href {
        Some(href) => view! { <a href=href>{product.title.clone()}</a> }.into_any(),
        None => product.title.clone().into_any(),
    };
    let variants = Text::from(locale()).variant_count(product.variants);
    let sub = match product.vendor.as_str() {
        "" => variants,
        vendor => format!("{variants} · {vendor}"),
    };
    view! {
        <div class="cell-main">
            <span class="pic pic-xs">{image}</span>
            <span>
                {title}
                <span class="cell-sub">{sub}</span>
            </span>
        </div>
    }
}

pub fn active_badge(active: bool) -> impl IntoView {
    let text = Text::from(locale());
    let (class, words) = match active {
        true => ("badge badge-good", text.active()),
        false => ("badge badge-outline", text.inactive()),
    };
    view! { <span class=class>{words}</span> }
}

/// Units, marked where they are low by the shop's settings, or gone.
pub fn stock(units: i64) -> AnyView {
    let class = match units {
        ..=0 => "cell-out",
        units if units <= shop().settings.low_stock => "cell-low",
        _ => return units.to_string().into_any(),
    };
    view! { <span class=class>{units.to_string()}</span> }.into_any()
}

/// One click to take a product on or off sale, and back to the table, which says what that means.
pub(super) fn switch(
    id: &str,
    title: &str,
    active: bool,
    filter: &ProductFilter,
) -> impl IntoView + use<> {
    let text = Text::from(locale());
    let (to, words) = match active {
        true => ("0", text.deactivate()),
        false => ("1", text.activate()),
    };
    let here = filter.href();
    let joint = if here.contains('?') { '&' } else { '?' };
    let next = format!("{here}{joint}switched={id}");
    view! {
        <form action="/api/admin/products/update" method="post">
            <PageField/>
            <input type="hidden" name="id" value=id.to_owned()/>
            <input type="hidden" name="next" value=next/>
            <button class="btn-text" type="submit" name="active" value=to>
                {words}
                <span class="visually-hidden">{text.switch_what(title)}</span>
            </button>
        </form>
    }
}
