//! What the blocks of the front page look like.

mod hero;

use std::sync::Arc;

use app::{
    catalog::{
        address,
        categories::CategoryTree,
        ports::Catalog,
        query::ListQuery,
        text::Text as Standard,
        types::{Card, Category, Home as Highlights},
    },
    checkout::types::{Offers, PaymentSign},
    collections::ports::Collections,
    error::ShopResult,
    home::types::{
        Block, Button, Hero, PictureBlock, PlacedBlock, Promises, Shelf, Source, TextBlock,
    },
    locale::{href, locale},
    ui::{icon::Icon, link::target},
};
use leptos::prelude::*;

use crate::catalog::pages::home::{ShownPromise, ShownShelf, promises, shelf, tiles};
pub use hero::shared_picture;
use hero::{AS_WIDE_AS_THE_PAGE, Level, heading_of, hero_block, picture};

/// The blocks with what they show of the catalogue.
pub struct ShownHome {
    blocks: Vec<ShownBlock>,
    categories: Vec<Category>,
    highlights: Arc<Highlights>,
    offers: Offers,
}

struct ShownBlock {
    block: Block,
    /// What it shows products of, if that is not the whole shop.
    of: Option<Part>,
}

/// A category or a collection with its products.
struct Part {
    name: String,
    path: String,
    cards: Vec<Card>,
}

/// Looks up what the blocks show.
pub async fn shown(
    catalog: Arc<dyn Catalog>,
    collections: Arc<dyn Collections>,
    blocks: &[PlacedBlock],
    offers: Offers,
) -> ShopResult<ShownHome> {
    let highlights = catalog.home().await?;
    let tree = catalog.category_tree().await?;
    let mut shown = Vec::new();
    for placed in blocks {
        let of = match &placed.block {
            Block::Products(shelf) => match &shelf.source {
                Source::Newest | Source::BestSelling => None,
                Source::Category(id) => in_category(&*catalog, &tree, id).await?,
                Source::Collection(id) => in_collection(&*collections, id).await?,
            },
            _ => None,
        };
        shown.push(ShownBlock {
            block: placed.block.clone(),
            of,
        });
    }
    Ok(ShownHome {
        blocks: shown,
        categories: tree.menu(),
        highlights,
        offers,
    })
}

/// A category may be gone since the block was made.
async fn in_category(
    catalog: &dyn Catalog,
    tree: &CategoryTree,
    id: &str,
) -> ShopResult<Option<Part>> {
    let Some(placed) = tree.of_id(id) else {
        return Ok(None);
    };
    let query = ListQuery {
        category: Some(placed.category.slug.clone()),
        page: 1,
        ..ListQuery::default()
    };
    let list = catalog.list(&query).await?;
    Ok(Some(Part {
        name: placed.category.name.clone(),
        path: address::category(&placed.category.slug),
        cards: list.products.clone(),
    }))
}

async fn in_collection(collections: &dyn Collections, id: &str) -> ShopResult<Option<Part>> {
    let found = collections.of_id(id).await?;
    Ok(found.map(|collection| Part {
        name: collection.name.clone(),
        path: address::collection(&collection.slug),
        cards: collection.products.clone(),
    }))
}

/// The heading of the page: that of its first hero.
pub fn title(blocks: &[PlacedBlock]) -> Option<&Hero> {
    blocks.iter().find_map(|placed| match &placed.block {
        Block::Hero(hero) => Some(hero),
        _ => None,
    })
}

/// `name` is the shop's, for a page that has no heading of its own.
pub fn view(home: &ShownHome, name: &str) -> AnyView {
    let mut has_title = false;
    let blocks: Vec<_> = home
        .blocks
        .iter()
        .enumerate()
        .map(|(number, shown)| {
            let id = format!("block-{number}");
            match &shown.block {
                Block::Hero(hero) => {
                    let heading = heading_of(hero, name);
                    let is_first = !has_title && !heading.is_empty();
                    has_title |= is_first;
                    let level = if is_first {
                        Level::First
                    } else {
                        Level::Second
                    };
                    hero_block(hero, heading, id, level, home)
                }
                Block::Text(text) => text_block(text, id),
                Block::Picture(picture) => picture_block(picture),
                Block::Products(shelf) => products(shelf, id, shown.of.as_ref(), home),
                Block::Categories(block) => tiles(id, block.heading_in(locale()), &home.categories),
                Block::Promises(promises) => promised(promises, &home.offers),
            }
        })
        .collect();
    let title = (!has_title).then(|| view! { <h1 class="visually-hidden">{name.to_owned()}</h1> });
    view! { <div class="container">{title} {blocks}</div> }.into_any()
}

fn link(button: &Button, class: &'static str) -> AnyView {
    view! { <a class=class href=target(&button.link)>{button.words.clone()}</a> }.into_any()
}

/// Paragraphs are separated by blank lines, and lines end where they were ended.
fn paragraphs(text: &str) -> AnyView {
    let paragraphs: Vec<_> = text
        .split("\n\n")
        .map(str::trim)
        .filter(|paragraph| !paragraph.is_empty())
        .map(|paragraph| view! { <p class="block-lines">{paragraph.to_owned()}</p> })
        .collect();
    view! { <div class="prose">{paragraphs}</div> }.into_any()
}

fn text_block(block: &TextBlock, id: String) -> Option<AnyView> {
    if block.heading.is_empty() && block.text.is_empty() {
        return None;
    }
    let labelled = (!block.heading.is_empty()).then(|| id.clone());
    let heading = (!block.heading.is_empty()).then(|| {
        let heading = block.heading.clone();
        view! { <div class="section-head"><h2 id=id>{heading}</h2></div> }
    });
    let text = (!block.text.is_empty()).then(|| paragraphs(&block.text));
    let button = block.button.as_ref();
    let button = button.map(|button| view! { <p class="row">{link(button, "btn")}</p> });
    let section = view! {
        <section class="section block-text" aria-labelledby=labelled>
            {heading} {text} {button}
        </section>
    };
    Some(section.into_any())
}

fn picture_block(block: &PictureBlock) -> Option<AnyView> {
    let src = block.picture_src.as_ref()?;
    let shown = picture(
        src,
        &block.alt,
        "block-picture",
        AS_WIDE_AS_THE_PAGE.to_owned(),
        None,
    );
    let shown = match &block.link {
        Some(link) => view! { <a class="block-link" href=target(link)>{shown}</a> }.into_any(),
        None => shown,
    };
    let caption = (!block.text.is_empty())
        .then(|| view! { <figcaption>{paragraphs(&block.text)}</figcaption> });
    Some(view! { <figure class="section">{shown} {caption}</figure> }.into_any())
}

fn products(block: &Shelf, id: String, of: Option<&Part>, home: &ShownHome) -> Option<AnyView> {
    let text = Standard::from(locale());
    let heading = block.heading_in(locale());
    let (heading, link, href, cards) = match (&block.source, of) {
        (Source::Newest, _) => {
            let href = href("/products?sort=newest");
            (
                heading,
                text.all_new_arrivals(),
                href,
                &home.highlights.newest,
            )
        }
        (Source::BestSelling, _) => {
            let href = href("/products?sort=best-selling");
            (
                heading,
                text.all_bestsellers(),
                href,
                &home.highlights.popular,
            )
        }
        (Source::Category(_) | Source::Collection(_), Some(part)) => {
            let heading = match heading.is_empty() {
                true => part.name.clone(),
                false => heading,
            };
            (heading, text.shop_all(), href(&part.path), &part.cards)
        }
        (Source::Category(_) | Source::Collection(_), None) => return None,
    };
    let count = usize::try_from(block.count).unwrap_or_default();
    shelf(ShownShelf {
        id,
        heading,
        link: link.to_owned(),
        href,
        cards: &cards[..cards.len().min(count)],
        currency: &home.offers.currency,
    })
}

/// A picture beside each promise, by its place.
const PROMISE_ICONS: [Icon; 4] = [Icon::Stock, Icon::Tag, Icon::Cash, Icon::Person];

/// That of cash is made while it can be kept.
fn promised(block: &Promises, offers: &Offers) -> Option<AnyView> {
    let items = block.items_in(locale()).into_iter().zip(PROMISE_ICONS);
    let kept = items.filter(|(item, _)| !item.is_of_cash() || offers.takes(PaymentSign::Cash));
    let shown = kept
        .map(|(item, icon)| ShownPromise {
            icon,
            title: item.title,
            text: item.text,
        })
        .collect();
    let name = Standard::from(locale()).why_shop_with_us();
    promises(name.to_owned(), shown)
}
