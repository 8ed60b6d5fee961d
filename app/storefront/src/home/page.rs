//! The front page, as shoppers see it, and as they would see its draft.

use app::{
    catalog::{ports::catalog, text::Text as Standard},
    checkout::ports::checkout,
    collections::ports::collections,
    home::{ports::home, types::PlacedBlock},
    load::load,
    locale::{href, locale},
    shop::{ShopSettings, shop},
    ui::head::{Shared, alternates, escape, page_title, shared},
};
use leptos::prelude::*;
use leptos_meta::{Link, Meta, Title};

use super::blocks::{ShownHome, shared_picture, shown, title, view};
use crate::frame::Frame;

#[component]
pub fn HomePage() -> impl IntoView {
    let (catalog, collections, settings) = (catalog(), collections(), shop().settings);
    let (port, checkout) = (home(), checkout());
    let data = async move {
        let blocks = port.published().await?;
        let shown = shown(catalog, collections, &blocks, checkout.offers().await?).await?;
        Ok((blocks, shown))
    };
    load(data, move |(blocks, shown)| {
        view! {
            {head(&blocks, &shown, &settings)}
            <Frame>{view(&shown, &settings.name)}</Frame>
        }
    })
}

/// The page tells search engines what its first hero tells people.
fn head(blocks: &[PlacedBlock], shown: &ShownHome, settings: &ShopSettings) -> AnyView {
    let hero = title(blocks);
    let heading = match hero.map(|hero| hero.heading.as_deref()) {
        Some(None) => Some(Standard::from(locale()).home_title()),
        Some(Some(heading)) => Some(heading).filter(|heading| !heading.is_empty()),
        None => None,
    };
    let name = heading.map_or_else(|| escape(&settings.name), page_title);
    let text = hero.map(|hero| hero.text_in(locale()));
    let text = text.filter(|text| !text.is_empty());
    let shared = shared(Shared {
        kind: "website",
        title: heading.unwrap_or(&settings.name).to_owned(),
        description: text.clone(),
        path: "/",
        picture: shared_picture(shown),
    });
    let about = text.map(|text| view! { <Meta name="description" content=text/> });
    let address = format!("{}{}", settings.base_url, href("/"));
    view! {
        <Title text=name/>
        {about}
        <Link rel="canonical" href=address/>
        {alternates("/")}
        {shared}
    }
    .into_any()
}

/// The draft, as shoppers would see it, below a notice.
pub fn preview(notice: AnyView) -> AnyView {
    let (catalog, collections, settings) = (catalog(), collections(), shop().settings);
    let (port, checkout) = (home(), checkout());
    let data = async move {
        let draft = port.draft().await?;
        shown(
            catalog,
            collections,
            &draft.blocks,
            checkout.offers().await?,
        )
        .await
    };
    load(data, move |shown| {
        view! {
            <Frame>
                {notice}
                {view(&shown, &settings.name)}
            </Frame>
        }
    })
}
