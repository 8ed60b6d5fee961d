//! Products as cards in a grid.

use app::{
    catalog::{
        address,
        colours::swatch,
        picture::{frame_class, small, srcset},
        text::Text,
        types::{Availability, Card, Colour, Picture},
    },
    drops, features,
    locale::{href, locale},
    slot::{ShownProduct, Supply},
    ui::{
        date::Zone,
        price::{Price, price},
    },
};
use leptos::prelude::*;

use super::{
    frames::Frames,
    quick_add::{quick_add, said},
    sizes::{CARD, Frame, LISTED_CARD, TILE},
};

/// Level of the cards' headings: one below that of what they are under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heading {
    Second,
    Third,
}

/// Swatches of a card; the rest are a number.
const SWATCHES: usize = 5;

/// Where a grid is on its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Its first row is seen at once.
    Top,
    /// So it is, but a larger picture is above it.
    BelowPicture,
    /// Its pictures are asked for when they are about to be seen.
    Below,
}

pub fn product_grid(cards: &[Card], heading: Heading, currency: &str) -> AnyView {
    grid(cards, heading, currency, Place::Below)
}

pub fn grid(cards: &[Card], heading: Heading, currency: &str, place: Place) -> AnyView {
    let said = said(cards);
    let frames = Frames::of(cards.iter().filter_map(|card| card.picture.as_ref()));
    let frame = match place {
        Place::Top | Place::BelowPicture => LISTED_CARD,
        Place::Below => CARD,
    };
    let frame = frame.shaped(frames);
    let cards: Vec<_> = cards
        .iter()
        .enumerate()
        .map(|(at, product)| {
            let loading = match (place, at) {
                (Place::Top, 0) => Loading::First,
                (Place::Top | Place::BelowPicture, 0..=3) => Loading::Soon,
                _ => Loading::Late,
            };
            card(product, heading, currency, Shown { loading, frame })
        })
        .collect();
    view! {
        <ul class=frames.class()>{cards}</ul>
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

/// How a picture is shown.
#[derive(Debug, Clone, Copy)]
struct Shown {
    loading: Loading,
    frame: Frame,
}

/// The picture of a category's tile, whose name is beside it.
pub fn tile_picture(picture: &Option<Picture>) -> Option<AnyView> {
    let picture = picture.as_ref()?;
    let shown = Shown {
        loading: Loading::Late,
        frame: TILE,
    };
    Some(image(picture, frame_class(picture), shown))
}

fn image(picture: &Picture, class: &'static str, shown: Shown) -> AnyView {
    let Shown { loading, frame } = shown;
    view! {
        <img
            class=class
            src=small(&picture.src)
            srcset=srcset(&picture.src)
            sizes=frame.sizes(picture)
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
fn second_image(picture: &Picture, frame: Frame) -> AnyView {
    let class = match picture.cut_out {
        true => "card-second cut-out",
        false => "card-second photo",
    };
    let loading = Loading::Late;
    image(picture, class, Shown { loading, frame })
}

fn card(product: &Card, heading: Heading, currency: &str, shown: Shown) -> AnyView {
    let of_features = features::on_card(ShownProduct {
        id: &product.id,
        title: &product.title,
        supply: match product.availability {
            Availability::SoldOut => Supply::SoldOut,
            _ => Supply::ToBeHad,
        },
    });
    let below = quick_add(product);
    made(product, heading, currency, shown, of_features, below)
}

/// A card in a grid with these frames, and what to do with the product below its price.
pub fn card_with(
    product: &Card,
    heading: Heading,
    currency: &str,
    frames: Frames,
    below: Option<AnyView>,
) -> AnyView {
    let shown = Shown {
        loading: Loading::Late,
        frame: CARD.shaped(frames),
    };
    made(product, heading, currency, shown, Vec::new(), below)
}

fn made(
    product: &Card,
    heading: Heading,
    currency: &str,
    shown: Shown,
    over: Vec<AnyView>,
    below: Option<AnyView>,
) -> AnyView {
    let class = match product.availability {
        Availability::SoldOut => "card card-soldout",
        _ => "card",
    };
    let vendor = (!product.vendor.is_empty())
        .then(|| view! { <p class="card-vendor">{product.vendor.clone()}</p> });
    let costs = price_of(product);
    let note = (product.colours.len() > 1).then(|| colours(&product.colours));
    let first = product.picture.as_ref();
    let first = first.map(|picture| image(picture, frame_class(picture), shown));
    let second = product.second_picture.as_ref();
    let second = second.map(|picture| second_image(picture, shown.frame));
    view! {
        <li>
            <article class=class>
                <div class="pic card-media">
                    {first}
                    {second}
                    {badges(product, costs)}
                    {over}
                </div>
                <div class="card-body">
                    {vendor}
                    {title(product, heading)}
                    {price(costs, currency)}
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

fn badges(product: &Card, shown: Price) -> Option<AnyView> {
    let text = Text::from(locale());
    let sale = shown
        .is_reduced()
        .then(|| view! { <span class="badge badge-accent">{text.sale()}</span> });
    let badges = match product.availability {
        Availability::SoldOut if product.sold_from.is_some() => {
            waits(product.sold_from.unwrap_or_default())
        }
        Availability::SoldOut => view! { <span class="badge">{text.sold_out()}</span> }.into_any(),
        Availability::FewLeft => {
            view! { <span class="badge badge-warn">{text.badge_few_left()}</span>{sale} }.into_any()
        }
        Availability::BackOrder => {
            view! { <span class="badge">{text.badge_back_order()}</span>{sale} }.into_any()
        }
        Availability::InStock => sale?.into_any(),
    };
    Some(view! { <p class="card-badges">{badges}</p> }.into_any())
}

/// It is sold by a drop that has not begun.
fn waits(at: i64) -> AnyView {
    let time = Zone::of_shop().date_and_time(at);
    let words = drops::text::Text::from(locale()).on_sale_from(&time);
    view! { <span class="badge badge-outline">{words}</span> }.into_any()
}
