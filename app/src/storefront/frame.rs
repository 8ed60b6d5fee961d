//! What stands around the content of every page of the shop: header, main and footer.

use http::request::Parts;
use leptos::prelude::*;

use super::text::Text;
use crate::{
    catalog::{
        address,
        ports::catalog,
        search::{SearchField, SearchWords},
        types::Category,
    },
    features,
    locale::{href, language, locale},
    shop::{ShopSettings, shop},
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
        frame(
            &categories,
            &category,
            search,
            children(),
            features::above_header(),
        )
    })
}

/// The page around `content`, with the categories at hand; `above` is shown above the header.
pub fn frame(
    categories: &[Category],
    current: &str,
    search: String,
    content: impl IntoView + 'static,
    above: Vec<AnyView>,
) -> AnyView {
    let text = Text::from(locale());
    view! {
        <a class="skip-link" href="#main">{text.skip_to_content()}</a>
        {above}
        {header(categories, current, search)}
        <main class="site-main" id="main" tabindex="-1">{content}</main>
        {footer(categories)}
    }
    .into_any()
}

fn header(categories: &[Category], current: &str, search: String) -> AnyView {
    let text = Text::from(locale());
    let search_words = SearchWords {
        field: text.search_the_shop().to_owned(),
        button: text.search().to_owned(),
        suggestions: text.suggestions().to_owned(),
        prefix: language().prefix(),
    };
    view! {
        <header class="site-header">
            <div class="container header-bar">
                {menu(categories, current)}
                {brand()}
                <form class="search" role="search" action=href("/products") method="get">
                    <SearchField text=search words=search_words/>
                </form>
                <div class="header-actions">{features::in_header()}</div>
            </div>
        </header>
    }
    .into_any()
}

fn menu(categories: &[Category], current: &str) -> impl IntoView + use<> {
    let text = Text::from(locale());
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
                <summary aria-label=text.menu()>
                    {icon_with_class(Icon::Menu, "icon icon-open")}
                    {icon_with_class(Icon::Close, "icon icon-close")}
                </summary>
            </details>
            <nav class="site-nav" aria-label=text.categories()><ul>{links}</ul></nav>
        }
    })
}

fn brand() -> impl IntoView {
    let name = shop().settings.name.clone();
    let label = Text::from(locale()).brand_home(&name);
    view! {
        <a class="brand" href=href("/") aria-label=label>
            {brand_mark()}
            <span>{name}</span>
        </a>
    }
}

fn footer(categories: &[Category]) -> AnyView {
    let text = Text::from(locale());
    let settings = shop().settings;
    let shop_name = settings.name.clone();
    let links = categories
        .iter()
        .map(|category| {
            view! { <li><a href=category_href(category)>{category.name.clone()}</a></li> }
        })
        .collect_view();
    let own = features::in_footer()
        .map(|(path, words)| view! { <li><a href=href(path)>{words}</a></li> })
        .collect_view();
    view! {
        <footer class="site-footer">
            <div class="container">
                <div class="footer-grid">
                    <div class="footer-brand">
                        {brand()}
                        <p>{text.about_the_shop()}</p>
                    </div>
                    <nav aria-labelledby="f-shop">
                        <h2 class="footer-title" id="f-shop">{text.shop()}</h2>
                        <ul class="footer-links footer-links-wide">
                            {links}
                            <li><a href=href("/products")>{text.all_products()}</a></li>
                        </ul>
                    </nav>
                    <nav aria-labelledby="f-orders">
                        <h2 class="footer-title" id="f-orders">{text.orders()}</h2>
                        <ul class="footer-links">
                            {own}
                        </ul>
                    </nav>
                </div>
                <p class="footer-note">
                    <span>"© "{shop_name}</span>
                    <span>
                        {settings
                            .includes_tax()
                            .then(|| format!("{} ", text.prices_include_tax()))}
                        {text.cookies()}
                    </span>
                </p>
                {languages(&settings)}
            </div>
        </footer>
    }
    .into_any()
}

/// This page in each language of the shop, if it has several.
fn languages(settings: &ShopSettings) -> Option<AnyView> {
    let here = with_context(|parts: &Parts| {
        let address = parts.uri.path_and_query();
        address.map(ToString::to_string)
    });
    let here = here.flatten().unwrap_or_else(|| "/".to_owned());
    let links: Vec<_> = settings
        .languages
        .iter()
        .map(|other| {
            let code = other.locale.code();
            let current = (other == language()).then_some("true");
            view! {
                <li>
                    <a href=other.href(&here) hreflang=code lang=code aria-current=current>
                        {other.locale.name()}
                    </a>
                </li>
            }
        })
        .collect();
    (links.len() > 1).then(|| {
        let name = Text::from(locale()).language();
        view! { <nav aria-label=name><ul class="footer-languages">{links}</ul></nav> }.into_any()
    })
}

pub fn category_href(category: &Category) -> String {
    href(&address::category(&category.slug))
}
