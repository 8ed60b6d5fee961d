//! Products as cards in a grid.

use leptos::prelude::*;

use super::quick_add::{quick_add, said};
use crate::{
    catalog::{
        address,
        colours::swatch,
        picture::{frame_class, small, srcset},
        text::Text,
        types::{Availability, Card, Colour, Picture},
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

/// Columns of a grid of products, by the widths at which `style/layout.css` and `catalog.css` change
/// their number.
const SIZES: &str = "(width < 40rem) 46vw, (width < 62rem) 31vw, (width < 88rem) 22vw, 19.5rem";
/// Swatches of a card; a number stands for the rest.
const SWATCHES: usize = 5;

/// Where a grid is on its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Its first row is seen at once.
    Top,
    Below,
}

pub fn product_grid(cards: &[Card], heading: Heading, currency: &str) -> AnyView {
    grid(cards, heading, currency, Place::Below)
}

/// The grid that a page is about: its first pictures are asked for at once.
pub fn main_grid(cards: &[Card], heading: Heading, currency: &str) -> AnyView {
    grid(cards, heading, currency, Place::Top)
}

fn grid(cards: &[Card], heading: Heading, currency: &str, place: Place) -> AnyView {
    let said = said(cards);
    let cards: Vec<_> = cards
        .iter()
        .enumerate()
        .map(|(at, product)| {
            let loading = match (place, at) {
                (Place::Top, 0) => Loading::First,
                (Place::Top, 1..=3) => Loading::Soon,
                _ => Loading::Late,
            };
            card(product, heading, currency, loading)
        })
        .collect();
    view! {
        <ul class="product-grid">{cards}</ul>
        {said}
    }
    .into_any()
}

/// When a picture is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Loading {
    /// Before anything else: it is the largest of what is seen first.
    First,
    Soon,
    /// When it is about to be seen.
    Late,
}

/// The picture of a product whose name stands beside it.
pub fn thumbnail(picture: &Option<Picture>) -> Option<AnyView> {
    let picture = picture.as_ref()?;
    Some(image(picture, frame_class(picture), Loading::Late))
}

fn image(picture: &Picture, class: &'static str, loading: Loading) -> AnyView {
    view! {
        <img
            class=class
            src=small(&picture.src)
            srcset=srcset(&picture.src)
            sizes=SIZES
            width="256"
            height="256"
            alt=""
            loading=(loading == Loading::Late).then_some("lazy")
            fetchpriority=(loading == Loading::First).then_some("high")
        />
    }
    .into_any()
}

/// Shown while a pointer is on the card, and not asked for before.
fn second(picture: &Picture) -> AnyView {
    let class = match picture.cut_out {
        true => "card-second cut-out",
        false => "card-second photo",
    };
    image(picture, class, Loading::Late)
}

fn card(product: &Card, heading: Heading, currency: &str, loading: Loading) -> AnyView {
    let of_features = features::on_card(ShownProduct {
        id: &product.id,
        title: &product.title,
    });
    let below = quick_add(product);
    made(product, heading, currency, loading, of_features, below)
}

/// A card with what stands over its picture, and what to do with the product below its price.
pub fn card_with(
    product: &Card,
    heading: Heading,
    currency: &str,
    over: Vec<AnyView>,
    below: Option<AnyView>,
) -> AnyView {
    made(product, heading, currency, Loading::Late, over, below)
}

fn made(
    product: &Card,
    heading: Heading,
    currency: &str,
    loading: Loading,
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
    let note = (product.colours.len() > 1).then(|| colours(&product.colours));
    let first = product.picture.as_ref();
    let first = first.map(|picture| image(picture, frame_class(picture), loading));
    view! {
        <li>
            <article class=class>
                <div class="pic card-media">
                    {first}
                    {product.second_picture.as_ref().map(second)}
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

fn colours(colours: &[Colour]) -> AnyView {
    let words = Text::from(locale()).colours(colours.len() as i64);
    let shown: Vec<_> = colours.iter().take(SWATCHES).filter_map(dot).collect();
    let rest = colours.len() - shown.len();
    // Said in words where none of them can be shown.
    let class = match shown.is_empty() {
        true => "",
        false => "visually-hidden",
    };
    let more = (rest > 0 && !shown.is_empty())
        .then(|| view! { <span aria-hidden="true">"+"{rest.to_string()}</span> });
    view! {
        <p class="card-colours">
            {shown} {more}
            <span class=class>{words}</span>
        </p>
    }
    .into_any()
}

/// A colour by its word, or by a picture of what is sold in it.
fn dot(colour: &Colour) -> Option<AnyView> {
    if let Some(class) = swatch(&colour.value) {
        return Some(view! { <span class=class></span> }.into_any());
    }
    let src = small(colour.picture_src.as_ref()?);
    Some(view! { <img src=src width="256" height="256" alt="" loading="lazy"/> }.into_any())
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
