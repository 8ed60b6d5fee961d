//! What is exported can be imported again, unchanged.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::testing::{products, written};
use super::{Entry, ImageRecord, ProductRecord, Said, Units, VariantRecord, read};
use crate::text::{html::sanitise, spelled_before};

/// Text as people and attackers write it, trimmed as a reader leaves it.
fn text(max: usize) -> impl Strategy<Value = String> {
    let start = "[=+\\-@'\"\t ,＝]{0,3}";
    let middle = prop_oneof![
        Just(String::new()),
        "\\PC{0,12}",
        "[a-z ',\"\n\t=;\u{feff}\u{200d}é字🧶-]{0,12}",
    ];
    (start, middle).prop_map(move |(start, middle)| {
        let text: String = format!("{start}{middle}")
            .trim()
            .chars()
            .take(max)
            .collect();
        text.trim().to_owned()
    })
}

fn filled(max: usize) -> impl Strategy<Value = String> {
    text(max).prop_map(|text| {
        if text.is_empty() {
            "x".to_owned()
        } else {
            text
        }
    })
}

fn tags() -> impl Strategy<Value = Vec<String>> {
    vec(filled(60), 0..5).prop_map(|tags| {
        let cut = tags.iter().flat_map(|tag| tag.split(',')).map(str::trim);
        let mut tags: Vec<_> = cut
            .filter(|tag| !tag.is_empty())
            .map(str::to_owned)
            .collect();
        tags.sort_unstable();
        tags.dedup();
        tags
    })
}

fn description() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        text(40),
        Just("<p>".to_owned()),
        Just("</p>".to_owned()),
        Just("<a href=\"https://example.com/?a&b\">".to_owned()),
        Just("<ul><li>".to_owned()),
        Just("<table><td>".to_owned()),
        Just("\n".to_owned()),
    ];
    vec(piece, 0..8).prop_map(|pieces| sanitise(&pieces.concat()).trim().to_owned())
}

fn images() -> impl Strategy<Value = Vec<ImageRecord>> {
    let src = prop_oneof![
        "/media/[a-z0-9@,=' -]{1,6}x",
        "https://example\\.com/[a-z,=@]{1,6}"
    ];
    vec((src, text(512)), 0..5).prop_map(|images| {
        let mut all: Vec<ImageRecord> = Vec::new();
        for (src, alt) in images {
            if all.iter().all(|known| known.src != src) {
                let position = all.len() as i64 + 1;
                let alt = Said::This(alt);
                all.push(ImageRecord { src, position, alt });
            }
        }
        all
    })
}

fn variant(options: Vec<String>, image_srcs: Vec<String>) -> impl Strategy<Value = VariantRecord> {
    let image = option::of(any::<prop::sample::Index>());
    let money = 0..=1_000_000_000_000_i64;
    let count = 0..=1_000_000_000_i64;
    (
        option::of(filled(60)),
        money.clone(),
        option::of(money),
        option::of(count.clone()),
        count.clone(),
        image,
        (
            any::<bool>(),
            option::of(any::<bool>()),
            option::of(count),
            option::of(Just("4006381333931".to_owned())),
            option::of(0..=1_000_000_i64),
        ),
    )
        .prop_map(
            move |(sku, price_minor, compare_at_minor, stock, grams, image, kept)| VariantRecord {
                line: 0,
                options: Said::This(options.clone()),
                sku: Said::This(sku),
                sku_is_repeated: false,
                price_minor: Said::This(price_minor),
                compare_at_minor: Said::This(compare_at_minor),
                units: match (kept.0, stock) {
                    (true, stock) => stock.map_or(Units::Untold, Units::Tracked),
                    (false, stock) => Units::Untracked(stock),
                },
                tracked: Said::This(kept.0),
                sells_on: kept.1.map_or(Said::Nothing, Said::This),
                backorder_limit: kept.2.map_or(Said::Nothing, Said::This),
                barcode: Said::This(kept.3),
                cost_minor: Said::This(kept.4),
                grams: Said::This(grams),
                image_src: Said::This(
                    image
                        .filter(|_| !image_srcs.is_empty())
                        .map(|index| index.get(&image_srcs).clone()),
                ),
            },
        )
}

/// Option names, each once whatever its case, and as many different rows of values.
fn options() -> impl Strategy<Value = (Vec<String>, Vec<Vec<String>>)> {
    let name = prop_oneof![filled(30), Just("Title".to_owned())];
    let value = prop_oneof![filled(30), Just("Default Title".to_owned())];
    (vec(name, 0..=3), vec(vec(value, 3), 1..5)).prop_map(|(mut names, mut rows)| {
        let mut seen = Vec::new();
        names.retain(|name| {
            let new = !seen.contains(&name.to_lowercase());
            seen.push(name.to_lowercase());
            new
        });
        rows.iter_mut().for_each(|row| row.truncate(names.len()));
        rows.sort();
        rows.dedup();
        // This is how a file says that there are no options.
        if names == ["Title"] && rows == [["Default Title"]] {
            rows[0][0].push('!');
        }
        (names, rows)
    })
}

prop_compose! {
    fn product()(images in images(), (options, rows) in options())(
        variants in rows
            .into_iter()
            .map(|row| variant(row, images.iter().map(|image| image.src.clone()).collect()))
            .collect::<Vec<_>>(),
        options in Just(options),
        images in Just(images),
        handle in "[a-z0-9йщ茶]{1,8}(-[a-z0-9йщ茶]{1,8}){0,2}",
        title in filled(255),
        description_html in description(),
        vendor in text(120),
        category in text(120),
        tags in tags(),
        active in any::<bool>(),
        prepaid in option::of(any::<bool>()),
        seo_title in option::of(filled(255)),
        seo_description in option::of(filled(1000)),
    ) -> ProductRecord {
        ProductRecord {
            line: 0,
            handle,
            old_handle: None,
            title: Said::This(title),
            description_html: Said::This(description_html),
            vendor: Said::This(vendor),
            category: Said::This(category),
            tags: Said::This(tags),
            active: Some(active),
            prepaid,
            options: Said::This(options),
            variants,
            images: Said::This(images),
            seo_title: Said::This(seo_title),
            seo_description: Said::This(seo_description),
            translations: Vec::new(),
            remarks: Vec::new(),
        }
    }
}

/// Several products, made to differ in their handles and SKUs as those of one shop do.
fn shop() -> impl Strategy<Value = Vec<ProductRecord>> {
    vec(product(), 1..4).prop_map(|mut all| {
        for (number, product) in all.iter_mut().enumerate() {
            product.handle = format!("{}-{number}", product.handle);
            product.old_handle = spelled_before(&product.handle);
            for (place, variant) in product.variants.iter_mut().enumerate() {
                if let Said::This(Some(sku)) = &mut variant.sku {
                    sku.push_str(&format!("{number}.{place}"));
                }
            }
        }
        all
    })
}

/// Lines belong to a file and not to a product.
fn without_lines(mut products: Vec<ProductRecord>) -> Vec<ProductRecord> {
    for product in &mut products {
        product.line = 0;
        product
            .variants
            .iter_mut()
            .for_each(|variant| variant.line = 0);
    }
    products
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(shop in shop(), digits in 0_u32..4) {
        let file = written(&shop, digits);
        let entries = read(file.as_slice(), digits).unwrap();
        let mut back = Vec::new();
        for entry in entries {
            match entry {
                Entry::Product(product) => back.push(product),
                Entry::Bad(bad) => prop_assert!(false, "{:?}", bad),
            }
        }
        prop_assert_eq!(without_lines(back), shop);
    }

    #[test]
    fn no_exported_cell_starts_like_a_formula(shop in shop()) {
        let file = written(&shop, 2);
        for record in ::csv::Reader::from_reader(file.as_slice()).records() {
            for cell in record.unwrap().iter() {
                let start = cell.trim_start_matches(' ');
                prop_assert!(!start.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{}", cell);
            }
        }
    }

    #[test]
    fn any_bytes_are_read_without_a_panic(tail in vec(any::<u8>(), 0..300), cells in "[a-z0-9,\"\n\r=.' -]{0,300}") {
        let header = b"Handle,Title,Price,Option1 Name,Option1 Value,Image Src\n".to_vec();
        for rest in [tail, cells.into_bytes()] {
            let file = [header.clone(), rest].concat();
            let _ = read(file.as_slice(), 2).unwrap().count();
        }
    }
}

#[test]
fn an_export_of_an_import_is_the_same_file_again() {
    let file = "Handle,Title,Body (HTML),Price,Variant Grams\na,'=x,<p>a<button><p>b</p></button></p>,\"1,234.00\",0\n";
    let once = written(&products(file), 2);
    assert_eq!(written(&products(&once), 2), once);
}
