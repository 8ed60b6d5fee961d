//! Products as cards in a grid.

use leptos::prelude::*;

use crate::{
    catalog::{
        address,
        picture::{small, srcset},
        text::Text,
        types::{Availability, Card, Picture},
    },
    features,
    locale::{href, locale},
    slot::ShownProduct,
    ui::price::{Price, price},
};

/// Level of the cards' headings: one below that of what they stand under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heading {
    Second,
    Third,
}

pub fn product_grid(cards: &[Card], heading: Heading, currency: &str) -> AnyView {
    let cards = cards
        .iter()
        .map(|product| card(product, heading, currency))
        .collect_view();
    view! { <ul class="product-grid">{cards}</ul> }.into_any()
}

/// The picture of a product whose name stands beside it.
pub fn thumbnail(picture: &Option<Picture>) -> Option<impl IntoView + use<>> {
    picture.as_ref().map(|picture| {
        view! {
            <img
                src=small(&picture.src)
                srcset=srcset(&picture.src)
                sizes="(width < 40rem) 50vw, 20rem"
                width="256"
                height="256"
                alt=""
                loading="lazy"
            />
        }
    })
}

fn card(product: &Card, heading: Heading, currency: &str) -> AnyView {
    let of_features = features::on_card(ShownProduct {
        id: &product.id,
        title: &product.title,
    });
    card_with(product, heading, currency, of_features, None)
}

/// A card with what stands over its picture, and what to do with the product below its price.
pub fn card_with(
    product: &Card,
    heading: Heading,
    currency: &str,
    over: Vec<AnyView>,
    below: Option<AnyView>,
) -> AnyView {
    let class = match product.availability {
        Availability::SoldOut => "card card-soldout",
        _ => "card",
    };
    let vendor = (!product.vendor.is_empty())
        .then(|| view! { <p class="card-vendor">{product.vendor.clone()}</p> });
    let shown = price_of(product);
    let note = (product.variants > 1).then(|| {
        let versions = Text::from(locale()).versions(product.variants);
        view! { <p class="card-note">{versions}</p> }
    });
    view! {
        <li>
            <article class=class>
                <div class="pic card-media">
                    {thumbnail(&product.picture)}
                    {badges(product.availability, shown)}
                    {over}
                </div>
                <div class="card-body">
                    {vendor}
                    {title(product, heading)}
                    {price(shown, currency)}
                    {note}
                    {below}
                </div>
            </article>
        </li>
    }
    .into_any()
}

fn price_of(product: &Card) -> Price {
    Price::range(
        product.price_min_minor,
        product.price_max_minor,
        product.compare_at_minor,
    )
}

fn title(product: &Card, heading: Heading) -> AnyView {
    let href = href(&address::product(&product.slug));
    let link = view! { <a href=href>{product.title.clone()}</a> };
    match heading {
        Heading::Second => view! { <h2 class="card-title">{link}</h2> }.into_any(),
        Heading::Third => view! { <h3 class="card-title">{link}</h3> }.into_any(),
    }
}

fn badges(availability: Availability, shown: Price) -> Option<AnyView> {
    let text = Text::from(locale());
    let sale = shown
        .is_reduced()
        .then(|| view! { <span class="badge badge-accent">{text.sale()}</span> });
    let badges = match availability {
        Availability::SoldOut => view! { <span class="badge">{text.sold_out()}</span> }.into_any(),
        Availability::FewLeft => {
            view! { <span class="badge badge-warn">{text.badge_few_left()}</span>{sale} }.into_any()
        }
        Availability::InStock => sale?.into_any(),
    };
    Some(view! { <p class="card-badges">{badges}</p> }.into_any())
}
