//! Who keeps a SKU that several have.

use std::collections::{BTreeMap, BTreeSet};

use desk::admin::jobs::{told::Message, types::RepeatedSkus};

use crate::{
    db::{Dialect, Sql, from_row},
    error::Result,
    product_files::csv::{BadRow, ProductRecord, Remark, Said, VariantRecord},
};

/// The usual name of the column.
const COLUMN: &str = "Variant SKU";

/// What is left of a file's products once every SKU has one owner: the product of the shop that has
/// it already, or else the first row of the file.
#[derive(Debug, Default)]
pub struct SettledSkus {
    pub records: Vec<ProductRecord>,
    /// Why the others are left out.
    pub bad: Vec<BadRow>,
    /// Variants whose SKU someone else has.
    pub repeated: i64,
}

/// `products` are the ids of the shop's products that the file's are, by the file's handles.
pub async fn settle(
    read: impl sqlx::Executor<'_, Database = sqlx::Any>,
    dialect: Dialect,
    records: Vec<ProductRecord>,
    products: &BTreeMap<String, String>,
    choice: RepeatedSkus,
) -> Result<SettledSkus> {
    let owners = owners(read, dialect, &records).await?;
    let mut settled = SettledSkus::default();
    for mut record in records {
        let product_id = products.get(&record.handle);
        let mut kept = BTreeSet::new();
        let mut bad = Vec::new();
        for variant in &mut record.variants {
            let Some(sku) = variant.said_sku().map(str::to_owned) else {
                continue;
            };
            let reason = match owners.get(&sku) {
                Some(owner) if Some(&owner.product_id) != product_id => {
                    Some(Message::SkuOfProduct {
                        sku: sku.clone(),
                        handle: owner.slug.clone(),
                    })
                }
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
                    reason: reason.into(),
                }),
                RepeatedSkus::DropSku => {
                    variant.sku = Said::This(None);
                    record.remarks.push(Remark {
                        line: variant.line,
                        column: COLUMN.to_owned(),
                        words: Message::WithoutSku {
                            why: Box::new(reason),
                        }
                        .into(),
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

fn earlier(sku: &str) -> Message {
    Message::SkuOfRow {
        sku: sku.to_owned(),
    }
}

/// The product of the shop that has a SKU.
struct Owner {
    product_id: String,
    slug: String,
}

/// Who has the records' SKUs.
async fn owners(
    read: impl sqlx::Executor<'_, Database = sqlx::Any>,
    dialect: Dialect,
    records: &[ProductRecord],
) -> Result<BTreeMap<String, Owner>> {
    let variants = records.iter().flat_map(|record| &record.variants);
    let skus: Vec<&str> = variants.filter_map(VariantRecord::said_sku).collect();
    if skus.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut sql = Sql::new(
        "SELECT v.sku, v.product_id, p.slug FROM variants v JOIN products p ON p.id = v.product_id \
         WHERE v.sku",
    );
    sql.push(dialect.in_json_array(1))
        .bind(serde_json::to_string(&skus)?);
    let owned: Vec<Owned> = sql.fetch_all_as(read).await?;
    Ok(owned
        .into_iter()
        .map(|owned| (owned.sku, owned.owner))
        .collect())
}

struct Owned {
    sku: String,
    owner: Owner,
}

from_row!(Owned { sku, owner: row });

from_row!(Owner { product_id, slug });
