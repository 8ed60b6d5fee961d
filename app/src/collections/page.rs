//! `/collections/:slug`: a collection as shoppers see it.

use leptos::prelude::*;
use leptos_meta::{Link, Title};

use super::{ports::collections, text::Text, types::Collection};
use crate::{
    catalog::{
        address,
        pages::{
            breadcrumbs::{Crumb, breadcrumbs},
            card::{Heading, product_grid},
            intro::{description, in_short, intro},
        },
    },
    locale::{href, locale},
    shop::{ShopSettings, shop},
    storefront::{frame::Frame, load::load},
    ui::{
        head::{Shared, alternates, page_title, shared},
        path::path_part,
    },
};

#[component]
pub fn CollectionPage() -> impl IntoView {
    let (slug, port, settings) = (path_part("slug"), collections(), shop().settings);
    load(
        async move { port.collection(&slug).await },
        move |collection| {
            let head = head(&collection, &settings);
            let content = content(&collection, &settings.currency);
            view! { {head} <Frame>{content}</Frame> }
        },
    )
}

fn head(collection: &Collection, settings: &ShopSettings) -> AnyView {
    let path = address::collection(&collection.slug);
    let picture = collection.text.picture_src.as_deref();
    let shared = shared(Shared {
        kind: "website",
        title: collection.name.clone(),
        description: in_short(&collection.text),
        path: &path,
        picture: picture.map(|src| (src, "")),
    });
    view! {
        <Title text=page_title(&collection.name)/>
        <Link rel="canonical" href=format!("{}{}", settings.base_url, href(&path))/>
        {alternates(&path)}
        {description(&collection.text)}
        {shared}
    }
    .into_any()
}

fn content(collection: &Collection, currency: &str) -> AnyView {
    let text = Text::from(locale());
    let products = match collection.products.is_empty() {
        true => view! {
            <div class="empty empty-small">
                <p>{text.nothing_now()}</p>
                <p class="row">
                    <a class="btn btn-primary" href=href("/products")>{text.all_products()}</a>
                </p>
            </div>
        }
        .into_any(),
        false => product_grid(&collection.products, Heading::Second, currency),
    };
    view! {
        <div class="container">
            {breadcrumbs(vec![Crumb::home()], &collection.name)}
            <div class="page-head"><h1>{collection.name.clone()}</h1></div>
            {intro(&collection.text, &[])}
            {products}
        </div>
    }
    .into_any()
}
