//! Product files from a browser, read to find out what they would change.

use std::{collections::BTreeSet, io::Cursor};

use app::{
    admin::jobs::{FieldChange, JobCounts, JobState, RowKind},
    error::ShopError,
    money::{currency_digits, format_money},
};

use super::{
    JobService, Step,
    store::{self, Job, LookedAt, NewRow},
    task::Task,
};
use crate::{
    catalog::{
        csv::{self, BadRow, Entry, ProductRecord},
        difference::difference,
        import,
        known::Known,
        write::{CatalogWrite, StoredProduct},
    },
    error::{Error, Result},
};

/// Largest product file, in bytes: fifty thousand rows with long texts have room in it.
pub const MAX_FILE_BYTES: usize = 64 * 1024 * 1024;
/// Products between two notes of how far it has come.
pub const BATCH: usize = 50;

/// Where a job's file is kept; it is served to nobody.
pub fn place(job_id: &str) -> String {
    format!("imports/{job_id}.csv")
}

/// Whether it is a product file at all, from its first row.
pub fn check(bytes: &[u8], currency: &str) -> Result<(), ShopError> {
    match csv::read(Cursor::new(bytes), currency_digits(currency)) {
        Ok(_) => Ok(()),
        Err(error) => {
            let words = format!("This is no product file: {error}.");
            Err(ShopError::field("file", words))
        }
    }
}

pub async fn open(service: &JobService, job: &Job) -> Result<csv::Reader<Cursor<Vec<u8>>>> {
    let bytes = service.media.private(&place(&job.id)).await?;
    csv::read(
        Cursor::new(bytes),
        currency_digits(&service.currency().await?),
    )
    .map_err(|error| Error::Setting(error.to_string()))
}

fn bad(row: &BadRow) -> NewRow {
    NewRow {
        kind: RowKind::Bad,
        title: format!("Row {}", row.line),
        handle: None,
        looked_at: None,
        changes: vec![FieldChange {
            field: row.column.clone(),
            before: String::new(),
            after: row.reason.clone(),
        }],
    }
}

/// Finds out what the file would change, from its beginning: what an earlier try had found is
/// thrown away.
pub async fn prepare(service: &JobService, job: &Job) -> Result<Step> {
    let (db, worker) = (&service.db, &service.worker);
    let mut tx = db.begin().await?;
    if !store::hold(&mut tx, db.dialect(), job, worker).await? {
        return Ok(Step::Finished);
    }
    sqlx::query("DELETE FROM catalog_job_rows WHERE job_id = $1")
        .bind(&job.id)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    let Task::Import { file, .. } = &job.task else {
        return Ok(Step::Finished);
    };
    let mut reader = open(service, job).await?;
    let mut progress = Progress {
        counts: JobCounts::default(),
        position: 1,
        products: 0,
    };
    let mut batch = Vec::new();
    let mut rows = Vec::new();
    loop {
        let entry = reader.next();
        let ended = entry.is_none();
        match entry {
            Some(Entry::Product(record)) => batch.push(record),
            Some(Entry::Bad(found)) => {
                progress.counts.bad += found.len() as i64;
                rows.extend(found.iter().map(bad));
            }
            None => {}
        }
        if !ended && batch.len() < BATCH && rows.len() < 500 {
            continue;
        }
        progress
            .look_at(service, std::mem::take(&mut batch), &mut rows)
            .await?;
        let noted = Job {
            id: job.id.clone(),
            actor: job.actor.clone(),
            note: String::new(),
            state: if ended {
                JobState::Ready
            } else {
                JobState::Preparing
            },
            task: Task::Import {
                file: file.clone(),
                counts: progress.counts,
                skip_bad: false,
                behind: 0,
            },
            total: progress.products,
            done: if ended { 0 } else { progress.products },
            created_at: job.created_at,
        };
        let mut tx = db.begin().await?;
        if !store::hold(&mut tx, db.dialect(), job, worker).await? {
            return Ok(Step::Finished);
        }
        store::add_rows(&mut tx, db, &job.id, progress.position, &rows).await?;
        store::note(&mut tx, &noted, worker, service.clock.now()).await?;
        tx.commit().await?;
        progress.position += rows.len() as i64;
        rows.clear();
        if ended {
            return Ok(Step::Finished);
        }
    }
}

fn looked_at(stored: StoredProduct) -> LookedAt {
    let variants = stored.draft.variants.into_iter();
    let ids = variants.map(|variant| variant.id.unwrap_or_default());
    LookedAt {
        product_id: stored.id,
        version: stored.version,
        units: ids.zip(stored.stock).collect(),
    }
}

struct Progress {
    counts: JobCounts,
    position: i64,
    products: i64,
}

impl Progress {
    async fn look_at(
        &mut self,
        service: &JobService,
        records: Vec<ProductRecord>,
        rows: &mut Vec<NewRow>,
    ) -> Result<()> {
        if records.is_empty() {
            return Ok(());
        }
        let (mut found, mut left_out) = (Vec::new(), BTreeSet::new());
        let (reader, dialect) = (service.db.reader(), service.db.dialect());
        import::check_skus(reader, dialect, &records, &mut found, &mut left_out).await?;
        self.counts.bad += found.len() as i64;
        rows.extend(found.iter().map(bad));
        let mut read = CatalogWrite::begin_reading(&service.db).await?;
        let mut known = Known::of(&records);
        for record in records {
            if left_out.contains(&record.handle) {
                continue;
            }
            self.products += 1;
            let stored = known.stored(&mut read, &record).await?;
            let handle = Some(record.handle.clone());
            let draft = import::draft(record, stored.as_ref().map(|stored| &stored.draft));
            let currency = &service.currency().await?;
            match stored {
                None => {
                    self.counts.created += 1;
                    let prices = draft.variants.iter().map(|variant| variant.price_minor);
                    let least = format_money(prices.min().unwrap_or_default(), currency);
                    let variants = match draft.variants.len() {
                        1 => "1 variant".to_owned(),
                        many => format!("{many} variants"),
                    };
                    rows.push(NewRow {
                        kind: RowKind::Create,
                        title: draft.title,
                        handle,
                        looked_at: None,
                        changes: vec![FieldChange {
                            field: "New product".to_owned(),
                            before: String::new(),
                            after: format!("{variants}, from {least}"),
                        }],
                    });
                }
                Some(stored) => {
                    let changes = difference(&stored.draft, &stored.stock, &draft, currency);
                    if changes.is_empty() {
                        self.counts.unchanged += 1;
                        continue;
                    }
                    self.counts.updated += 1;
                    rows.push(NewRow {
                        kind: RowKind::Update,
                        title: draft.title,
                        handle,
                        looked_at: Some(looked_at(stored)),
                        changes,
                    });
                }
            }
        }
        read.rollback().await
    }
}
