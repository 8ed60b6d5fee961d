//! Writing products of a file that were looked at.

use serde_json::json;

use crate::{
    audit_log,
    catalog::write::{
        CatalogWrite, StoredProduct, audited,
        draft::{ProductDraft, StockTarget},
    },
    error::Result,
};

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

/// Keeps in the audit trail what became of a product; an entry of a new one points to the import,
/// which is named by `(kind, id)`.
pub async fn audited(
    write: &mut CatalogWrite,
    now: i64,
    actor: &str,
    one: &Incoming,
    written: &Written,
    (kind, id): (&str, &str),
) -> Result<()> {
    match (written, &one.stored) {
        (Written::Updated, Some(stored)) => {
            let subject = ("product", stored.id.as_str());
            let before = Some(audited::summary_of(stored));
            let after = Some(audited::summary_after(Some(stored), &one.draft));
            let tx = write.tx();
            audit_log::record(tx, now, actor, "product.update", subject, before, after).await
        }
        (Written::Created(product_id), _) => {
            // The product says the rest itself.
            let after = json!({ "slug": one.draft.slug, "title": one.draft.title, kind: id });
            let subject = ("product", product_id.as_str());
            let (tx, after) = (write.tx(), Some(after));
            audit_log::record(tx, now, actor, "product.create", subject, None, after).await
        }
        _ => Ok(()),
    }
}
