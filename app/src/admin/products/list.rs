//! `/admin/products`: all products, with one click to take one on or off sale.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    bulk_form::{bulk_bar, tick},
    text::Text,
    types::{AdminProduct, AdminProductRow, ProductTable},
};
use crate::{
    admin::{
        frame::{Section, admin_page, nothing_here, refusal_banner},
        product_filter::{
            Cursor, ProductFilter, ProductSort, StockState, TABLE, TranslationGap, Untranslated,
        },
        products::ports::product_admin,
        translations::{
            links::{gap_words, links_to},
            ports::{Group, targets},
        },
    },
    catalog::{address, picture::small},
    identity::{Account, Role},
    locale::locale,
    shop::shop,
    ui::{
        banner::good_banner,
        field::{Need, SelectField, TextField},
        form::PageField,
        icon::{Icon, icon},
        pagination::steps,
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
        ))
    };
    admin_page(
        Role::Staff,
        data,
        move |account, (products, categories, switched)| {
            let access = Access::of(account);
            let content = page(access, &shown, products, categories, switched);
            Section::Products.page(Text::from(locale()).products(), content)
        },
    )
}

/// What somebody may do with the products they see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Access {
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
        {refusal_banner()}
        {switched.map(|product| switched_banner(&product, filter))}
        {status_tabs(filter, &products)}
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
    good_banner(view! {
        <h2 class="banner-title">{title}</h2>
        <p>{words}</p>
        <div>{button}</div>
    })
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

fn filters(filter: &ProductFilter, categories: Vec<String>) -> AnyView {
    let text = Text::from(locale());
    let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
    let choice = |key: &str, words: &str| (key.to_owned(), words.to_owned());
    let mut category_choices = vec![choice("", text.all_categories())];
    category_choices.extend(categories.iter().map(|name| choice(name, name)));
    let mut stock = vec![choice("", text.any_stock())];
    stock.extend(StockState::ALL.map(|state| choice(state.key(), stock_words(state, text))));
    let sorts = ProductSort::ALL
        .map(|sort| choice(sort.key(), sort_words(sort, text)))
        .to_vec();
    let kept = filter
        .active
        .map(|active| view! { <input type="hidden" name="active" value=active.to_string()/> });
    let all = filter
        .narrows()
        .then(|| view! { <a class="btn-text" href=TABLE>{text.show_all()}</a> });
    view! {
        <form class="table-filters" role="search" action=TABLE method="get">
            {kept}
            <TextField
                name="q"
                label=text.search()
                kind="search"
                need=Need::Unmarked
                value=or_empty(&filter.text)
            />
            <SelectField
                name="category"
                label=text.category()
                options=category_choices
                value=or_empty(&filter.category)
            />
            <TextField
                name="tag"
                label=text.tag()
                need=Need::Unmarked
                value=or_empty(&filter.tag)
            />
            <TextField
                name="vendor"
                label=text.vendor()
                need=Need::Unmarked
                value=or_empty(&filter.vendor)
            />
            <SelectField
                name="stock"
                label=text.stock()
                options=stock
                value=filter.stock.map_or("", StockState::key)
            />
            {translation_field(filter)}
            <SelectField
                name="sort"
                label=text.sort_by()
                options=sorts
                value=filter.sort.key()
            />
            <div class="row table-filters-act">
                <button class="btn" type="submit">
                    {icon(Icon::Search)}
                    {text.show()}
                </button>
                {all}
            </div>
        </form>
    }
    .into_any()
}

/// Nothing in a shop of one language.
fn translation_field(filter: &ProductFilter) -> Option<AnyView> {
    let languages = targets(&shop().settings);
    if languages.is_empty() {
        return None;
    }
    let text = Text::from(locale());
    let mut options = vec![(String::new(), text.any_translation().to_owned())];
    for language in languages {
        options.extend(TranslationGap::ALL.map(|gap| {
            let wanted = Untranslated { gap, language };
            (wanted.key(), gap_words(wanted))
        }));
    }
    let value = filter
        .translation
        .map(Untranslated::key)
        .unwrap_or_default();
    Some(
        view! {
            <SelectField
                name="translation"
                label=text.translation()
                options=options
                value=value
            />
        }
        .into_any(),
    )
}

fn sort_words(sort: ProductSort, text: Text) -> &'static str {
    match sort {
        ProductSort::Newest => text.sort_newest(),
        ProductSort::Edited => text.sort_edited(),
        ProductSort::Title => text.sort_title(),
        ProductSort::PriceUp => text.sort_price_up(),
        ProductSort::PriceDown => text.sort_price_down(),
    }
}

fn stock_words(state: StockState, text: Text) -> &'static str {
    match state {
        StockState::InStock => text.stock_there(),
        StockState::Low => text.stock_low(),
        StockState::SoldOut => text.stock_gone(),
    }
}

fn table(access: Access, rows: Vec<AdminProductRow>, filter: &ProductFilter) -> AnyView {
    let text = Text::from(locale());
    if rows.is_empty() {
        let way_on = (TABLE, text.show_all_products());
        return nothing_here(text.no_products_found(), text.no_matches(), way_on);
    }
    let rows: Vec<_> = rows
        .into_iter()
        .map(|product| row(access, product, filter))
        .collect();
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
                        <th scope="col">{text.status()}</th>
                        <th scope="col" class="cell-num">{text.stock()}</th>
                        {sorted(
                            filter,
                            "cell-num",
                            text.price(),
                            &[ProductSort::PriceUp, ProductSort::PriceDown],
                        )}
                        <th scope="col">{text.category()}</th>
                        {action}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
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
        ProductSort::PriceDown => "descending",
        _ => "ascending",
    });
    let href = ProductFilter {
        sort: next,
        ..filter.from_start()
    };
    view! {
        <th scope="col" class=class aria-sort=way>
            <a class="sort" href=href.href()>{title}</a>
        </th>
    }
    .into_any()
}

fn row(access: Access, product: AdminProductRow, filter: &ProductFilter) -> AnyView {
    let text = Text::from(locale());
    let edits = access == Access::Edits;
    let tick = edits.then(|| {
        view! { <td class="cell-tick">{tick(&product.id, &product.title)}</td> }
    });
    let switch = edits.then(|| {
        let button = switch(&product.id, &product.title, product.active, filter);
        view! { <td class="cell-act">{button}</td> }
    });
    let currency = &shop().settings.currency;
    let money = |minor| locale().money(minor, currency);
    let prices = match (product.price_min_minor, product.price_max_minor) {
        (min, max) if min < max => format!("{} – {}", money(min), money(max)),
        (min, _) => money(min),
    };
    view! {
        <tr>
            {tick}
            <td class="cell-first">{product_cell(access, &product)}</td>
            <td data-label=text.status()>{active_badge(product.active)}</td>
            <td class="cell-num" data-label=text.stock()>{stock(product.stock)}</td>
            <td class="cell-num" data-label=text.price()>{prices}</td>
            <td data-label=text.category()>{product.category.unwrap_or_else(|| "–".to_owned())}</td>
            {switch}
        </tr>
    }
    .into_any()
}

fn product_cell(access: Access, product: &AdminProductRow) -> impl IntoView + use<> {
    let image = product.picture_src.as_deref().map(|src| {
        view! { <img src=small(src) width="256" height="256" alt="" loading="lazy"/> }
    });
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
fn switch(id: &str, title: &str, active: bool, filter: &ProductFilter) -> impl IntoView + use<> {
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
