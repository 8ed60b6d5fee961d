//! Lists of products: everything, a category, a search.

mod nothing;

use std::sync::Arc;

use app::{
    catalog::{
        categories::{CategoryText, CategoryTree, PlacedCategory},
        ports::{Catalog, catalog},
        query::{ListQuery, PAGE_SIZE, Sort, Unread},
        text::Text,
        types::{Card, ProductList},
    },
    error::{ShopError, ShopResult},
    load::load,
    locale::{href, locale},
    shop::{ShopSettings, shop},
    ui::{
        head::{Shared, alternates, page_title, shared},
        pagination::Pagination,
    },
};
use leptos::prelude::*;
use leptos_meta::{Link, Meta, Title};
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{
    breadcrumbs::{Crumb, breadcrumbs},
    card::{Heading, Place, grid},
    chips::{Chip, chips, chips_of},
    filters::sidebar,
    intro::{counted, description, in_short, intro},
    lists::Lists,
    quick_add::touch,
    sort::sort_form,
};
use crate::frame::Frame;
use nothing::{nothing_fits, nothing_found, past_the_end};

#[component]
pub fn ProductsPage() -> impl IntoView {
    list_page(asked_for(None))
}

#[component]
pub fn CategoryPage() -> impl IntoView {
    list_page(asked_for(use_params_map().get_untracked().get("slug")))
}

/// The list that the address asks for, and what of it could not be read; `category` is the slug in its
/// path.
fn asked_for(category: Option<String>) -> (ListQuery, Vec<Unread>) {
    let map = use_query_map().get_untracked();
    let pairs = map.into_iter().collect::<Vec<_>>();
    let pairs = pairs
        .iter()
        .map(|(name, value)| (name.as_ref(), value.as_str()));
    let (mut query, unread) = ListQuery::read(pairs, &shop().settings.currency);
    if category.is_some() {
        query.category = category;
    }
    (query, unread)
}

fn list_page((query, unread): (ListQuery, Vec<Unread>)) -> impl IntoView {
    let settings = shop().settings;
    let found = found(catalog(), settings.currency.clone(), query, unread);
    load(found, move |found| {
        let head = head(&found, &settings);
        view! { {head} {page(found)} }
    })
}

/// What a list's page shows.
struct Found {
    lists: Lists,
    list: Arc<ProductList>,
    category: Option<PlacedCategory>,
    /// What the category says, on its own first page.
    text: Option<Arc<CategoryText>>,
    tree: Arc<CategoryTree>,
    /// Shown in place of an empty list.
    popular: Vec<Card>,
}

async fn found(
    catalog: Arc<dyn Catalog>,
    currency: String,
    query: ListQuery,
    unread: Vec<Unread>,
) -> ShopResult<Found> {
    let tree = catalog.category_tree().await?;
    let category = match &query.category {
        Some(slug) => {
            let found = tree.find(slug).cloned();
            Some(found.ok_or_else(ShopError::not_found)?)
        }
        None => None,
    };
    let text = match &category {
        Some(placed) if is_front(&query) => {
            Some(catalog.category_text(&placed.category.slug).await?)
        }
        _ => None,
    };
    let list = catalog.list(&query).await?;
    let popular = match list.total {
        0 => catalog
            .home()
            .await?
            .popular
            .iter()
            .take(4)
            .cloned()
            .collect(),
        _ => Vec::new(),
    };
    let lists = Lists {
        query,
        unread,
        currency,
    };
    Ok(Found {
        lists,
        list,
        category,
        text,
        tree,
        popular,
    })
}

/// Whether the list is the first page of all there is, in whatever order.
fn is_front(query: &ListQuery) -> bool {
    query.page == 1 && !query.is_filtered()
}

impl Found {
    fn title(&self) -> String {
        let text = Text::from(locale());
        match (&self.lists.query.q, &self.category) {
            (Some(q), Some(placed)) => text.results_in(&placed.category.name, q),
            (Some(q), None) => text.results_for(q),
            (None, Some(placed)) => placed.category.name.clone(),
            (None, None) => text.all_products().to_owned(),
        }
    }

    /// What the list says of itself: also that a search finds nothing under its filters.
    fn heading(&self) -> String {
        match (self.list.total, &self.lists.query.q) {
            (0, Some(q)) => Text::from(locale()).no_results_for(q),
            _ => self.title(),
        }
    }

    /// What a category's own page says above its products.
    fn intro(&self) -> Option<AnyView> {
        let (text, placed) = (self.text.as_deref()?, self.category.as_ref()?);
        intro(text, &self.tree.below(&placed.category.id))
    }

    fn place(&self) -> Place {
        let picture = self
            .text
            .as_ref()
            .and_then(|text| text.picture_src.as_ref());
        picture.map_or(Place::Top, |_| Place::BelowPicture)
    }

    fn is_past_the_end(&self) -> bool {
        self.list.products.is_empty() && self.list.total > 0
    }
}

fn head(found: &Found, settings: &ShopSettings) -> AnyView {
    let query = &found.lists.query;
    let title = match query.page {
        1 => found.title(),
        page => Text::from(locale()).page_of_list(&page.to_string(), &found.title()),
    };
    // The same products in another order are the same list to a search engine.
    let path = found.lists.path_with(|changed| {
        changed.sort = Sort::default();
        changed.page = query.page;
    });
    let is_odd = found.is_past_the_end() || !found.lists.unread.is_empty();
    let hidden = query.is_filtered() || is_odd;
    let robots = hidden.then(|| view! { <Meta name="robots" content="noindex, follow"/> });
    let in_short = found.text.as_deref().and_then(in_short);
    let in_short = in_short.unwrap_or_else(|| counted(&found.title(), found.list.total));
    let neighbour = |rel: &'static str, page: i64| {
        (1..=found.list.pages).contains(&page).then(|| {
            let href = format!("{}{}", settings.base_url, found.lists.page_href(page));
            view! { <Link rel=rel href=href/> }
        })
    };
    let picture = found.category.as_ref();
    let picture = picture.and_then(|placed| placed.category.picture.as_ref());
    let shared = shared(Shared {
        kind: "website",
        title: title.clone(),
        description: Some(in_short.clone()),
        path: &path,
        picture: picture.map(|picture| (picture.src.as_str(), picture.alt.as_str())),
    });
    view! {
        <Title text=page_title(&title)/>
        <Link rel="canonical" href=format!("{}{}", settings.base_url, href(&path))/>
        {alternates(&path)}
        {description(in_short)}
        {shared}
        {robots}
        {neighbour("prev", query.page - 1)}
        {neighbour("next", query.page + 1)}
    }
    .into_any()
}

fn page(found: Found) -> AnyView {
    let category = found.lists.query.category.clone().unwrap_or_default();
    let search = found.lists.query.q.clone().unwrap_or_default();
    let active = chips_of(&found.lists, &found.list.facets);
    // Where filters leave nothing, they stay in sight to be changed.
    let is_narrowed = active.len() > usize::from(found.lists.query.q.is_some());
    let content = match (found.list.total, is_narrowed) {
        (0, false) => nothing_found(&found, active),
        _ => listing(&found, active),
    };
    view! {
        <Frame category search>
            <div class="container">{way_here(&found)} {content}</div>
        </Frame>
    }
    .into_any()
}

fn way_here(found: &Found) -> AnyView {
    let text = Text::from(locale());
    let here = match (&found.lists.query.q, &found.category) {
        (Some(_), _) => text.search(),
        (None, Some(placed)) => &placed.category.name,
        (None, None) => text.all_products(),
    };
    let mut above = vec![Crumb::home()];
    match &found.category {
        Some(placed) => {
            above.extend(found.tree.above(placed).into_iter().map(Crumb::of));
            if found.lists.query.q.is_some() {
                above.push(Crumb::of(&placed.category));
            }
        }
        None if found.lists.query.q.is_some() => above.push(Crumb::everything()),
        None => {}
    }
    breadcrumbs(above, here)
}

fn listing(found: &Found, active: Vec<Chip>) -> AnyView {
    let lists = found.lists.clone();
    let list = &found.list;
    let products = match (list.total, found.is_past_the_end()) {
        (0, _) => nothing_fits(found),
        (_, true) => past_the_end(found),
        (_, false) => grid(
            &list.products,
            Heading::Second,
            &list.currency,
            found.place(),
        ),
    };
    view! {
        <div class="page-head"><h1>{found.heading()}</h1></div>
        <div class="listing-intro">{found.intro()}</div>
        <div class="listing">
            {sidebar(&found.lists, list, active.len())}
            <section class="listing-results" aria-label=Text::from(locale()).products()>
                <div class="listing-bar">
                    <p class="listing-count" role="status">{count(found)}</p>
                    {sort_form(&found.lists)}
                </div>
                {chips(&found.lists, active)}
                {products}
                <Pagination
                    page=found.lists.query.page
                    pages=list.pages
                    href=move |page| lists.page_href(page)
                />
            </section>
            {touch()}
        </div>
    }
    .into_any()
}

/// `73–96 of 307 products`
fn count(found: &Found) -> String {
    let total = found.list.total;
    let first = (found.lists.query.page - 1) * PAGE_SIZE + 1;
    let shown = found.list.products.len() as i64;
    let (text, number) = (Text::from(locale()), |number| locale().number(number));
    match shown == total || shown == 0 {
        true => text.product_count(total),
        false => text.product_range(&number(total), &number(first), &number(first + shown - 1)),
    }
}
