//! Product files from a browser: read once to find out what they would change, and once to write.

use std::{collections::BTreeSet, io::Cursor};

use app::{
    admin::jobs::{FieldChange, JobCounts, JobState, RowKind},
    error::ShopError,
    money::{currency_digits, format_money},
};
use serde_json::json;

use super::{
    JobService, Step,
    store::{self, Job, NewRow},
    task::Task,
};
use crate::{
    admin::audit,
    catalog::{
        csv::{self, BadRow, Entry, ProductRecord},
        difference::difference,
        import::{self, ImportReport},
        write::CatalogWrite,
    },
    error::{Error, Result},
};

/// Largest product file, in bytes: fifty thousand rows with long texts have room in it.
pub const MAX_FILE_BYTES: usize = 64 * 1024 * 1024;
/// Products between two notes of how far it has come.
const BATCH: usize = 50;

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

async fn open(service: &JobService, job: &Job) -> Result<csv::Reader<Cursor<Vec<u8>>>> {
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
        product_id: None,
        title: format!("Row {}", row.line),
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
    let (db, now) = (&service.db, || service.clock.now());
    let mut tx = db.begin().await?;
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
        let job = Job {
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
            },
            total: progress.products,
            done: if ended { 0 } else { progress.products },
            created_at: job.created_at,
        };
        let mut tx = db.begin().await?;
        store::add_rows(&mut tx, db, &job.id, progress.position, &rows).await?;
        store::note(&mut tx, &job, now()).await?;
        tx.commit().await?;
        progress.position += rows.len() as i64;
        rows.clear();
        if ended {
            return Ok(Step::Finished);
        }
        if !still_ours(service, &job.id).await? {
            return Ok(Step::Finished);
        }
    }
}

/// Renews the lease.
async fn still_ours(service: &JobService, id: &str) -> Result<bool> {
    let now = service.clock.now();
    let lease = now + super::LEASE;
    let claimed = store::claim(&service.db, id, &service.worker, now, lease).await?;
    Ok(claimed.is_some())
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
        import::check_skus(&service.db, &records, &mut found, &mut left_out).await?;
        self.counts.bad += found.len() as i64;
        rows.extend(found.iter().map(bad));
        let mut read = CatalogWrite::begin_reading(&service.db).await?;
        for record in records {
            if left_out.contains(&record.handle) {
                continue;
            }
            self.products += 1;
            let stored = match read.id_of_slug(&record.handle).await? {
                Some(id) => read.stored(&id).await?,
                None => None,
            };
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
                        product_id: None,
                        title: draft.title,
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
                        product_id: Some(stored.id),
                        title: draft.title,
                        changes,
                    });
                }
            }
        }
        read.rollback().await
    }
}

/// Writes the file's products, from its beginning: those that an earlier try has written are
/// found unchanged.
pub async fn write(service: &JobService, job: &Job) -> Result<Step> {
    let Task::Import { file, skip_bad, .. } = &job.task else {
        return Ok(Step::Finished);
    };
    let mut report = ImportReport::default();
    let mut reader = open(service, job).await?;
    let mut batch = Vec::new();
    loop {
        let entry = reader.next();
        let ended = entry.is_none();
        match entry {
            Some(Entry::Product(record)) => batch.push(record),
            Some(Entry::Bad(rows)) => report.bad.extend(rows),
            None => {}
        }
        if !ended && batch.len() < BATCH {
            continue;
        }
        let mut left_out = BTreeSet::new();
        import::check_skus(&service.db, &batch, &mut report.bad, &mut left_out).await?;
        if !report.bad.is_empty() && !skip_bad {
            // Only if a SKU was taken in the meantime: what was shown had no bad rows.
            let row = &report.bad[0];
            let words = format!("Stopped at row {}: {}.", row.line, row.reason);
            return Err(ShopError::new(app::error::ErrorKind::Conflict, words).into());
        }
        batch.retain(|record| !left_out.contains(&record.handle));
        import::write(
            &service.db,
            &*service.clock,
            &job.actor,
            std::mem::take(&mut batch),
            &mut report,
        )
        .await?;
        finish_batch(service, job, file, *skip_bad, &report, ended).await?;
        if ended {
            service.media.forget_private(&place(&job.id)).await;
            return Ok(Step::Finished);
        }
        if !still_ours(service, &job.id).await? {
            return Ok(Step::Finished);
        }
        tokio::time::sleep(super::PAUSE).await;
    }
}

async fn finish_batch(
    service: &JobService,
    job: &Job,
    file: &str,
    skip_bad: bool,
    report: &ImportReport,
    ended: bool,
) -> Result<()> {
    let now = service.clock.now();
    let counts = JobCounts {
        created: report.created as i64,
        updated: report.updated as i64,
        unchanged: report.unchanged as i64,
        bad: report.bad.len() as i64,
    };
    let noted = Job {
        id: job.id.clone(),
        actor: job.actor.clone(),
        note: String::new(),
        state: if ended {
            JobState::Done
        } else {
            JobState::Running
        },
        task: Task::Import {
            file: file.to_owned(),
            counts,
            skip_bad,
        },
        done: counts.created + counts.updated + counts.unchanged,
        ..*job
    };
    let mut tx = service.db.begin().await?;
    store::note(&mut tx, &noted, now).await?;
    if ended {
        let after = json!({
            "file": file, "created": counts.created, "updated": counts.updated,
            "unchanged": counts.unchanged, "left_out_rows": counts.bad,
        });
        let subject = ("catalog", job.id.as_str());
        audit::record(
            &mut tx,
            now,
            &job.actor,
            "catalog.import",
            subject,
            None,
            Some(after),
        )
        .await?;
    }
    tx.commit().await?;
    Ok(())
}
