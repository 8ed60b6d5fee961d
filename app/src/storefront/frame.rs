//! What stands around the content of every page of the shop: header, main and footer.

use leptos::prelude::*;

use crate::{
    catalog::{address, ports::catalog, search::SearchField, types::Category},
    features,
    shop::shop,
    ui::{
        icon::{Icon, brand_mark, icon_with_class},
        wait::wait,
    },
};

/// The page around `children`, which bring their own `div.container`.
#[component]
pub fn Frame(
    /// Slug of the category the page belongs to.
    #[prop(optional, into)]
    category: String,
    /// What the search field holds.
    #[prop(optional, into)]
    search: String,
    children: Children,
) -> impl IntoView {
    let catalog = catalog();
    wait(async move {
        // A page without its menu is better than none; whoever loads the menu logs why it failed.
        let categories = catalog.categories().await.unwrap_or_default();
        frame(&categories, &category, search, children())
    })
}

/// The page around `content`, with the categories at hand.
pub fn frame(
    categories: &[Category],
    current: &str,
    search: String,
    content: impl IntoView + 'static,
) -> AnyView {
    view! {
        <a class="skip-link" href="#main">"Skip to content"</a>
        {header(categories, current, search)}
        <main class="site-main" id="main" tabindex="-1">{content}</main>
        {footer(categories)}
    }
    .into_any()
}

fn header(categories: &[Category], current: &str, search: String) -> AnyView {
    view! {
        <header class="site-header">
            <div class="container header-bar">
                {menu(categories, current)}
                {brand()}
                <form class="search" role="search" action="/products" method="get">
                    <SearchField text=search/>
                </form>
                <div class="header-actions">{features::in_header()}</div>
            </div>
        </header>
    }
    .into_any()
}

fn menu(categories: &[Category], current: &str) -> impl IntoView + use<> {
    let links = categories
        .iter()
        .map(|category| {
            let here = (category.slug == current).then_some("page");
            view! {
                <li>
                    <a href=category_href(category) aria-current=here>{category.name.clone()}</a>
                </li>
            }
        })
        .collect_view();
    (!categories.is_empty()).then(|| {
        view! {
            <details class="reveal nav-toggle">
                <summary aria-label="Menu">
                    {icon_with_class(Icon::Menu, "icon icon-open")}
                    {icon_with_class(Icon::Close, "icon icon-close")}
                </summary>
            </details>
            <nav class="site-nav" aria-label="Categories"><ul>{links}</ul></nav>
        }
    })
}

fn brand() -> impl IntoView {
    let name = shop().settings.name.clone();
    let label = format!("{name}, home");
    view! {
        <a class="brand" href="/" aria-label=label>
            {brand_mark()}
            <span>{name}</span>
        </a>
    }
}

fn footer(categories: &[Category]) -> AnyView {
    let settings = shop().settings;
    let shop_name = settings.name.clone();
    let links = categories
        .iter()
        .map(|category| {
            view! { <li><a href=category_href(category)>{category.name.clone()}</a></li> }
        })
        .collect_view();
    let own = features::in_footer()
        .map(|(href, words)| view! { <li><a href=href>{words}</a></li> })
        .collect_view();
    view! {
        <footer class="site-footer">
            <div class="container">
                <div class="footer-grid">
                    <div class="footer-brand">
                        {brand()}
                        <p>
                            "A holdfast is the root by which kelp keeps its grip on the rock. \
                             We sell things with the same habit."
                        </p>
                    </div>
                    <nav aria-labelledby="f-shop">
                        <h2 class="footer-title" id="f-shop">"Shop"</h2>
                        <ul class="footer-links footer-links-wide">
                            {links}
                            <li><a href="/products">"Everything"</a></li>
                        </ul>
                    </nav>
                    <nav aria-labelledby="f-orders">
                        <h2 class="footer-title" id="f-orders">"Orders"</h2>
                        <ul class="footer-links">
                            {own}
                        </ul>
                    </nav>
                </div>
                <p class="footer-note">
                    <span>"© "{shop_name}</span>
                    <span>
                        {settings.includes_tax().then_some("All prices include tax. ")}
                        "No cookies but those that keep what is yours."
                    </span>
                </p>
            </div>
        </footer>
    }
    .into_any()
}

pub fn category_href(category: &Category) -> String {
    address::category(&category.slug)
}
