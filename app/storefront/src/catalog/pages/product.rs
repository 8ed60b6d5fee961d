//! The page of a product.

mod choices;

use std::sync::Arc;

use app::{
    catalog::{
        address,
        categories::CategoryTree,
        drafted::Drafted,
        ports::{Catalog, catalog},
        query::encode,
        text::Text,
        types::{Card, Category, OfDrop, Product},
    },
    checkout::{
        ports::{Checkout, checkout},
        types::Offers,
    },
    drops,
    error::ShopResult,
    features,
    load::load,
    locale::{href, locale},
    money::plain_amount,
    shop::{ShopSettings, shop},
    slot::ShownProduct,
    ui::{
        date::time,
        form::{Form, PageField},
        head::{Shared, alternates, page_title, private_head, shared},
        path::path_part,
    },
};
use leptos::prelude::*;
use leptos_meta::{Link, Meta, Title};
use leptos_router::hooks::use_query_map;

use super::{
    breadcrumbs::{Crumb, breadcrumbs},
    buy_bar::buy_bar,
    card::{Heading, product_grid},
    facts::facts,
    gallery::gallery,
    instead::{RELATED, instead},
    notes::{Arrivals, notes},
    picker::{AddToCart, BUY_FORM, Picker},
    seo::{breadcrumb_data, product_data},
    terms::Terms,
};
use crate::frame::Frame;
use choices::{picker, supply};

#[component]
pub fn ProductPage() -> impl IntoView {
    let slug = path_part("slug");
    let asked = use_query_map().get_untracked().get("variant");
    let form = Form::of("/api/cart/add");
    let (catalog, checkout, settings) = (catalog(), checkout(), shop().settings);
    let data = async move {
        let product = catalog.product(&slug).await?;
        Around::of(product, catalog, checkout).await
    };
    load(data, move |around| {
        let picker = picker(&around.product, asked.as_deref(), &form, &settings);
        let head = head(&around.product, &settings);
        view! { {head} {page(around, None, picker, &settings)} }
    })
}

/// A product with what its page shows besides it.
struct Around {
    product: Arc<Product>,
    related: Arc<Vec<Card>>,
    categories: Vec<Category>,
    offers: Offers,
    arrivals: Option<Arrivals>,
}

impl Around {
    async fn of(
        product: Arc<Product>,
        catalog: Arc<dyn Catalog>,
        checkout: Arc<dyn Checkout>,
    ) -> ShopResult<Self> {
        let related = catalog.related(&product).await?;
        let tree = catalog.category_tree().await?;
        let offers = checkout.offers().await?;
        Ok(Self {
            related,
            categories: above(&product, &tree),
            arrivals: Arrivals::of(&product, &offers, &*checkout).await?,
            offers,
            product,
        })
    }
}

/// The page below a notice, with nothing in its head that is for others: for the shop's staff.
pub fn preview(id: String, notice: AnyView) -> AnyView {
    let asked = use_query_map().get_untracked().get("variant");
    let form = Form::of("/api/cart/add");
    let (catalog, checkout, settings) = (catalog(), checkout(), shop().settings);
    let drafted = use_context::<Drafted>();
    let data = async move {
        let product = match drafted {
            Some(Drafted(product)) => product,
            None => Arc::new(catalog.preview(&id).await?),
        };
        Around::of(product, catalog, checkout).await
    };
    load(data, move |around| {
        let picker = picker(&around.product, asked.as_deref(), &form, &settings);
        let head = private_head(&around.product.title);
        view! { {head} {page(around, Some(notice), picker, &settings)} }
    })
}

/// The product's category behind those above it; nothing if it has none.
fn above(product: &Product, tree: &CategoryTree) -> Vec<Category> {
    let Some(category) = &product.category else {
        return Vec::new();
    };
    let placed = tree.find(&category.slug);
    let above = placed.map_or_else(Vec::new, |placed| tree.above(placed));
    above.into_iter().chain([category]).cloned().collect()
}

fn head(product: &Product, settings: &ShopSettings) -> AnyView {
    let title = product
        .seo_title
        .clone()
        .unwrap_or_else(|| product.title.clone());
    let description = match &product.seo_description {
        Some(description) => description.clone(),
        None => product.description_text.chars().take(160).collect(),
    };
    let path = address::product(&product.slug);
    let address = format!("{}{}", settings.base_url, href(&path));
    let picture = product.pictures.first();
    let shared = shared(Shared {
        kind: "product",
        title: title.clone(),
        description: Some(description.clone()),
        path: &path,
        picture: picture.map(|picture| (picture.src.as_str(), picture.alt.as_str())),
    });
    let price = product
        .variants
        .iter()
        .map(|variant| variant.price_minor)
        .min();
    let price = plain_amount(price.unwrap_or_default(), &product.currency);
    view! {
        <Title text=page_title(&title)/>
        <Meta name="description" content=description/>
        <Link rel="canonical" href=address/>
        {alternates(&path)}
        {shared}
        <Meta property="product:price:amount" content=price/>
        <Meta property="product:price:currency" content=product.currency.clone()/>
    }
    .into_any()
}

fn page(
    around: Around,
    notice: Option<AnyView>,
    picker: Picker,
    settings: &ShopSettings,
) -> AnyView {
    let Around {
        product,
        related,
        categories,
        offers,
        arrivals,
    } = around;
    let mut above = vec![Crumb::home()];
    match categories.is_empty() {
        true => above.push(Crumb::everything()),
        false => above.extend(categories.iter().map(Crumb::of)),
    }
    let here = Crumb {
        name: product.title.clone(),
        href: href(&address::product(&product.slug)),
    };
    let data = product_data(&product, Terms::new(&offers, settings));
    let way = breadcrumb_data(&above, &here, &settings.base_url);
    let category = product
        .category
        .as_ref()
        .map(|c| c.slug.clone())
        .unwrap_or_default();
    let of_features = features::on_product_page(ShownProduct {
        id: &product.id,
        title: &product.title,
        supply: supply(&product),
    });
    let head = view! { {maker(&product.vendor)} {heading(&product)} }.into_any();
    // The pictures begin with that of what is chosen.
    let slide = picker.variants.get(picker.shown);
    let slide = slide.and_then(|variant| variant.slide);
    let notes = notes(&product, &offers, arrivals.as_ref(), settings);
    let instead = match product.sold_from() {
        Some(_) => None,
        None => instead(&product, &related),
    };
    let of_drop = product.drop.as_ref().map(of_drop);
    let buy_bar = buy_bar(&product.title);
    view! {
        <Frame category>
            <div class="container">
                {notice} {breadcrumbs(above, &product.title)}
                <article class="product">
                    {gallery(&product, slide)}
                    <div class="product-info">
                        <AddToCart picker>{head}</AddToCart>
                        // Outside of the island, which would have to bring the address along.
                        <PageField form=BUY_FORM/>
                        {of_drop}
                        {instead}
                        {of_features}
                        {notes}
                    </div>
                </article>
                {buy_bar}
                <div class="section product-more">{about(&product)} {facts(&product)}</div>
                {related_products(&related, &product.currency)}
                <script type="application/ld+json" inner_html=data></script>
                <script type="application/ld+json" inner_html=way></script>
            </div>
        </Frame>
    }
    .into_any()
}

/// The drop that sells it, or will.
fn of_drop(of: &OfDrop) -> AnyView {
    let text = drops::text::Text::from(locale());
    let href = href(&address::drop(&of.slug));
    view! {
        <p class="drop-note">
            {text.of_drop()} " " <a href=href>{of.title.clone()}</a> " · " {text.starts()} " "
            {time(of.opens_at)}
        </p>
    }
    .into_any()
}

fn maker(vendor: &str) -> Option<AnyView> {
    (!vendor.is_empty()).then(|| {
        let query = encode(&[("q".to_owned(), vendor.to_owned())]);
        view! {
            <p class="product-vendor">
                <a href=href(&format!("/products?{query}"))>{vendor.to_owned()}</a>
            </p>
        }
        .into_any()
    })
}

fn heading(product: &Product) -> impl IntoView + use<> {
    view! { <h1 class="product-title">{product.title.clone()}</h1> }
}

fn about(product: &Product) -> Option<AnyView> {
    (!product.description_html.is_empty()).then(|| {
        view! {
            <section aria-labelledby="about">
                <h2 id="about">{Text::from(locale()).description()}</h2>
                <div class="prose" inner_html=product.description_html.clone()></div>
            </section>
        }
        .into_any()
    })
}

fn related_products(related: &[Card], currency: &str) -> Option<AnyView> {
    (!related.is_empty()).then(|| {
        view! {
            <section class="section" aria-labelledby=RELATED>
                <div class="section-head"><h2 id=RELATED>{Text::from(locale()).you_may_also_like()}</h2></div>
                {product_grid(related, Heading::Third, currency)}
            </section>
        }
        .into_any()
    })
}
