//! What search engines read of a product: structured data in the words of schema.org.

use app::{
    catalog::{
        address,
        types::{Availability, Product, Variant},
    },
    locale::href,
    money::plain_amount,
    ui::{date::iso, head::absolute},
};
use serde_json::{Value, json};

use super::{breadcrumbs::Crumb, terms::Terms, varies::property};

/// A product with what it costs. With several variants it is a group of products, one for each, as
/// search engines ask for it: price and availability are the variant's.
pub fn product_data(product: &Product, mut terms: Terms<'_>) -> String {
    let base_url = terms.base_url();
    let mut data = json!({
        "@context": "https://schema.org",
        "name": product.title,
        "description": product.description_text,
        "url": format!("{base_url}{}", href(&address::product(&product.slug))),
    });
    let pictures = product.pictures.iter();
    set_images(
        &mut data,
        pictures.map(|picture| absolute(base_url, &picture.src)),
    );
    if !product.vendor.is_empty() {
        data["brand"] = json!({ "@type": "Brand", "name": product.vendor });
    }
    if let Some(category) = &product.category {
        data["category"] = json!(category.name);
    }
    match product.variants.as_slice() {
        [variant] => {
            data["@type"] = json!("Product");
            data["offers"] = json!([offer(product, variant, &mut terms)]);
            set_codes(&mut data, variant);
        }
        variants => {
            data["@type"] = json!("ProductGroup");
            data["productGroupID"] = json!(product.id);
            let options = product.options.iter();
            let varies_by: Vec<_> = options
                .filter_map(property)
                .map(|name| format!("https://schema.org/{name}"))
                .collect();
            if !varies_by.is_empty() {
                data["variesBy"] = json!(varies_by);
            }
            data["hasVariant"] = variants
                .iter()
                .map(|variant| variant_data(product, variant, &mut terms))
                .collect();
        }
    }
    for_script(&data)
}

fn variant_data(product: &Product, variant: &Variant, terms: &mut Terms<'_>) -> Value {
    let base_url = terms.base_url();
    let mut data = json!({
        "@type": "Product",
        "name": name(product, variant),
        "description": product.description_text,
        "offers": offer(product, variant, terms),
    });
    let own = variant.picture_src.iter();
    let first = product.pictures.first().map(|picture| &picture.src);
    set_images(
        &mut data,
        own.chain(first).take(1).map(|src| absolute(base_url, src)),
    );
    set_codes(&mut data, variant);
    let mut others = Vec::new();
    for (option, value) in product.options.iter().zip(&variant.options) {
        match property(option) {
            Some(name) => data[name] = json!(option.label_of(value)),
            None => others.push(json!({
                "@type": "PropertyValue", "name": option.label(),
                "value": option.label_of(value),
            })),
        }
    }
    if !others.is_empty() {
        data["additionalProperty"] = json!(others);
    }
    data
}

/// What a variant is known by, here and in all shops.
fn set_codes(data: &mut Value, variant: &Variant) {
    if let Some(sku) = &variant.sku {
        data["sku"] = json!(sku);
    }
    if let Some(barcode) = &variant.barcode {
        data["gtin"] = json!(barcode);
    }
}

/// An empty list of images would be an error to those who read it.
fn set_images(data: &mut Value, sources: impl Iterator<Item = String>) {
    let sources: Vec<_> = sources.collect();
    if !sources.is_empty() {
        data["image"] = json!(sources);
    }
}

fn name(product: &Product, variant: &Variant) -> String {
    match product.title_of(variant) {
        title if title.is_empty() => product.title.clone(),
        title => format!("{}, {title}", product.title),
    }
}

fn offer(product: &Product, variant: &Variant, terms: &mut Terms<'_>) -> Value {
    let base_url = terms.base_url();
    let availability = match variant.availability {
        Availability::InStock => "https://schema.org/InStock",
        Availability::FewLeft => "https://schema.org/LimitedAvailability",
        Availability::BackOrder => "https://schema.org/BackOrder",
        Availability::SoldOut => "https://schema.org/OutOfStock",
    };
    let mut offer = json!({
        "@type": "Offer",
        "name": name(product, variant),
        "url": format!("{base_url}{}?variant={}", href(&address::product(&product.slug)), variant.id),
        "price": plain_amount(variant.price_minor, &product.currency),
        "priceCurrency": product.currency,
        "availability": availability,
        "itemCondition": "https://schema.org/NewCondition",
    });
    if let Some(sku) = &variant.sku {
        offer["sku"] = json!(sku);
    }
    if let Some(at) = variant.sold_from {
        offer["availabilityStarts"] = json!(iso(at));
    }
    terms.put(&mut offer, variant.price_minor, variant.availability);
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

/// JSON that cannot end the script element it is in.
fn for_script(data: &Value) -> String {
    data.to_string().replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::{
        catalog::types::{Picture, ProductOption},
        checkout::types::Offers,
        shop::ShopSettings,
    };

    fn variant(id: &str, options: &[&str], price_minor: i64, stock: i64) -> Variant {
        Variant {
            id: id.to_owned(),
            sku: Some(format!("SKU-{id}")),
            options: options.iter().map(|value| (*value).to_owned()).collect(),
            price_minor,
            compare_at_minor: None,
            availability: Availability::of(stock, 5),
            picture_src: None,
            barcode: None,
            sold_from: None,
        }
    }

    fn product(options: &[&str], variants: Vec<Variant>) -> Product {
        let options = options.iter().map(|name| ProductOption {
            name: (*name).to_owned(),
            ..ProductOption::default()
        });
        Product {
            id: "p1".to_owned(),
            slug: "rope".to_owned(),
            title: "Rope \"12\" <new>".to_owned(),
            description_html: "<p>Soft &amp; strong</p>".to_owned(),
            description_text: "Soft & strong".to_owned(),
            vendor: "Knots".to_owned(),
            category: None,
            tags: Vec::new(),
            tag_labels: Default::default(),
            options: options.collect(),
            variants,
            pictures: Vec::new(),
            seo_title: None,
            seo_description: None,
            currency: "EUR".to_owned(),
            created_at: 0,
            updated_at: 0,
            drop: None,
        }
    }

    fn data_of(product: &Product) -> Value {
        let settings = ShopSettings {
            base_url: "https://shop.example".to_owned(),
            ..ShopSettings::default()
        };
        let offers = Offers {
            currency: "EUR".to_owned(),
            shipping: Vec::new(),
            payment: Vec::new(),
        };
        let data = product_data(product, Terms::new(&offers, &settings));
        assert!(!data.contains('<'), "{data}");
        serde_json::from_str(&data).expect("it is JSON")
    }

    #[test]
    fn a_product_with_one_variant_is_a_product_with_its_offer() {
        let data = data_of(&product(&[], vec![variant("v1", &[], 1900, 9)]));
        assert_eq!(data["@type"], "Product");
        assert_eq!(data["name"], "Rope \"12\" <new>");
        assert_eq!(data["description"], "Soft & strong");
        assert_eq!(data["sku"], "SKU-v1");
        assert!(data.get("gtin").is_none());
        assert_eq!(data["brand"]["name"], "Knots");
        let offers = data["offers"].as_array().expect("offers");
        assert_eq!(offers.len(), 1);
        assert_eq!(offers[0]["price"], "19.00");
        assert_eq!(offers[0]["availability"], "https://schema.org/InStock");
        for absent in ["image", "hasVariant", "variesBy", "category"] {
            assert!(data.get(absent).is_none(), "{absent}");
        }
    }

    #[test]
    fn a_variant_with_a_barcode_is_known_by_it() {
        let coded = |id: &str| Variant {
            barcode: Some("4006381333931".to_owned()),
            ..variant(id, &["Red"], 1900, 9)
        };
        let one = data_of(&product(&[], vec![coded("v1")]));
        assert_eq!(one["gtin"], "4006381333931");
        let two = data_of(&product(&["Colour"], vec![coded("v1"), coded("v2")]));
        assert_eq!(two["hasVariant"][1]["gtin"], "4006381333931");
        assert!(two.get("gtin").is_none());
    }

    #[test]
    fn variants_have_their_own_price_and_availability_in_a_group() {
        let mut rope = product(
            &["Colour", "Size", "Knot"],
            vec![
                variant("v1", &["Red", "10 m", "Bowline"], 1900, 9),
                variant("v2", &["Blue", "10 m", "Hitch"], 2450, 0),
            ],
        );
        let picture = |src: &str| Picture {
            src: src.to_owned(),
            alt: String::new(),
            cut_out: false,
            size: None,
        };
        rope.pictures = vec![picture("/media/a.webp"), picture("https://e.example/b.jpg")];
        rope.variants[1].picture_src = Some("https://e.example/b.jpg".to_owned());
        let data = data_of(&rope);
        assert_eq!(data["@type"], "ProductGroup");
        assert_eq!(data["productGroupID"], "p1");
        assert!(data.get("offers").is_none());
        assert_eq!(
            data["variesBy"],
            json!(["https://schema.org/color", "https://schema.org/size"])
        );
        assert_eq!(
            data["image"],
            json!([
                "https://shop.example/media/a.webp",
                "https://e.example/b.jpg"
            ])
        );
        let variants = data["hasVariant"].as_array().expect("variants");
        let of = |at: usize, field: &str| variants[at][field].clone();
        assert_eq!(variants.len(), 2);
        assert_eq!(of(0, "@type"), "Product");
        assert_eq!(of(0, "name"), "Rope \"12\" <new>, Red / 10 m / Bowline");
        assert_eq!(
            (of(0, "color"), of(0, "size")),
            (json!("Red"), json!("10 m"))
        );
        assert_eq!(of(0, "additionalProperty")[0]["value"], "Bowline");
        assert_eq!(of(0, "image"), json!(["https://shop.example/media/a.webp"]));
        assert_eq!(of(1, "image"), json!(["https://e.example/b.jpg"]));
        assert_eq!(of(1, "sku"), "SKU-v2");
        for (at, price, availability) in [(0, "19.00", "InStock"), (1, "24.50", "OutOfStock")] {
            let offer = of(at, "offers");
            assert_eq!(offer["@type"], "Offer");
            assert_eq!(offer["price"], price);
            assert_eq!(offer["priceCurrency"], "EUR");
            assert_eq!(
                offer["availability"],
                format!("https://schema.org/{availability}")
            );
        }
    }

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
