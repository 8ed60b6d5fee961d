//! Product files into the catalogue.

use std::{
    collections::BTreeSet,
    io::{Read, Seek, SeekFrom},
};

use app::money::currency_digits;
pub use app::ports::BadRows;

use super::{
    csv::{self, BadRow, Entry, ProductRecord},
    draft::{PictureDraft, ProductDraft, StockTarget, VariantDraft},
    write::{CatalogWrite, StockReason},
};
use crate::{
    admin::audit,
    clock::Clock,
    db::{Db, Get, Sql},
    error::{Error, Result},
};

#[derive(Debug, Default, PartialEq)]
pub struct ImportReport {
    pub created: usize,
    pub updated: usize,
    pub unchanged: usize,
    pub bad: Vec<BadRow>,
    /// Ids of the products that look different now.
    pub changed: BTreeSet<String>,
}

/// Products written per transaction: shoppers get their turn between two of them.
const BATCH: usize = 100;
/// Who changes stock when a file is imported on the command line.
const ACTOR: &str = "import";

/// Reads the file twice: first to find everything that is wrong, then to write. `progress` is
/// told the number of products done.
pub async fn import(
    db: &Db,
    clock: &dyn Clock,
    mut file: impl Read + Seek,
    currency: &str,
    bad_rows: BadRows,
    mut progress: impl FnMut(usize),
) -> Result<ImportReport> {
    let digits = currency_digits(currency);
    let mut report = ImportReport::default();
    let mut left_out = BTreeSet::new();

    let mut batch = Vec::new();
    for entry in csv::read(&mut file, digits).map_err(header)? {
        match entry {
            Entry::Product(record) => batch.push(record),
            Entry::Bad(rows) => report.bad.extend(rows),
        }
        if batch.len() >= BATCH {
            check_skus(db, &batch, &mut report.bad, &mut left_out).await?;
            batch.clear();
        }
    }
    check_skus(db, &batch, &mut report.bad, &mut left_out).await?;
    if !report.bad.is_empty() && bad_rows == BadRows::Refuse {
        return Ok(report);
    }

    file.seek(SeekFrom::Start(0))?;
    let mut batch = Vec::new();
    for entry in csv::read(&mut file, digits).map_err(header)? {
        if let Entry::Product(record) = entry
            && !left_out.contains(&record.handle)
        {
            batch.push(record);
        }
        if batch.len() >= BATCH {
            write(
                db,
                clock,
                ACTOR,
                std::mem::take(&mut batch),
                &mut report,
                Trail::None,
            )
            .await?;
            progress(report.created + report.updated + report.unchanged);
        }
    }
    write(db, clock, ACTOR, batch, &mut report, Trail::None).await?;
    progress(report.created + report.updated + report.unchanged);
    Ok(report)
}

fn header(error: csv::HeaderError) -> Error {
    Error::Setting(error.to_string())
}

/// A SKU of the file that belongs to another product of the shop would stop the writing half-way.
pub async fn check_skus(
    db: &Db,
    records: &[ProductRecord],
    bad: &mut Vec<BadRow>,
    left_out: &mut BTreeSet<String>,
) -> Result<()> {
    let skus: Vec<&str> = records
        .iter()
        .flat_map(|record| record.variants.iter().filter_map(|v| v.sku.as_deref()))
        .collect();
    if skus.is_empty() {
        return Ok(());
    }
    let mut sql = Sql::new(
        "SELECT v.sku, p.slug FROM variants v JOIN products p ON p.id = v.product_id WHERE v.sku",
    );
    sql.push(db.dialect().among(1));
    let rows = sql
        .bind_only(serde_json::to_string(&skus)?)
        .fetch_all(db.reader())
        .await?;
    for row in rows {
        let (sku, slug) = (row.text("sku")?, row.text("slug")?);
        for record in records.iter().filter(|record| record.handle != slug) {
            for variant in record
                .variants
                .iter()
                .filter(|v| v.sku.as_deref() == Some(&sku))
            {
                left_out.insert(record.handle.clone());
                bad.push(BadRow {
                    line: variant.line,
                    column: "Variant SKU".to_owned(),
                    reason: format!("{sku:?} belongs to the product {slug:?} of the shop"),
                });
            }
        }
    }
    Ok(())
}

/// Whether changes go into the audit log one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trail {
    /// As somebody on the staff makes them.
    Kept,
    /// As whoever runs the machine fills the shop with.
    None,
}

/// Writes products that were checked, in one transaction; `actor` goes into the movements of stock.
pub async fn write(
    db: &Db,
    clock: &dyn Clock,
    actor: &str,
    records: Vec<ProductRecord>,
    report: &mut ImportReport,
    trail: Trail,
) -> Result<()> {
    if records.is_empty() {
        return Ok(());
    }
    let now = clock.now();
    let mut write = CatalogWrite::begin(db, now, actor, StockReason::Import).await?;
    let slugs: Vec<&str> = records
        .iter()
        .map(|record| record.handle.as_str())
        .collect();
    write.lock_variants_of(&slugs).await?;
    let mut new = Vec::new();
    let (mut updated, mut unchanged) = (0, 0);
    for record in records {
        let Some(id) = write.id_of_slug(&record.handle).await? else {
            new.push(draft(record, None));
            continue;
        };
        let Some(stored) = write.stored(&id).await? else {
            continue;
        };
        let draft = draft(record, Some(&stored.draft));
        let same_stock = draft
            .variants
            .iter()
            .zip(&stored.stock)
            .all(|(variant, units)| {
                matches!(variant.stock, StockTarget::Keep)
                    || variant.stock == StockTarget::Set(*units)
            });
        if same_stock && without_stock(&draft) == without_stock(&stored.draft) {
            unchanged += 1;
        } else {
            write.update(&stored, &draft).await?;
            if trail == Trail::Kept {
                let (before, after) = (
                    audit::summary_of(&stored),
                    audit::summary_after(&stored, &draft),
                );
                let subject = ("product", id.as_str());
                audit::record(
                    write.tx(),
                    now,
                    actor,
                    "product.update",
                    subject,
                    Some(before),
                    Some(after),
                )
                .await?;
            }
            updated += 1;
        }
    }
    if !new.is_empty() {
        let ids = write.create(&new).await?;
        if trail == Trail::Kept {
            for (id, draft) in ids.iter().zip(&new) {
                let after = Some(audit::summary(draft));
                let subject = ("product", id.as_str());
                audit::record(
                    write.tx(),
                    now,
                    actor,
                    "product.create",
                    subject,
                    None,
                    after,
                )
                .await?;
            }
        }
    }
    report.changed.extend(write.commit().await?.products);
    report.created += new.len();
    report.updated += updated;
    report.unchanged += unchanged;
    Ok(())
}

fn without_stock(draft: &ProductDraft) -> ProductDraft {
    let mut draft = draft.clone();
    for variant in &mut draft.variants {
        variant.stock = StockTarget::Keep;
    }
    draft
}

/// The file's word counts for everything it names. Variants are recognised by SKU, else by options.
pub fn draft(record: ProductRecord, stored: Option<&ProductDraft>) -> ProductDraft {
    let variants = record
        .variants
        .into_iter()
        .map(|variant| {
            let mut options: [String; 3] = Default::default();
            for (slot, value) in options.iter_mut().zip(variant.options) {
                *slot = value;
            }
            let known = stored.and_then(|stored| {
                let by_sku = stored
                    .variants
                    .iter()
                    .find(|old| variant.sku.is_some() && old.sku == variant.sku);
                by_sku.or_else(|| stored.variants.iter().find(|old| old.options == options))
            });
            VariantDraft {
                row: 0,
                id: known.and_then(|old| old.id.clone()),
                options,
                sku: variant.sku,
                price_minor: variant.price_minor,
                compare_at_minor: variant.compare_at_minor,
                grams: variant.grams,
                picture_src: variant.image_src,
                stock: variant.stock.map_or(StockTarget::Keep, StockTarget::Set),
            }
        })
        .collect();
    let mut draft = ProductDraft {
        slug: record.handle,
        title: record.title,
        description_html: record.description_html,
        vendor: record.vendor,
        category: record.category,
        tags: record
            .tags
            .iter()
            .map(|tag| tag.to_lowercase())
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect(),
        active: record.active,
        seo_title: record.seo_title,
        seo_description: record.seo_description,
        options: record.options,
        variants,
        pictures: record
            .images
            .into_iter()
            .map(|image| PictureDraft {
                id: stored.and_then(|stored| {
                    stored
                        .pictures
                        .iter()
                        .find(|old| old.src == image.src)?
                        .id
                        .clone()
                }),
                src: image.src,
                alt: image.alt,
            })
            .collect(),
    };
    // Two rows of the file may claim the same stored variant; the first has it.
    let mut claimed = BTreeSet::new();
    for variant in &mut draft.variants {
        if variant
            .id
            .as_ref()
            .is_some_and(|id| !claimed.insert(id.clone()))
        {
            variant.id = None;
        }
    }
    draft
}
