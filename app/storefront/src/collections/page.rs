//! `/collections/:slug`: a collection as shoppers see it.

use app::{
    catalog::address,
    collections::{ports::collections, text::Text, types::Collection},
    load::load,
    locale::{href, locale},
    shop::{ShopSettings, shop},
    ui::{
        head::{Shared, alternates, page_title, shared},
        path::path_part,
    },
};
use leptos::prelude::*;
use leptos_meta::{Link, Title};

use crate::{
    catalog::pages::{
        breadcrumbs::{Crumb, breadcrumbs},
        card::{Heading, Place, grid},
        intro::{counted, description, in_short, intro},
    },
    frame::Frame,
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
    let products = i64::try_from(collection.products.len()).unwrap_or(i64::MAX);
    let in_short = in_short(&collection.text);
    let in_short = in_short.unwrap_or_else(|| counted(&collection.name, products));
    let shared = shared(Shared {
        kind: "website",
        title: collection.name.clone(),
        description: Some(in_short.clone()),
        path: &path,
        picture: picture.map(|src| (src, "")),
    });
    view! {
        <Title text=page_title(&collection.name)/>
        <Link rel="canonical" href=format!("{}{}", settings.base_url, href(&path))/>
        {alternates(&path)}
        {description(in_short)}
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
        false => grid(&collection.products, Heading::Second, currency, Place::Top),
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
