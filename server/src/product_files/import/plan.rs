//! What a file would change. The page of an import and the command line show the same.

use std::{collections::BTreeMap, io::Read};

use desk::admin::jobs::{
    told::{Message, TextChange},
    types::{ImportChoices, JobCounts, PriceMark, RowKind},
};

use super::{batch::Batch, merge::merge, skus};
use crate::{
    catalog::write::{CatalogWrite, StoredProduct, difference::difference, draft::ProductDraft},
    error::Result,
    product_files::{
        csv::{BadRow, Entry, ProductRecord, Reader, Remark},
        import::known::KnownProducts,
    },
    store::Store,
};

/// Something that was found out about a file.
pub enum Finding {
    Product(PlannedProduct),
    Bad(BadRow),
    Remark(Remark),
}

/// A product that would be made or changed.
pub struct PlannedProduct {
    /// [`RowKind::Create`] or [`RowKind::Update`].
    pub kind: RowKind,
    pub title: String,
    /// What the file calls it.
    pub handle: String,
    /// As it was looked at, if there was one.
    pub looked_at: Option<LookedAt>,
    pub changes: Vec<TextChange>,
}

/// What a product was when it was found out what would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookedAt {
    pub product_id: String,
    pub version: i64,
    /// Units by variant.
    pub units: BTreeMap<String, i64>,
}

impl LookedAt {
    fn of(stored: StoredProduct) -> Self {
        let variants = stored.draft.variants.into_iter();
        let ids = variants.map(|variant| variant.id.unwrap_or_default());
        Self {
            product_id: stored.id,
            version: stored.version,
            units: ids.zip(stored.stock).collect(),
        }
    }
}

/// Reads a file and finds out, a batch of its products at a time, what it would change.
pub struct Planner<'a, R> {
    db: &'a Store,
    currency: &'a str,
    choices: ImportChoices,
    reader: Reader<R>,
    known: KnownProducts,
    pub counts: JobCounts,
    /// Products of the file, those left out for their bad rows aside.
    pub products: i64,
}

impl<'a, R: Read> Planner<'a, R> {
    pub fn new(
        db: &'a Store,
        currency: &'a str,
        choices: ImportChoices,
        reader: Reader<R>,
    ) -> Self {
        Self {
            db,
            currency,
            choices,
            reader,
            known: KnownProducts::default(),
            counts: JobCounts::default(),
            products: 0,
        }
    }

    /// What the next products of the file come to, about as many as said; `None` at its end.
    pub async fn next(&mut self, most_products: usize) -> Result<Option<Vec<Finding>>> {
        let (mut batch, mut findings) = (Batch::default(), Vec::new());
        let mut has_ended = true;
        // Not through all of a file in which nothing is right.
        while !batch.is_full(most_products) && findings.len() < 10 * most_products {
            match self.reader.next() {
                Some(Entry::Product(record)) => batch.push(record),
                Some(Entry::Bad(rows)) => self.note_bad(rows, &mut findings),
                None => break,
            }
            has_ended = false;
        }
        if has_ended {
            return Ok(None);
        }
        self.look_at(batch.take(), &mut findings).await?;
        Ok(Some(findings))
    }

    fn note_bad(&mut self, rows: Vec<BadRow>, findings: &mut Vec<Finding>) {
        self.counts.bad += rows.len() as i64;
        findings.extend(rows.into_iter().map(Finding::Bad));
    }

    async fn look_at(
        &mut self,
        records: Vec<ProductRecord>,
        findings: &mut Vec<Finding>,
    ) -> Result<()> {
        if records.is_empty() {
            return Ok(());
        }
        let mut read = CatalogWrite::begin_reading(self.db).await?;
        let mut beside = self.known.beside(&mut read, records).await?;
        self.note_bad(std::mem::take(&mut beside.bad), findings);
        let (dialect, products) = (self.db.dialect(), beside.ids());
        let (records, choice) = (beside.records, self.choices.repeated_skus);
        let settled = skus::settle(&mut **read.tx(), dialect, records, &products, choice).await?;
        self.counts.repeated_skus += settled.repeated;
        self.note_bad(settled.bad, findings);
        for record in settled.records {
            let handle = record.handle.clone();
            let stored = beside.stored.remove(&handle);
            let merged = match merge(record, stored.as_ref(), &self.choices) {
                Ok(merged) => merged,
                Err(bad) => {
                    self.note_bad(bad, findings);
                    continue;
                }
            };
            self.products += 1;
            self.counts.remarks += merged.remarks.len() as i64;
            findings.extend(merged.remarks.into_iter().map(Finding::Remark));
            merged.stock.add_to(&mut self.counts);
            let (kind, changes) = match &stored {
                None => (RowKind::Create, vec![made(&merged.draft, self.currency)]),
                Some(stored) => {
                    let (old, units) = (&stored.draft, &stored.stock);
                    let changes = difference(old, units, &merged.draft, self.currency);
                    (RowKind::Update, changes)
                }
            };
            if changes.is_empty() {
                self.counts.unchanged += 1;
                continue;
            }
            match kind {
                RowKind::Create => self.counts.created += 1,
                _ => self.counts.updated += 1,
            }
            let free = changes.iter().filter(|one| one.mark == PriceMark::Free);
            self.counts.made_free += free.count() as i64;
            findings.push(Finding::Product(PlannedProduct {
                kind,
                title: merged.draft.title,
                handle,
                looked_at: stored.map(LookedAt::of),
                changes,
            }));
        }
        read.rollback().await
    }
}

/// A new product in one line.
fn made(draft: &ProductDraft, currency: &str) -> TextChange {
    let prices = draft.variants.iter().map(|variant| variant.price_minor);
    let least = prices.min().unwrap_or_default();
    let variants = Message::VariantsAt {
        count: draft.variants.len() as i64,
        minor: least,
        currency: currency.to_owned(),
    };
    TextChange {
        mark: match least {
            0 => PriceMark::Free,
            _ => PriceMark::None,
        },
        ..TextChange::new(Message::NewProduct, "", variants)
    }
}
