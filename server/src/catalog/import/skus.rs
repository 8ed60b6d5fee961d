//! Who keeps a SKU that several have.

use std::collections::{BTreeMap, BTreeSet};

use app::admin::jobs::RepeatedSkus;

use crate::{
    catalog::csv::{BadRow, ProductRecord, Remark, Said, VariantRecord},
    db::{Dialect, Get, Sql},
    error::Result,
};

/// The usual name of the column.
const COLUMN: &str = "Variant SKU";

/// What is left of a file's products once every SKU has one owner: the product of the shop that has
/// it already, or else the first row of the file.
#[derive(Debug, Default)]
pub struct Settled {
    pub records: Vec<ProductRecord>,
    /// Why the others are left out.
    pub bad: Vec<BadRow>,
    /// Variants whose SKU somebody else has.
    pub repeated: i64,
}

pub async fn settle(
    read: impl sqlx::Executor<'_, Database = sqlx::Any>,
    dialect: Dialect,
    records: Vec<ProductRecord>,
    choice: RepeatedSkus,
) -> Result<Settled> {
    let shop = OfShop::read(read, dialect, &records).await?;
    let mut settled = Settled::default();
    for mut record in records {
        let addresses = shop.addresses(&record);
        let mut kept = BTreeSet::new();
        let mut bad = Vec::new();
        for variant in &mut record.variants {
            let Some(sku) = variant.said_sku().map(str::to_owned) else {
                continue;
            };
            let reason = match shop.owners.get(&sku) {
                Some(slug) if !addresses.contains(slug) => Some(format!(
                    "{sku:?} belongs to the product {slug:?} of the shop"
                )),
                None if variant.sku_is_repeated => Some(earlier(&sku)),
                _ if kept.contains(&sku) => Some(earlier(&sku)),
                _ => None,
            };
            let Some(reason) = reason else {
                kept.insert(sku);
                continue;
            };
            settled.repeated += 1;
            match choice {
                RepeatedSkus::LeaveOut => bad.push(BadRow {
                    line: variant.line,
                    column: COLUMN.to_owned(),
                    reason,
                }),
                RepeatedSkus::DropSku => {
                    variant.sku = Said::This(None);
                    record.remarks.push(Remark {
                        line: variant.line,
                        column: COLUMN.to_owned(),
                        words: format!("{reason}, so this variant comes in without one"),
                    });
                }
            }
        }
        match bad.is_empty() {
            true => settled.records.push(record),
            false => settled.bad.extend(bad),
        }
    }
    Ok(settled)
}

fn earlier(sku: &str) -> String {
    format!("an earlier row has the SKU {sku:?} too")
}

/// What the shop has of a file's SKUs and addresses.
struct OfShop {
    /// Addresses of the products that have the SKUs.
    owners: BTreeMap<String, String>,
    /// Handles at which it has a product, of those that an earlier version read otherwise.
    in_use: BTreeSet<String>,
    /// All handles of the file.
    named: BTreeSet<String>,
}

impl OfShop {
    async fn read(
        read: impl sqlx::Executor<'_, Database = sqlx::Any>,
        dialect: Dialect,
        records: &[ProductRecord],
    ) -> Result<Self> {
        let mut of_shop = Self {
            owners: BTreeMap::new(),
            in_use: BTreeSet::new(),
            named: records.iter().map(|record| record.handle.clone()).collect(),
        };
        let variants = records.iter().flat_map(|record| &record.variants);
        let skus: Vec<&str> = variants.filter_map(VariantRecord::said_sku).collect();
        if skus.is_empty() {
            return Ok(of_shop);
        }
        let moved = records.iter().filter(|record| record.old_handle.is_some());
        let moved: Vec<&str> = moved.map(|record| record.handle.as_str()).collect();
        let mut sql = Sql::new(
            "SELECT v.sku, p.slug FROM variants v JOIN products p ON p.id = v.product_id WHERE v.sku",
        );
        sql.push(dialect.among(1))
            .bind(serde_json::to_string(&skus)?);
        sql.push(" UNION ALL SELECT '' AS sku, slug FROM products WHERE slug")
            .push(dialect.among(2))
            .bind(serde_json::to_string(&moved)?);
        for row in sql.fetch_all(read).await? {
            let (sku, slug) = (row.text("sku")?, row.text("slug")?);
            match sku.is_empty() {
                true => {
                    of_shop.in_use.insert(slug);
                }
                false => {
                    of_shop.owners.insert(sku, slug);
                }
            }
        }
        Ok(of_shop)
    }

    /// Where the record's product may be: at its handle, or else at what an earlier version made of
    /// it, unless the file has another product of that handle.
    fn addresses(&self, record: &ProductRecord) -> Vec<String> {
        let old = record.old_handle.iter();
        let old = old.filter(|old| {
            !self.in_use.contains(&record.handle) && !self.named.contains(old.as_str())
        });
        [&record.handle].into_iter().chain(old).cloned().collect()
    }
}
