//! Product files into the catalogue.
//!
//! What a file would change is found out by a [`plan::Planner`], for the page and the command line
//! alike. The page's imports are then written by a job, as they were shown; the command line's here,
//! where the file's word counts.

mod batch;
pub mod known;
mod merge;
pub mod plan;
mod put;
mod skus;
pub mod terminal;
mod variants;

use std::{
    collections::BTreeSet,
    io::{Read, Seek, SeekFrom},
};

use app::{
    error::{ErrorKind, ShopError},
    money::currency_digits,
};
use desk::admin::jobs::{
    told::Message,
    types::{ImportChoices, JobCounts},
};
use serde_json::{Value, json};

pub use batch::Batch;
pub use desk::admin::jobs::ports::BadRows;
pub use merge::merge;
use plan::{Finding, Planner};
pub use put::{Incoming, Written, audited, put};
pub use skus::{SettledSkus, settle};

use super::csv::{self, BadRow, Entry, ProductRecord};
use crate::{
    audit_log,
    catalog::write::{CatalogWrite, InTheWay, StockReason},
    clock::Clock,
    error::{Error, Result},
    ids::new_id,
    product_files::import::known::KnownProducts,
    store::Store,
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

/// What an import leaves in the audit trail, besides an entry for the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trail {
    EachProduct,
    /// The file alone, where nobody decided on its products.
    FileOnly,
}

/// An import on the command line.
#[derive(Clone, Copy)]
pub struct Import<'a> {
    pub db: &'a Store,
    pub clock: &'a dyn Clock,
    /// ISO 4217: what the file's prices are in.
    pub currency: &'a str,
    /// Name of the file, for people.
    pub file: &'a str,
    pub bad_rows: BadRows,
    pub choices: ImportChoices,
    pub trail: Trail,
}

/// Imports a file with nobody to look at what it would change. `progress` is told the number of
/// products done.
pub async fn import(
    db: &Store,
    clock: &dyn Clock,
    file: impl Read + Seek,
    currency: &str,
    bad_rows: BadRows,
    progress: impl FnMut(usize),
) -> Result<ImportReport> {
    let import = Import {
        db,
        clock,
        currency,
        file: "products.csv",
        bad_rows,
        choices: ImportChoices::default(),
        trail: Trail::EachProduct,
    };
    import.checked(file, progress).await
}

impl Import<'_> {
    /// Reads the file twice: first to find everything that is wrong, then to write.
    pub async fn checked(
        &self,
        mut file: impl Read + Seek,
        progress: impl FnMut(usize),
    ) -> Result<ImportReport> {
        let mut report = ImportReport::default();
        let found = |finding: Finding| {
            if let Finding::Bad(row) = finding {
                report.bad.push(row);
            }
        };
        self.preview(&mut file, found).await?;
        if !report.bad.is_empty() && self.bad_rows == BadRows::Refuse {
            return Ok(report);
        }
        file.seek(SeekFrom::Start(0))?;
        self.write(file, progress).await
    }

    /// Finds out what the file would change, and changes nothing.
    pub async fn preview(
        &self,
        file: impl Read,
        mut found: impl FnMut(Finding),
    ) -> Result<JobCounts> {
        let reader = csv::read(file, currency_digits(self.currency)).map_err(header)?;
        let mut planner = Planner::new(self.db, self.currency, self.choices, reader);
        while let Some(findings) = planner.next(BATCH).await? {
            findings.into_iter().for_each(&mut found);
        }
        Ok(planner.counts)
    }

    /// Writes the file's products as they are to be now; `progress` is told how many are done.
    pub async fn write(
        &self,
        file: impl Read,
        mut progress: impl FnMut(usize),
    ) -> Result<ImportReport> {
        let mut reader = csv::read(file, currency_digits(self.currency)).map_err(header)?;
        let run = new_id();
        let mut report = ImportReport::default();
        let (mut batch, mut known) = (Batch::default(), KnownProducts::default());
        loop {
            let entry = reader.next();
            let has_ended = entry.is_none();
            match entry {
                Some(Entry::Product(record)) => batch.push(record),
                Some(Entry::Bad(rows)) => self.leave_out(rows, &mut report)?,
                None => {}
            }
            if !has_ended && !batch.is_full(BATCH) {
                continue;
            }
            self.write_batch(&run, batch.take(), &mut known, &mut report)
                .await?;
            progress(report.created + report.updated + report.unchanged);
            if has_ended {
                break;
            }
        }
        if report.created + report.updated > 0 {
            self.note_file(&run, &report).await?;
        }
        Ok(report)
    }

    /// Rows that turn out to be bad after all: the shop has changed since the file was looked at.
    fn leave_out(&self, rows: Vec<BadRow>, report: &mut ImportReport) -> Result<()> {
        match (self.bad_rows, rows.first()) {
            (BadRows::Refuse, Some(row)) => {
                let words = format!("Stopped at row {}: {}.", row.line, row.reason);
                Err(ShopError::new(ErrorKind::Conflict, words).into())
            }
            _ => {
                report.bad.extend(rows);
                Ok(())
            }
        }
    }

    /// Writes products in one transaction, with their entries in the audit trail.
    async fn write_batch(
        &self,
        run: &str,
        records: Vec<ProductRecord>,
        known: &mut KnownProducts,
        report: &mut ImportReport,
    ) -> Result<()> {
        if records.is_empty() {
            return Ok(());
        }
        let (now, actor) = (self.clock.now(), audit_log::COMMAND_LINE);
        let mut write = CatalogWrite::begin(self.db, now, actor, StockReason::Import)
            .await?
            .because(self.file);
        write.priced_in(self.currency).await?;
        let slugs: Vec<&str> = records
            .iter()
            .flat_map(|record| [Some(record.handle.as_str()), record.old_handle.as_deref()])
            .flatten()
            .collect();
        write.lock_variants_of(&slugs).await?;
        let mut beside = known.beside(&mut write, records).await?;
        self.leave_out(std::mem::take(&mut beside.bad), report)?;
        let (dialect, products) = (self.db.dialect(), beside.ids());
        let (records, choice) = (beside.records, self.choices.repeated_skus);
        let settled = settle(&mut **write.tx(), dialect, records, &products, choice).await?;
        self.leave_out(settled.bad, report)?;
        let mut goods = Vec::new();
        for record in settled.records {
            let stored = beside.stored.remove(&record.handle);
            let line = record.line;
            let draft = match merge(record, stored.as_ref(), &self.choices) {
                Ok(merged) => merged.draft,
                Err(bad) => {
                    self.leave_out(bad, report)?;
                    continue;
                }
            };
            let in_the_way = match &stored {
                Some(stored) => write.in_the_way(stored, Some(&draft)).await?,
                None => None,
            };
            match in_the_way {
                Some(InTheWay { drop, .. }) => {
                    let row = BadRow {
                        line,
                        column: String::new(),
                        reason: Message::InDrop { drop }.into(),
                    };
                    self.leave_out(vec![row], report)?;
                }
                None => goods.push(Incoming { stored, draft }),
            }
        }
        let written = put(&mut write, &goods).await?;
        for (one, written) in goods.iter().zip(&written) {
            match written {
                Written::Created(id) => {
                    known.take(id);
                    report.created += 1;
                }
                Written::Updated => report.updated += 1,
                Written::Unchanged => report.unchanged += 1,
            }
            if self.trail == Trail::EachProduct {
                audited(&mut write, now, actor, one, written, ("import", run)).await?;
            }
        }
        report.changed.extend(write.commit().await?.products);
        Ok(())
    }

    async fn note_file(&self, run: &str, report: &ImportReport) -> Result<()> {
        let after = json!({
            "file": self.file, "created": report.created, "updated": report.updated,
            "unchanged": report.unchanged, "left_out_rows": report.bad.len(),
        });
        note_run(self.db, self.clock.now(), run, after).await
    }
}

/// The one audit entry of a whole import on the command line.
pub async fn note_run(db: &Store, now: i64, run: &str, after: Value) -> Result<()> {
    let (actor, subject) = (audit_log::COMMAND_LINE, ("catalog", run));
    let mut tx = db.begin().await?;
    audit_log::record(
        &mut tx,
        now,
        actor,
        "catalog.import",
        subject,
        None,
        Some(after),
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

fn header(error: csv::HeaderError) -> Error {
    Error::Setting(error.to_string())
}
