//! Product files into the catalogue.

use std::{
    borrow::Borrow,
    collections::BTreeSet,
    io::{Read, Seek, SeekFrom},
};

use app::money::currency_digits;
pub use app::ports::BadRows;

use super::{
    csv::{self, BadRow, Entry, ProductRecord},
    draft::{PictureDraft, ProductDraft, StockTarget, VariantDraft},
    known::{self, Known},
    write::{CatalogWrite, StockReason, StoredProduct},
};
use crate::{
    clock::Clock,
    db::{Db, Dialect, Get, Sql},
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
            let read = db.reader();
            check_skus(read, db.dialect(), &batch, &mut report.bad, &mut left_out).await?;
            batch.clear();
        }
    }
    let (read, dialect) = (db.reader(), db.dialect());
    check_skus(read, dialect, &batch, &mut report.bad, &mut left_out).await?;
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
            let batch = std::mem::take(&mut batch);
            write(db, clock, ACTOR, currency, batch, &mut report).await?;
            progress(report.created + report.updated + report.unchanged);
        }
    }
    write(db, clock, ACTOR, currency, batch, &mut report).await?;
    progress(report.created + report.updated + report.unchanged);
    Ok(report)
}

fn header(error: csv::HeaderError) -> Error {
    Error::Setting(error.to_string())
}

/// A SKU of the file that belongs to another product of the shop would stop the writing half-way.
pub async fn check_skus(
    read: impl sqlx::Executor<'_, Database = sqlx::Any>,
    dialect: Dialect,
    records: &[impl Borrow<ProductRecord>],
    bad: &mut Vec<BadRow>,
    left_out: &mut BTreeSet<String>,
) -> Result<()> {
    let records = || records.iter().map(Borrow::borrow);
    let skus: Vec<&str> = records()
        .flat_map(|record: &ProductRecord| record.variants.iter().filter_map(|v| v.sku.as_deref()))
        .collect();
    if skus.is_empty() {
        return Ok(());
    }
    let moved: Vec<&str> = records()
        .filter(|record: &&ProductRecord| record.old_handle.is_some())
        .map(|record| record.handle.as_str())
        .collect();
    let mut sql = Sql::new(
        "SELECT v.sku, p.slug FROM variants v JOIN products p ON p.id = v.product_id WHERE v.sku",
    );
    sql.push(dialect.among(1))
        .bind(serde_json::to_string(&skus)?);
    // Which of the addresses are in use that the file's handles did not always give.
    sql.push(" UNION ALL SELECT '' AS sku, slug FROM products WHERE slug")
        .push(dialect.among(2))
        .bind(serde_json::to_string(&moved)?);
    let mut belongs = Vec::new();
    let mut in_use = BTreeSet::new();
    for row in sql.fetch_all(read).await? {
        let (sku, slug) = (row.text("sku")?, row.text("slug")?);
        match sku.is_empty() {
            true => {
                in_use.insert(slug);
            }
            false => belongs.push((sku, slug)),
        }
    }
    for (sku, slug) in belongs {
        let is_its_own = |record: &ProductRecord| {
            record.handle == slug
                || (record.old_handle.as_ref() == Some(&slug) && !in_use.contains(&record.handle))
        };
        for record in records().filter(|&record: &&ProductRecord| !is_its_own(record)) {
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

/// Writes products that were checked, in one transaction; `actor` goes into the movements of stock.
async fn write(
    db: &Db,
    clock: &dyn Clock,
    actor: &str,
    currency: &str,
    records: Vec<ProductRecord>,
    report: &mut ImportReport,
) -> Result<()> {
    if records.is_empty() {
        return Ok(());
    }
    let mut write = CatalogWrite::begin(db, clock.now(), actor, StockReason::Import).await?;
    write.priced_in(currency).await?;
    let slugs: Vec<&str> = records
        .iter()
        .flat_map(|record| [Some(record.handle.as_str()), record.old_handle.as_deref()])
        .flatten()
        .collect();
    write.lock_variants_of(&slugs).await?;
    let mut goods = Vec::new();
    let mut known = Known::of(&records);
    for record in records {
        let stored = known.stored(&mut write, &record).await?;
        let draft = draft(record, stored.as_ref().map(|stored| &stored.draft));
        goods.push(Incoming { stored, draft });
    }
    let written = put(&mut write, &goods).await?;
    report.changed.extend(write.commit().await?.products);
    for written in written {
        match written {
            Written::Created(_) => report.created += 1,
            Written::Updated => report.updated += 1,
            Written::Unchanged => report.unchanged += 1,
        }
    }
    Ok(())
}

/// A product of a file beside the stored one.
pub struct Incoming {
    pub stored: Option<StoredProduct>,
    pub draft: ProductDraft,
}

impl Incoming {
    fn changes(&self, stored: &StoredProduct) -> bool {
        let mut variants = self.draft.variants.iter();
        let moves = variants.any(|variant| {
            let units = variant.id.as_deref().and_then(|id| stored.units_of(id));
            units.is_some_and(|units| variant.stock.from(units) != units)
        });
        moves || without_stock(&self.draft) != without_stock(&stored.draft)
    }
}

/// What became of a product of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// Its id.
    Created(String),
    Updated,
    Unchanged,
}

/// Writes products that were checked and, if they are stored, locked.
pub async fn put(write: &mut CatalogWrite, goods: &[Incoming]) -> Result<Vec<Written>> {
    let mut written: Vec<Written> = Vec::with_capacity(goods.len());
    for one in goods {
        written.push(match &one.stored {
            None => Written::Created(String::new()),
            Some(stored) if one.changes(stored) => Written::Updated,
            Some(_) => Written::Unchanged,
        });
    }
    // All at once, so that two writers take them in the same order.
    let to_write = || {
        let both = goods.iter().zip(&written);
        both.filter(|(_, written)| **written != Written::Unchanged)
    };
    let categories = to_write().map(|(one, _)| one.draft.category.as_str());
    write.categories(categories).await?;
    let mut new = Vec::new();
    for (one, _) in to_write() {
        match &one.stored {
            Some(stored) => write.update(stored, &one.draft).await?,
            None => new.push(one.draft.clone()),
        }
    }
    if new.is_empty() {
        return Ok(written);
    }
    let mut ids = write.create(&new).await?.into_iter();
    for written in &mut written {
        if let Written::Created(id) = written {
            *id = ids.next().unwrap_or_default();
        }
    }
    Ok(written)
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
        // A product keeps its address, also one that would be spelled otherwise today.
        slug: stored.map_or(record.handle, |stored| stored.slug.clone()),
        title: record.title,
        description_html: record.description_html,
        vendor: record.vendor,
        category: known::category(record.category, stored),
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
