//! A product as shoppers would see it if a change of it were saved.

use app::catalog::types::{
    Availability, Category, Picture, Product, ProductOption, Units, Variant,
};

use crate::{
    catalog::write::draft::{ProductDraft, VariantDraft},
    text::{html::plain_text, slugify},
};

/// The product that is stored, as shoppers see it, with what the draft says in its place. `units` are what there
/// is of a variant now.
pub fn drafted(
    stored: Product,
    draft: ProductDraft,
    units: impl Fn(&str) -> i64,
    low_stock: i64,
) -> Product {
    let pictures = draft.pictures.iter().filter_map(|picture| {
        let known = stored
            .pictures
            .iter()
            .find(|known| known.src == picture.src);
        known.map(|known| Picture {
            alt: picture.alt.clone(),
            ..known.clone()
        })
    });
    let count = draft.options.len();
    let variants = draft
        .variants
        .iter()
        .enumerate()
        .map(|(at, variant)| Variant {
            // One that is not stored yet has a name that is no id.
            id: variant.id.clone().unwrap_or_else(|| format!("new-{at}")),
            sku: variant.sku.clone(),
            options: variant.options.iter().take(count).cloned().collect(),
            price_minor: variant.price_minor,
            compare_at_minor: variant.compare_at_minor,
            availability: availability(variant, &units, low_stock),
            picture_src: variant.picture_src.clone(),
            barcode: variant.barcode.clone(),
            sold_from: None,
        });
    let variants: Vec<Variant> = variants.collect();
    let options = draft.options.iter().enumerate().map(|(at, name)| {
        let mut values: Vec<String> = Vec::new();
        for value in variants
            .iter()
            .filter_map(|variant| variant.options.get(at))
        {
            if !values.contains(value) {
                values.push(value.clone());
            }
        }
        ProductOption {
            name: name.clone(),
            values,
            ..ProductOption::default()
        }
    });
    Product {
        options: options.collect(),
        pictures: pictures.collect(),
        category: category(stored.category, &draft.category),
        description_text: plain_text(&draft.description_html),
        slug: draft.slug,
        title: draft.title,
        description_html: draft.description_html,
        vendor: draft.vendor,
        tags: draft.tags,
        seo_title: draft.seo_title,
        seo_description: draft.seo_description,
        variants,
        ..stored
    }
}

fn availability(
    variant: &VariantDraft,
    units: impl Fn(&str) -> i64,
    low_stock: i64,
) -> Availability {
    if !variant.tracked {
        return Availability::InStock;
    }
    let now = variant.id.as_deref().map_or(0, units);
    let on_shelf = variant.stock.from(now);
    let units = Units {
        available: on_shelf + variant.backorder_limit,
        on_shelf,
    };
    units.availability(low_stock)
}

/// One of another name may still be made.
fn category(stored: Option<Category>, name: &str) -> Option<Category> {
    match stored {
        _ if name.is_empty() => None,
        Some(category) if category.name == name => Some(category),
        _ => Some(Category {
            id: String::new(),
            slug: slugify(name),
            name: name.to_owned(),
            picture: None,
        }),
    }
}
