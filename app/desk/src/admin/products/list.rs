//! `/admin/products`: all products, with one click to take one on or off sale.

use app::{
    identity::{Account, Role},
    locale::locale,
    ui::{
        banner::{Banner, Heard, Tone},
        icon::{Icon, icon},
        pagination::steps,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    bulk_form::bulk_bar,
    filters::filters,
    rows::{column_words, switch, table},
    text::Text,
    types::{AdminProduct, ProductTable},
};
use crate::admin::{
    columns::chooser,
    frame::{Section, admin_page, refusal_banner},
    product_filter::{Cursor, ProductFilter, TABLE},
    products::ports::product_admin,
    translations::{links::links_to, ports::Group},
    views::{
        bar::{view_bar, was_refused},
        ports::views_of,
        types::ViewList,
    },
};

#[component]
pub fn AdminProductsPage() -> impl IntoView {
    let filter = asked();
    let switched = use_query_map()
        .get_untracked()
        .get_str("switched")
        .map(str::to_owned);
    let port = product_admin();
    let shown = filter.clone();
    let views = views_of(ViewList::Products);
    let data = async move {
        let switched = match switched {
            // It may be gone by now.
            Some(id) => port.product(&id).await.ok(),
            None => None,
        };
        Ok((
            port.products(&filter).await?,
            port.category_names().await?,
            switched,
            views.await?,
        ))
    };
    admin_page(
        Role::Staff,
        data,
        move |account, (products, categories, switched, views)| {
            let access = Access::of(account);
            let query = shown.from_start().query();
            let views = view_bar(account, ViewList::Products, &query, &views);
            let content = page(access, &shown, products, categories, switched, views);
            Section::Products.page(Text::from(locale()).products(), content)
        },
    )
}

/// What someone may do with the products they see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    Edits,
    Looks,
}

impl Access {
    fn of(account: &Account) -> Self {
        match account.role {
            Role::Admin => Self::Edits,
            Role::Staff | Role::Customer => Self::Looks,
        }
    }
}

/// The filter that the page's address names.
pub fn asked() -> ProductFilter {
    let query = use_query_map().get_untracked();
    let pairs: Vec<(String, String)> = query
        .into_iter()
        .map(|(name, value)| (name.into_owned(), value))
        .collect();
    ProductFilter::parse(pairs.iter().map(|(n, v)| (n.as_str(), v.as_str())))
}

fn page(
    access: Access,
    filter: &ProductFilter,
    products: ProductTable,
    categories: Vec<String>,
    switched: Option<AdminProduct>,
    views: AnyView,
) -> AnyView {
    let text = Text::from(locale());
    let at = |cursor: Option<Cursor>| {
        cursor.map(|cursor| {
            ProductFilter {
                cursor: Some(cursor),
                ..filter.clone()
            }
            .href()
        })
    };
    let back = at(products.before.clone().map(Cursor::Before));
    let onward = at(products.after.clone().map(Cursor::After));
    let edits = access == Access::Edits;
    let bulk = (edits && !products.rows.is_empty()).then(|| bulk_bar(filter, &products));
    let switched = switched.filter(|_| edits);
    let ways_on = edits.then(|| {
        view! {
            <div class="row">
                {links_to(Group::Categories)}
                <a class="btn" href="/admin/import">
                    {icon(Icon::Upload)}
                    {text.import_and_export()}
                </a>
                <a class="btn btn-primary" href="/admin/products/new">
                    {icon(Icon::Plus)}
                    {text.new_product()}
                </a>
            </div>
        }
    });
    view! {
        <div class="admin-head">
            <h1 class="admin-title">{text.products()}</h1>
            {ways_on}
        </div>
        {(!was_refused()).then(refusal_banner)}
        {switched.map(|product| switched_banner(&product, filter))}
        {status_tabs(filter, &products)}
        {views}
        {chooser(TABLE, &filter.columns, column_words, filter.from_start().pairs())}
        {filters(filter, categories)}
        {table(access, products.rows, filter)}
        {bulk}
        {steps(back, onward)}
        <script type="module" src="/admin-assets/table.js"></script>
    }
    .into_any()
}

/// What one click has done, what it means for shoppers, and one click to take it back.
fn switched_banner(product: &AdminProduct, filter: &ProductFilter) -> AnyView {
    let text = Text::from(locale());
    let (title, words) = match product.active {
        true => (
            text.now_active(&product.title),
            text.on_sale_now().to_owned(),
        ),
        false => (
            text.now_inactive(&product.title),
            text.off_sale_now(product.in_carts),
        ),
    };
    let button = switch(&product.id, &product.title, product.active, filter);
    view! {
        <Banner tone=Tone::Good sign=Icon::Check heard=Heard::Soon title=title>
            <p>{words}</p>
            <div>{button}</div>
        </Banner>
    }
    .into_any()
}

fn count_words(products: &ProductTable) -> String {
    match products.has_more_than_counted {
        true => format!("{}+", products.total),
        false => products.total.to_string(),
    }
}

fn status_tabs(filter: &ProductFilter, products: &ProductTable) -> AnyView {
    let text = Text::from(locale());
    let tab = |title: &'static str, active: Option<bool>| {
        let other = ProductFilter {
            active,
            ..filter.from_start()
        };
        let is_here = filter.active == active;
        let count = is_here.then(|| view! { <span class="muted">{count_words(products)}</span> });
        let here = is_here.then_some("page");
        view! { <a class="tab" href=other.href() aria-current=here>{title} {count}</a> }
    };
    view! {
        <div class="admin-bar">
            <nav class="tabs" aria-label=text.status()>
                {tab(text.all(), None)} {tab(text.active(), Some(true))}
                {tab(text.inactive(), Some(false))}
            </nav>
        </div>
    }
    .into_any()
}
