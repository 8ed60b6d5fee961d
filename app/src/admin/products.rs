//! `/admin/products`: all products, with one click to take one on or off sale.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    layout::{Section, Tab, admin_page, nothing_here, refusal_banner, search_form, tabs},
    types::{AdminProductRow, Paged},
};
use crate::{
    catalog::{query::encode, types::Availability},
    money::format_money,
    ports::{ProductFilter, admin, shop},
    ui::{
        error_page::ErrorPage,
        icon::{Icon, icon},
        load::load,
        pagination::Pagination,
    },
};

const HERE: &str = "/admin/products";

#[component]
pub fn AdminProductsPage() -> impl IntoView {
    let account = match admin() {
        Ok(account) => account,
        Err(error) => return view! { <ErrorPage error/> }.into_any(),
    };
    let filter = asked();
    let port = shop().admin;
    let shown = filter.clone();
    load(
        async move { port.products(&filter).await },
        move |products| {
            let content = page(&shown, products);
            admin_page(&account, Section::Products, "Products", content)
        },
    )
    .into_any()
}

fn asked() -> ProductFilter {
    let query = use_query_map().get_untracked();
    let text = query.get_str("q").map(|text| text.trim().to_owned());
    ProductFilter {
        text: text.filter(|text| !text.is_empty()),
        active: query.get_str("active").and_then(|text| text.parse().ok()),
        page: query
            .get_str("page")
            .and_then(|text| text.parse().ok())
            .unwrap_or(1)
            .max(1),
    }
}

/// The address of a list.
fn href(text: Option<&str>, active: Option<bool>, page: i64) -> String {
    let mut pairs = Vec::new();
    if let Some(text) = text {
        pairs.push(("q".to_owned(), text.to_owned()));
    }
    if let Some(active) = active {
        pairs.push(("active".to_owned(), active.to_string()));
    }
    if page > 1 {
        pairs.push(("page".to_owned(), page.to_string()));
    }
    match pairs.is_empty() {
        true => HERE.to_owned(),
        false => format!("{HERE}?{}", encode(&pairs)),
    }
}

fn page(filter: &ProductFilter, products: Paged<AdminProductRow>) -> AnyView {
    let text = filter.text.clone();
    let active = filter.active;
    let here = href(text.as_deref(), active, products.page);
    let (page, pages) = (products.page, products.pages);
    view! {
        <div class="admin-head">
            <h1 class="admin-title">"Products"</h1>
            <a class="btn btn-primary" href="/admin/products/new">
                {icon(Icon::Plus)}
                "New product"
            </a>
        </div>
        {refusal_banner()}
        {bar(filter, products.total)}
        {table(products.rows, &here)}
        <Pagination page pages href=move |page| href(text.as_deref(), active, page)/>
    }
    .into_any()
}

fn bar(filter: &ProductFilter, total: i64) -> impl IntoView + use<> {
    let text = filter.text.as_deref();
    let tab = |title, active| Tab {
        href: href(text, active, 1),
        title,
        current: (filter.active == active).then_some(total),
    };
    let ways = vec![
        tab("All", None),
        tab("Active", Some(true)),
        tab("Inactive", Some(false)),
    ];
    let kept = filter.active.map(|active| ("active", active.to_string()));
    view! {
        <div class="admin-bar">
            {tabs("Status", ways)}
            {search_form(
                HERE,
                "Search products",
                filter.text.clone().unwrap_or_default(),
                kept.into_iter().collect(),
            )}
        </div>
    }
}

fn table(rows: Vec<AdminProductRow>, here: &str) -> AnyView {
    if rows.is_empty() {
        let words = "Nothing matches. New products are made here or come in with an import.";
        return nothing_here("No products here", words, (HERE, "Show all products"));
    }
    let rows: Vec<_> = rows.into_iter().map(|product| row(product, here)).collect();
    view! {
        <div class="table-wrap">
            <table class="table table-stack">
                <caption class="visually-hidden">"Products"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Product"</th>
                        <th scope="col">"Status"</th>
                        <th scope="col" class="cell-num">"Stock"</th>
                        <th scope="col" class="cell-num">"Price"</th>
                        <th scope="col">"Category"</th>
                        <th scope="col"><span class="visually-hidden">"Action"</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(product: AdminProductRow, here: &str) -> AnyView {
    let switch = switch(&product, here);
    let currency = &shop().settings.currency;
    let prices = match (product.price_min_minor, product.price_max_minor) {
        (min, max) if min < max => {
            format!(
                "{} – {}",
                format_money(min, currency),
                format_money(max, currency)
            )
        }
        (min, _) => format_money(min, currency),
    };
    view! {
        <tr>
            <td class="cell-first">{product_cell(&product)}</td>
            <td data-label="Status">{active_badge(product.active)}</td>
            <td class="cell-num" data-label="Stock">{stock(product.stock)}</td>
            <td class="cell-num" data-label="Price">{prices}</td>
            <td data-label="Category">{product.category.unwrap_or_else(|| "–".to_owned())}</td>
            <td class="cell-act">{switch}</td>
        </tr>
    }
    .into_any()
}

fn product_cell(product: &AdminProductRow) -> impl IntoView + use<> {
    let image = product.picture_src.clone().map(|src| {
        view! { <img src=src width="256" height="256" alt="" loading="lazy"/> }
    });
    let variants = match product.variants {
        1 => "1 variant".to_owned(),
        many => format!("{many} variants"),
    };
    view! {
        <div class="cell-main">
            <span class="pic pic-xs">{image}</span>
            <span>
                <a href=format!("{HERE}/{}", product.id)>{product.title.clone()}</a>
                <span class="cell-sub">{variants}</span>
            </span>
        </div>
    }
}

pub fn active_badge(active: bool) -> impl IntoView {
    let (class, words) = match active {
        true => ("badge badge-good", "Active"),
        false => ("badge badge-outline", "Inactive"),
    };
    view! { <span class=class>{words}</span> }
}

fn stock(units: i64) -> AnyView {
    let class = match Availability::of(units) {
        Availability::InStock => return units.to_string().into_any(),
        Availability::FewLeft => "cell-low",
        Availability::SoldOut => "cell-out",
    };
    view! { <span class=class>{units.to_string()}</span> }.into_any()
}

fn switch(product: &AdminProductRow, here: &str) -> impl IntoView + use<> {
    let (to, words) = match product.active {
        true => ("0", "Deactivate"),
        false => ("1", "Activate"),
    };
    view! {
        <form action="/api/admin/products/update" method="post">
            <input type="hidden" name="id" value=product.id.clone()/>
            <input type="hidden" name="next" value=here.to_owned()/>
            <button class="btn btn-small" type="submit" name="active" value=to>
                {words}
                <span class="visually-hidden">{format!(" {}", product.title)}</span>
            </button>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::href;

    #[test]
    fn addresses_say_what_the_list_shows() {
        assert_eq!(href(None, None, 1), "/admin/products");
        assert_eq!(
            href(Some("ä b"), Some(false), 2),
            "/admin/products?q=%C3%A4+b&active=false&page=2"
        );
    }
}
