//! Which product of the shop a product of a file is.

use std::collections::BTreeSet;

use super::{
    csv::{ProductRecord, Said, VariantRecord},
    draft::ProductDraft,
    write::{CatalogWrite, StoredProduct},
};
use crate::{
    error::Result,
    text::{fold, name_key},
};

/// The products of a file, or of a part of one, beside those of the shop.
pub struct Known {
    /// Addresses of the shop's that are one of the file's products already.
    taken: BTreeSet<String>,
}

impl Known {
    pub fn of(records: &[ProductRecord]) -> Self {
        Self {
            taken: records.iter().map(|record| record.handle.clone()).collect(),
        }
    }

    /// The product at the address of the file's handle. If there is none, the one at the address that an
    /// earlier version made of the same handle, as long as title or a SKU say so too: that version
    /// made one address of many handles. A file that says neither means no product of before.
    pub async fn stored(
        &mut self,
        write: &mut CatalogWrite,
        record: &ProductRecord,
    ) -> Result<Option<StoredProduct>> {
        if let Some(id) = write.id_of_slug(&record.handle).await? {
            return write.stored(&id).await;
        }
        let Some(old) = record.old_handle.as_ref() else {
            return Ok(None);
        };
        if self.taken.contains(old) {
            return Ok(None);
        }
        let Some(id) = write.id_of_slug(old).await? else {
            return Ok(None);
        };
        let found = write.stored(&id).await?;
        let found = found.filter(|stored| is_same(record, &stored.draft));
        if found.is_some() {
            self.taken.insert(old.clone());
        }
        Ok(found)
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
