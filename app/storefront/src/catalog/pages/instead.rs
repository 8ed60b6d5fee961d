//! What else there is while the choice that is shown is sold out. The style sheet shows it then.

use app::{
    catalog::{
        address,
        text::Text,
        types::{Availability, Card, Product, Variant},
    },
    locale::{href, locale},
};
use leptos::prelude::*;

/// Id of the list of related products.
pub const RELATED: &str = "related";
/// The most variants to choose from.
const MOST: usize = 6;

pub fn instead(product: &Product, related: &[Card]) -> Option<AnyView> {
    let text = Text::from(locale());
    let variants: Vec<_> = others(product)
        .map(|variant| {
            let path = address::product(&product.slug);
            let here = href(&format!("{path}?variant={}", variant.id));
            view! { <li><a class="pill" href=here>{product.title_of(variant)}</a></li> }
        })
        .collect();
    let variants = (!variants.is_empty()).then(|| {
        view! {
            <p class="instead-title">{text.still_available()}</p>
            <ul class="pills">{variants}</ul>
        }
    });
    let related = (!related.is_empty()).then(|| {
        let href = format!("#{RELATED}");
        view! { <p><a class="btn-text" href=href>{text.similar_products()}</a></p> }
    });
    let is_empty = variants.is_none() && related.is_none();
    (!is_empty).then(|| view! { <div class="instead">{variants} {related}</div> }.into_any())
}

/// Those that can be had, of a product that is sold in several.
fn others(product: &Product) -> impl Iterator<Item = &Variant> {
    let all: &[Variant] = match product.options.is_empty() {
        true => &[],
        false => product.variants.as_slice(),
    };
    all.iter()
        .filter(|variant| variant.availability != Availability::SoldOut)
        .take(MOST)
}
