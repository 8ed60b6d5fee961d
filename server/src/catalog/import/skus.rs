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
    let owners = owners(read, dialect, &records).await?;
    let mut settled = Settled::default();
    for mut record in records {
        let mut kept = BTreeSet::new();
        let mut bad = Vec::new();
        for variant in &mut record.variants {
            let Some(sku) = sku(variant).map(str::to_owned) else {
                continue;
            };
            let reason = match owners.get(&sku) {
                Some(slug) if *slug != record.handle => Some(format!(
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

fn sku(variant: &VariantRecord) -> Option<&str> {
    match &variant.sku {
        Said::This(sku) => sku.as_deref(),
        Said::Nothing => None,
    }
}

/// Addresses of the products of the shop that have the records' SKUs.
async fn owners(
    read: impl sqlx::Executor<'_, Database = sqlx::Any>,
    dialect: Dialect,
    records: &[ProductRecord],
) -> Result<BTreeMap<String, String>> {
    let variants = records.iter().flat_map(|record| &record.variants);
    let skus: Vec<&str> = variants.filter_map(sku).collect();
    if skus.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut sql = Sql::new(
        "SELECT v.sku, p.slug FROM variants v JOIN products p ON p.id = v.product_id WHERE v.sku",
    );
    sql.push(dialect.among(1));
    sql.bind_only(serde_json::to_string(&skus)?)
        .fetch_all(read)
        .await?
        .iter()
        .map(|row| Ok((row.text("sku")?, row.text("slug")?)))
        .collect()
}
