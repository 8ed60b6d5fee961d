//! Which product of the shop a product of a file is.

use std::collections::{BTreeMap, BTreeSet};

use desk::admin::jobs::told::Message;

use crate::{
    catalog::write::{CatalogWrite, StoredProduct, draft::ProductDraft},
    error::Result,
    product_files::csv::{BadRow, ProductRecord, Said, VariantRecord},
    text::{fold, name_key},
};

/// Which products of the shop the products of one file are: each is that of one handle at most, from
/// the file's beginning to its end.
#[derive(Default)]
pub struct KnownProducts {
    /// Ids of the products that a handle of the file is already.
    taken: BTreeSet<String>,
}

/// Products of a file beside those of the shop.
#[derive(Default)]
pub struct PairedProducts {
    pub records: Vec<ProductRecord>,
    /// The shop's, by the file's handles.
    pub stored: BTreeMap<String, StoredProduct>,
    /// Of products that are left out: an earlier one of the file is the same.
    pub bad: Vec<BadRow>,
}

impl PairedProducts {
    /// Ids of the shop's products, by the file's handles.
    pub fn ids(&self) -> BTreeMap<String, String> {
        let both = self.stored.iter();
        both.map(|(handle, stored)| (handle.clone(), stored.id.clone()))
            .collect()
    }
}

impl KnownProducts {
    /// The next products of the file, each with the product at the address of its handle. If there is
    /// none, the one at the address that an earlier version made of the same handle, as long as title
    /// or a SKU say so too: that version made one address of many handles. A file that says neither
    /// means no product of before.
    pub async fn beside(
        &mut self,
        write: &mut CatalogWrite,
        records: Vec<ProductRecord>,
    ) -> Result<PairedProducts> {
        let mut beside = PairedProducts::default();
        // A product at the handle's own address comes before one at an earlier address.
        for record in records {
            if let Some(id) = write.id_of_slug(&record.handle).await? {
                if !self.take(&id) {
                    beside.bad.push(twice(&record));
                    continue;
                }
                if let Some(stored) = write.stored(&id).await? {
                    beside.stored.insert(record.handle.clone(), stored);
                }
            }
            beside.records.push(record);
        }
        for record in &beside.records {
            if beside.stored.contains_key(&record.handle) {
                continue;
            }
            if let Some(stored) = self.of_before(write, record).await? {
                beside.stored.insert(record.handle.clone(), stored);
            }
        }
        Ok(beside)
    }

    async fn of_before(
        &mut self,
        write: &mut CatalogWrite,
        record: &ProductRecord,
    ) -> Result<Option<StoredProduct>> {
        let Some(old) = record.old_handle.as_ref() else {
            return Ok(None);
        };
        let Some(id) = write.id_of_slug(old).await? else {
            return Ok(None);
        };
        if self.taken.contains(&id) {
            return Ok(None);
        }
        let found = write.stored(&id).await?;
        let found = found.filter(|stored| is_same(record, &stored.draft));
        if found.is_some() {
            self.take(&id);
        }
        Ok(found)
    }

    /// Notes that the product is one of the file's; whether it was none before.
    pub fn take(&mut self, id: &str) -> bool {
        self.taken.insert(id.to_owned())
    }
}

fn twice(record: &ProductRecord) -> BadRow {
    BadRow {
        line: record.line,
        column: "Handle".to_owned(),
        reason: Message::TakenAddress {
            handle: record.handle.clone(),
        }
        .into(),
    }
}

fn is_same(record: &ProductRecord, stored: &ProductDraft) -> bool {
    let skus = || stored.variants.iter().filter_map(|v| v.sku.as_deref());
    let mut named = record.variants.iter().filter_map(VariantRecord::said_sku);
    let has_its_title = match &record.title {
        Said::This(title) => fold(title) == fold(&stored.title),
        Said::Nothing => false,
    };
    has_its_title || named.any(|sku| skus().any(|known| known == sku))
}

/// The category's name as the product has it, if the file means the same one.
pub fn category(wanted: String, stored: Option<&ProductDraft>) -> String {
    match stored {
        Some(stored) if name_key(&stored.category) == name_key(&wanted) => stored.category.clone(),
        _ => wanted,
    }
}
