//! The block that the front page begins with, and its picture.

use app::{
    catalog::picture::srcset,
    home::types::{Block, Hero},
    locale::locale,
};
use leptos::prelude::*;

use super::{ShownHome, link};
use crate::catalog::pages::{home::still_life, sizes::of_hero};

/// Of a heading.
#[derive(Clone, Copy)]
pub(super) enum Level {
    First,
    Second,
}

impl Level {
    /// The picture beside the page's heading is the largest of what is seen first.
    fn priority(self) -> Option<&'static str> {
        match self {
            Self::First => Some("high"),
            Self::Second => None,
        }
    }
}

/// A hero that says nothing at all says at least whose shop it is.
pub(super) fn heading_of(hero: &Hero, name: &str) -> String {
    let heading = hero.heading_in(locale());
    let has_own = hero.picture_src.is_some() || !hero.text_in(locale()).is_empty();
    match heading.is_empty() && !has_own {
        true => name.to_owned(),
        false => heading,
    }
}

pub(super) fn hero_block(
    hero: &Hero,
    heading: String,
    id: String,
    level: Level,
    home: &ShownHome,
) -> Option<AnyView> {
    let text = hero.text_in(locale());
    let labelled = (!heading.is_empty()).then(|| id.clone());
    let heading = (!heading.is_empty()).then(|| match level {
        Level::First => view! { <h1 class="hero-title" id=id>{heading}</h1> }.into_any(),
        Level::Second => view! { <h2 class="hero-title" id=id>{heading}</h2> }.into_any(),
    });
    let text = (!text.is_empty()).then(|| view! { <p class="hero-text">{text}</p> });
    let buttons: Vec<_> = hero
        .buttons_in(locale())
        .iter()
        .enumerate()
        .map(|(number, button)| match number {
            0 => link(button, "btn btn-primary btn-large"),
            _ => link(button, "btn btn-large"),
        })
        .collect();
    let buttons = (!buttons.is_empty()).then(|| view! { <p class="row">{buttons}</p> });
    let stage = match picture_beside(hero, home) {
        Some((src, ratio)) => picture(src, "", "hero-picture", of_hero(ratio), level.priority()),
        None => still_life(&home.highlights.hero),
    };
    let section = view! {
        <section class="hero" aria-labelledby=labelled>
            <div class="hero-copy">{heading} {text} {buttons}</div>
            {stage}
        </section>
    };
    Some(section.into_any())
}

/// The picture to show where a link to the page is shared, with what is said of it: a hero's, or else one between the
/// blocks.
pub fn shared_picture(home: &ShownHome) -> Option<(&str, &str)> {
    let blocks = || home.blocks.iter().map(|shown| &shown.block);
    let of_hero = blocks().find_map(|block| match block {
        Block::Hero(hero) => picture_beside(hero, home).map(|(src, _)| (src, "")),
        _ => None,
    });
    of_hero.or_else(|| {
        blocks().find_map(|block| match block {
            Block::Picture(picture) => picture
                .picture_src
                .as_deref()
                .map(|src| (src, picture.alt.as_str())),
            _ => None,
        })
    })
}

/// What is beside the words of a hero, with its width by its height; nothing where goods are on plinths.
fn picture_beside<'a>(hero: &'a Hero, home: &'a ShownHome) -> Option<(&'a str, f32)> {
    let chosen = hero.picture_src.as_deref().map(|src| (src, USUAL_RATIO));
    chosen.or_else(|| photograph(home))
}

/// Width by height of a picture that is wide, if nobody has looked how wide.
const USUAL_RATIO: f32 = 1.6;

/// See `catalog::pages::sizes`.
pub(super) const AS_WIDE_AS_THE_PAGE: &str = "(width < 87rem) 93vw, 82rem";

/// What is shown beside the words where nothing else was chosen: photographs do not go on plinths, so a shop
/// that has them shows the first category's.
fn photograph(home: &ShownHome) -> Option<(&str, f32)> {
    let mut products = home
        .highlights
        .hero
        .iter()
        .filter_map(|card| card.picture.as_ref());
    let category = home
        .categories
        .iter()
        .find_map(|category| category.picture.as_ref())?;
    let has_cut_outs = category.cut_out || products.any(|picture| picture.cut_out);
    let ratio = category
        .size
        .map_or(USUAL_RATIO, |size| size.width as f32 / size.height as f32);
    (!has_cut_outs).then_some((category.src.as_str(), ratio))
}

pub(super) fn picture(
    src: &str,
    alt: &str,
    class: &'static str,
    sizes: String,
    priority: Option<&'static str>,
) -> AnyView {
    view! {
        <img
            class=class
            src=src.to_owned()
            srcset=srcset(src)
            sizes=sizes
            width="1600"
            height="900"
            alt=alt.to_owned()
            fetchpriority=priority
        />
    }
    .into_any()
}
