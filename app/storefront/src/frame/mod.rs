//! What is around the content of every page of the shop: header, main and footer.

use app::{
    audience::shown_until,
    catalog::{
        address,
        ports::catalog,
        search::{SearchField, SearchWords},
        types::Category,
    },
    features,
    locale::{href, language, locale},
    menus::{ports::menus, types::Menus},
    sentences::Sentence,
    shop::{Opening, PaymentMode, ShopSettings, shop},
    ui::{
        brand,
        icon::{Icon, icon_with_class},
        wait::wait,
    },
};
use http::request::Parts;
use leptos::prelude::*;

use crate::{frame::text::Text, menus::view};

pub mod bare;
pub mod error_page;
pub mod feature;
mod text {
    include!(concat!(env!("OUT_DIR"), "/frame_text.rs"));
}

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
    let (catalog, menus) = (catalog(), menus());
    wait(async move {
        // A page without its menu is better than none; why it failed is logged where it is loaded.
        let categories = catalog.categories().await.unwrap_or_default();
        let menus = menus.shown().await.unwrap_or_default();
        frame(
            &categories,
            &menus,
            &category,
            search,
            children(),
            features::above_header(),
        )
    })
}

/// The page around `content`, with the categories and menus at hand; `above` is shown above the header.
pub fn frame(
    categories: &[Category],
    menus: &Menus,
    current: &str,
    search: String,
    content: impl IntoView + 'static,
    above: Vec<AnyView>,
) -> AnyView {
    shown_until(menus.ends);
    let text = Text::from(locale());
    view! {
        <a class="skip-link" href="#main">{text.skip_to_content()}</a>
        {notice()}
        {above}
        {header(categories, menus, current, search)}
        <main class="site-main" id="main" tabindex="-1">{content}</main>
        {footer(categories, menus)}
    }
    .into_any()
}

/// What everybody has to know of a shop that delivers nothing, or nothing yet.
fn notice() -> Option<AnyView> {
    let text = Text::from(locale());
    let settings = shop().settings;
    let words = match (settings.opening, settings.payment_mode) {
        (Opening::Preparing, _) => text.not_open_yet(),
        (Opening::Demo, _) | (Opening::Open, PaymentMode::Demo) => text.demonstration(),
        (Opening::Open, PaymentMode::Real | PaymentMode::Test) => return None,
    };
    let notice = view! {
        <aside class="site-notice" aria-label=text.notice()>
            <p>{words}</p>
        </aside>
    };
    Some(notice.into_any())
}

fn header(categories: &[Category], menus: &Menus, current: &str, search: String) -> AnyView {
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
                {menu(categories, menus, current)}
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

/// The owner's menu, or the categories as long as there is none.
fn menu(categories: &[Category], menus: &Menus, current: &str) -> impl IntoView + use<> {
    let text = Text::from(locale());
    if let Some(links) = &menus.header {
        let current = (!current.is_empty()).then(|| address::category(current));
        return (!links.is_empty())
            .then(|| nav(text.menu(), view::header(links, current.as_deref())));
    }
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
    (!categories.is_empty()).then(|| nav(text.categories(), links.into_any()))
}

fn nav(name: &'static str, links: AnyView) -> AnyView {
    let text = Text::from(locale());
    view! {
        <details class="reveal nav-toggle">
            <summary aria-label=text.menu()>
                {icon_with_class(Icon::Menu, "icon icon-open")}
                {icon_with_class(Icon::Close, "icon icon-close")}
            </summary>
        </details>
        <nav class="site-nav" aria-label=name><ul>{links}</ul></nav>
    }
    .into_any()
}

fn brand() -> impl IntoView {
    let name = shop().settings.name.clone();
    let label = Text::from(locale()).brand_home(&name);
    view! {
        <a class="brand" href=href("/") aria-label=label>
            {brand::brand()}
        </a>
    }
}

fn footer(categories: &[Category], menus: &Menus) -> AnyView {
    let text = Text::from(locale());
    let settings = shop().settings;
    let shop_name = settings.name.clone();
    let about = settings
        .sentence(Sentence::About, locale())
        .map(|words| view! { <p>{words.to_owned()}</p> });
    let links = categories
        .iter()
        .map(|category| {
            view! { <li><a href=category_href(category)>{category.name.clone()}</a></li> }
        })
        .collect_view();
    let shop_links = match &menus.footer {
        Some(links) => view::footer(links),
        None => view! {
            <nav aria-labelledby="f-shop">
                <h2 class="footer-title" id="f-shop">{text.shop()}</h2>
                <ul class="footer-links footer-links-wide">
                    {links} <li><a href=href("/products")>{text.all_products()}</a></li>
                </ul>
            </nav>
        }
        .into_any(),
    };
    let grid = match &menus.footer {
        Some(_) => "footer-grid footer-grid-menus",
        None => "footer-grid",
    };
    let own = features::in_footer()
        .map(|(path, words)| view! { <li><a href=href(path)>{words}</a></li> })
        .collect_view();
    view! {
        <footer class="site-footer">
            <div class="container">
                <div class=grid>
                    <div class="footer-brand">
                        {brand()}
                        {about}
                    </div>
                    {shop_links}
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
