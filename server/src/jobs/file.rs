//! Product files from a browser, read to find out what they would change.

use std::io::Cursor;

use app::{error::ShopError, locale::locale, money::currency_digits};
use desk::admin::jobs::{text::Text, types::JobState};

use super::{
    JobService, Step,
    rows::{self, NewRow},
    store::{self, Job},
    task::Task,
};
use crate::{
    error::{Error, Result},
    product_files::{csv, import::plan::Planner},
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
            let why = error.message().words(locale());
            let words = Text::from(locale()).not_a_product_file(&why);
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

/// Finds out what the file would change, from its beginning: what an earlier try had found is
/// thrown away.
pub async fn prepare(service: &JobService, job: &Job) -> Result<Step> {
    let (db, worker) = (&service.db, &service.worker);
    let mut tx = db.begin().await?;
    if !store::hold(&mut tx, db.dialect(), job, worker).await? {
        return Ok(Step::Finished);
    }
    rows::clear(&mut tx, &job.id).await?;
    tx.commit().await?;
    let Task::Import { file, choices, .. } = &job.task else {
        return Ok(Step::Finished);
    };
    // Before anything is read: what someone books from now on may not be seen.
    let looked_at = service.clock.now();
    let currency = service.currency().await?;
    let reader = open(service, job).await?;
    let mut planner = Planner::new(db, &currency, *choices, reader);
    let mut position = 1;
    loop {
        let findings = planner.next(BATCH).await?;
        let has_ended = findings.is_none();
        let found = findings.unwrap_or_default().into_iter();
        let noted_rows: Vec<NewRow> = found.map(NewRow::of).collect();
        let noted = Job {
            id: job.id.clone(),
            actor: job.actor.clone(),
            note: String::new(),
            state: if has_ended {
                JobState::Ready
            } else {
                JobState::Preparing
            },
            task: Task::Import {
                file: file.clone(),
                counts: planner.counts,
                choices: *choices,
                skip_bad: false,
                behind: 0,
                looked_at,
            },
            total: planner.products,
            done: if has_ended { 0 } else { planner.products },
            created_at: job.created_at,
        };
        let mut tx = db.begin().await?;
        if !store::hold(&mut tx, db.dialect(), job, worker).await? {
            return Ok(Step::Finished);
        }
        rows::add(&mut tx, db, &job.id, position, &noted_rows).await?;
        store::note(&mut tx, &noted, worker, service.clock.now()).await?;
        tx.commit().await?;
        position += noted_rows.len() as i64;
        if has_ended {
            return Ok(Step::Finished);
        }
    }
}
