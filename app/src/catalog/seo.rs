//! What search engines read of a product: structured data in the words of schema.org.

use serde_json::{Value, json};

use super::{
    address,
    breadcrumbs::Crumb,
    types::{Availability, Product, Variant},
};
use crate::money::plain_amount;

/// The full address of a picture; imported ones may have one already.
pub fn absolute(base_url: &str, src: &str) -> String {
    if src.starts_with('/') {
        format!("{base_url}{src}")
    } else {
        src.to_owned()
    }
}

/// A product with what it costs.
pub fn product_data(product: &Product, base_url: &str) -> String {
    let mut data = json!({
        "@context": "https://schema.org",
        "@type": "Product",
        "name": product.title,
        "description": product.description_text,
        "url": format!("{base_url}{}", address::product(&product.slug)),
        "image": product
            .pictures
            .iter()
            .map(|picture| absolute(base_url, &picture.src))
            .collect::<Vec<_>>(),
        "offers": offers(product, base_url),
    });
    if !product.vendor.is_empty() {
        data["brand"] = json!({ "@type": "Brand", "name": product.vendor });
    }
    if let Some(category) = &product.category {
        data["category"] = json!(category.name);
    }
    if let [Variant { sku: Some(sku), .. }] = product.variants.as_slice() {
        data["sku"] = json!(sku);
    }
    for_script(&data)
}

fn offers(product: &Product, base_url: &str) -> Value {
    let offers: Vec<_> = product
        .variants
        .iter()
        .map(|variant| offer(product, variant, base_url))
        .collect();
    if let [_] = offers.as_slice() {
        return json!(offers);
    }
    let prices = || product.variants.iter().map(|variant| variant.price_minor);
    json!({
        "@type": "AggregateOffer",
        "priceCurrency": product.currency,
        "lowPrice": plain_amount(prices().min().unwrap_or_default(), &product.currency),
        "highPrice": plain_amount(prices().max().unwrap_or_default(), &product.currency),
        "offerCount": offers.len(),
        "offers": offers,
    })
}

fn offer(product: &Product, variant: &Variant, base_url: &str) -> Value {
    let availability = match variant.availability {
        Availability::InStock => "https://schema.org/InStock",
        Availability::FewLeft => "https://schema.org/LimitedAvailability",
        Availability::SoldOut => "https://schema.org/OutOfStock",
    };
    let mut offer = json!({
        "@type": "Offer",
        "url": format!("{base_url}{}?variant={}", address::product(&product.slug), variant.id),
        "price": plain_amount(variant.price_minor, &product.currency),
        "priceCurrency": product.currency,
        "availability": availability,
        "itemCondition": "https://schema.org/NewCondition",
    });
    if let Some(sku) = &variant.sku {
        offer["sku"] = json!(sku);
    }
    let title = variant.title();
    if !title.is_empty() {
        offer["name"] = json!(format!("{}, {title}", product.title));
    }
    offer
}

/// The way to a page; the page itself comes last.
pub fn breadcrumb_data(above: &[Crumb], here: &Crumb, base_url: &str) -> String {
    let items: Vec<_> = above
        .iter()
        .chain([here])
        .enumerate()
        .map(|(at, crumb)| {
            json!({
                "@type": "ListItem",
                "position": at + 1,
                "name": crumb.name,
                "item": format!("{base_url}{}", crumb.href),
            })
        })
        .collect();
    for_script(&json!({
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": items,
    }))
}

/// JSON that cannot end the script element it stands in.
fn for_script(data: &Value) -> String {
    data.to_string().replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_cannot_leave_its_script_element() {
        let crumb = Crumb {
            name: "</script><script>alert(1)</script>".to_owned(),
            href: "/".to_owned(),
        };
        let data = breadcrumb_data(&[], &crumb, "https://shop.example");
        assert!(!data.contains('<'));
        let read: Value = serde_json::from_str(&data).expect("it is JSON");
        assert_eq!(read["itemListElement"][0]["name"], crumb.name);
    }
}
