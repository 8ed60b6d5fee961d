//! The demo catalogue, and large made-up ones for load work.

mod german;

use std::{collections::BTreeSet, io::Cursor};

use desk::admin::jobs::types::ImportChoices;
use rand::{Rng, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use serde_json::json;

use crate::{
    catalog::write::{
        CatalogWrite, StockReason,
        draft::{PictureDraft, ProductDraft, StockTarget, VariantDraft},
    },
    clock::Clock,
    db::Sql,
    error::{Error, Result},
    ids::new_id,
    pictures::media::{demo_names, demo_scene},
    product_files::import::{self, BadRows, Import, ImportReport, Trail},
    store::Store,
};

const DEMO: &[u8] = include_bytes!("../demo/catalog.csv");

/// Whether there is no product at all.
pub async fn is_empty(db: &Store) -> Result<bool> {
    let products: i64 = Sql::new("SELECT COUNT(*) AS n FROM products")
        .fetch_value(db.reader())
        .await?;
    Ok(products == 0)
}

/// Imports the demo catalogue, in English with its German translation; doing it again changes nothing.
pub async fn seed_demo(db: &Store, clock: &dyn Clock, currency: &str) -> Result<ImportReport> {
    let import = Import {
        db,
        clock,
        currency,
        file: "the demo catalogue",
        bad_rows: BadRows::Refuse,
        choices: ImportChoices::default(),
        trail: Trail::FileOnly,
    };
    let report = import.checked(Cursor::new(DEMO), |_| {}).await?;
    match report.bad.first() {
        Some(bad) => Err(Error::Invariant(format!(
            "the demo catalogue is sound: {bad}"
        ))),
        None => {
            picture_categories(db, clock).await?;
            german::translate(db, clock, &demo_slugs()?).await?;
            Ok(report)
        }
    }
}

/// The addresses of its products.
fn demo_slugs() -> Result<BTreeSet<String>> {
    let unsound = |error: csv::Error| Error::Invariant(format!("the demo is sound: {error}"));
    let rows = csv::Reader::from_reader(Cursor::new(DEMO)).into_records();
    rows.map(|row| Ok(row.map_err(unsound)?.get(0).unwrap_or_default().to_owned()))
        .collect()
}

/// Gives categories without a picture the demo's, where there is one.
async fn picture_categories(db: &Store, clock: &dyn Clock) -> Result<()> {
    let mut write = CatalogWrite::begin(db, clock.now(), "seed", StockReason::Import).await?;
    let bare = write.stored_categories().await?.into_iter();
    for category in bare.filter(|category| category.picture_src.is_none()) {
        if let Some(name) = demo_scene(&category.slug) {
            let src = format!("/media/demo/{name}");
            write.set_category_picture(&category.id, Some(&src)).await?;
        }
    }
    write.commit().await?;
    Ok(())
}

const NOUNS: [&str; 16] = [
    "Backpack",
    "Bottle",
    "Chair",
    "Desk Lamp",
    "Guitar",
    "Hiking Boot",
    "Jacket",
    "Kettle",
    "Notebook",
    "Paddle",
    "Quilt",
    "Rope",
    "Satchel",
    "Tent",
    "Umbrella",
    "Watch",
];
const KINDS: [&str; 16] = [
    "Harbour",
    "Island",
    "Skerry",
    "Foreland",
    "Tidal",
    "Lighthouse",
    "Northern",
    "Driftwood",
    "Anchor",
    "Beacon",
    "Coastal",
    "Estuary",
    "Granite",
    "Heather",
    "Juniper",
    "Pebble",
];
const CATEGORIES: [&str; 8] = [
    "Bags & Travel",
    "Camping & Outdoors",
    "Clothing & Shoes",
    "Desk & Tech",
    "Home & Kitchen",
    "Music & Audio",
    "Sports",
    "Toys & Games",
];
const COLOURS: [&str; 6] = ["Navy", "Green", "Red", "Sand", "Black", "White"];
const SIZES: [&str; 4] = ["S", "M", "L", "XL"];
const TAGS: [&str; 8] = [
    "gift",
    "travel",
    "recycled",
    "handmade",
    "lightweight",
    "waterproof",
    "new",
    "winter",
];

/// `count` made-up products; the same `seed` gives the same catalogue. `progress` is told how many
/// are done.
pub async fn seed_many(
    db: &Store,
    clock: &dyn Clock,
    count: usize,
    seed: u64,
    mut progress: impl FnMut(usize),
) -> Result<()> {
    let pictures = demo_names();
    let mut rng = StdRng::seed_from_u64(seed);
    let mut done = 0;
    while done < count {
        let batch: Vec<ProductDraft> = (done..count.min(done + 500))
            .map(|n| made_up(n, &pictures, &mut rng))
            .collect();
        let mut write = CatalogWrite::begin(db, clock.now(), "seed", StockReason::Import).await?;
        write.create(&batch).await?;
        write.commit().await?;
        done += batch.len();
        progress(done);
    }
    let after = json!({ "file": "made-up products", "created": count });
    import::note_run(db, clock.now(), &new_id(), after).await
}

fn pick<'a>(choices: &[&'a str], rng: &mut StdRng) -> &'a str {
    choices.choose(rng).copied().unwrap_or_default()
}

fn made_up(n: usize, pictures: &[String], rng: &mut StdRng) -> ProductDraft {
    let title = format!("{} {} {}", pick(&KINDS, rng), pick(&NOUNS, rng), n + 1);
    let price_minor = rng.random_range(5..400) * 100 + 90;
    let compare_at_minor = rng.random_bool(0.2).then_some(price_minor + 2000);
    let colours = rng.random_range(1..=3);
    let mut variants = Vec::new();
    for colour in &COLOURS[..colours] {
        for size in SIZES {
            variants.push(VariantDraft {
                options: [size.to_owned(), (*colour).to_owned(), String::new()],
                sku: Some(format!(
                    "HF-{}-{}-{size}",
                    n + 1,
                    &colour[..3].to_uppercase()
                )),
                price_minor,
                compare_at_minor,
                grams: rng.random_range(100..5000),
                stock: StockTarget::Set(if rng.random_bool(0.1) {
                    0
                } else {
                    rng.random_range(1..200)
                }),
                ..VariantDraft::default()
            });
        }
    }
    let mut tags = vec![pick(&TAGS, rng).to_owned(), pick(&TAGS, rng).to_owned()];
    tags.sort();
    tags.dedup();
    let src = pictures
        .choose(rng)
        .map(|name| format!("/media/demo/{name}"));
    ProductDraft {
        slug: crate::text::slugify(&title),
        description_html: format!("<p>{title}: made up for trying the shop under load.</p>"),
        vendor: "Load Works".to_owned(),
        category: pick(&CATEGORIES, rng).to_owned(),
        tags,
        active: true,
        prepaid: false,
        seo_title: None,
        seo_description: None,
        translations: Default::default(),
        options: vec!["Size".to_owned(), "Colour".to_owned()],
        variants,
        pictures: src
            .into_iter()
            .map(|src| PictureDraft {
                id: None,
                src,
                alt: title.clone(),
            })
            .collect(),
        title,
    }
}
