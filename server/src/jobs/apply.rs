//! Writing a product file that someone has said yes to: what was shown, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use desk::admin::jobs::{
    told::{JobText, Message, TextChange},
    types::{ImportChoices, JobCounts, JobState},
};
use serde_json::json;

use super::{
    JobService, Step, file,
    rows::{self, Outcome, Planned, RowOutcome},
    store::{self, Job},
    task::Task,
};
use crate::{
    audit_log,
    catalog::write::{
        CatalogWrite, InTheWay, StockReason, StoredProduct, difference::difference,
        draft::StockTarget,
    },
    error::{Error, Result},
    product_files::{
        csv::{Entry, ProductRecord, Units},
        import::{self, Batch, Incoming, Written, known::KnownProducts, plan::LookedAt},
    },
};

/// Writes the file's products, a batch at a time. Each batch notes how far it has come in its own
/// transaction: a node that takes the job up again goes on behind it.
pub async fn write(service: &JobService, job: &Job) -> Result<Step> {
    let Task::Import {
        file,
        counts,
        choices,
        skip_bad,
        behind,
        looked_at,
    } = &job.task
    else {
        return Ok(Step::Finished);
    };
    let mut work = Work {
        service,
        job,
        file,
        choices: *choices,
        skip_bad: *skip_bad,
        counts: *counts,
        behind: *behind,
        looked_at: *looked_at,
        known: KnownProducts::default(),
    };
    let mut reader = file::open(service, job).await?;
    let mut read = 0;
    let mut batch = Batch::default();
    loop {
        let entry = reader.next();
        let end = match entry {
            Some(_) => End::Open,
            None => End::Reached,
        };
        if entry.is_some() {
            read += 1;
        }
        if entry.is_some() && read <= *behind {
            continue;
        }
        match entry {
            Some(Entry::Product(record)) => batch.push(record),
            Some(Entry::Bad(rows)) => work.counts.bad += rows.len() as i64,
            None => {}
        }
        if end == End::Open && !batch.is_full(file::BATCH) {
            continue;
        }
        work.behind = read;
        match work.batch(batch.take(), end).await? {
            Done::NotOurs => return Ok(Step::Finished),
            Done::Written if end == End::Reached => {
                service.media.forget_private(&file::place(&job.id)).await;
                return Ok(Step::Finished);
            }
            Done::Written => tokio::time::sleep(super::PAUSE).await,
        }
    }
}

/// Whether the file has come to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Open,
    Reached,
}

enum Done {
    Written,
    /// Another node has taken the job over.
    NotOurs,
}

struct Work<'a> {
    service: &'a JobService,
    job: &'a Job,
    file: &'a str,
    choices: ImportChoices,
    skip_bad: bool,
    counts: JobCounts,
    behind: i64,
    looked_at: i64,
    /// Of what this node has seen of the file.
    known: KnownProducts,
}

/// A product that is to be written, with its row.
struct Ready {
    position: i64,
    looked_at: Option<LookedAt>,
    stored: Option<StoredProduct>,
    record: ProductRecord,
}

/// A product that is still as it was looked at, or not there yet.
struct Same {
    planned: Planned,
    stored: Option<StoredProduct>,
}

pub(super) fn left_alone(position: i64, why: impl Into<JobText>) -> Outcome {
    Outcome {
        position,
        outcome: RowOutcome::Skipped,
        changes: vec![TextChange::new(Message::Why, "", why)],
    }
}

/// The product that the shop has at the record's address, or else at the one that an earlier version
/// gave it.
async fn product_at(write: &mut CatalogWrite, record: &ProductRecord) -> Result<Option<String>> {
    if let Some(id) = write.id_of_slug(&record.handle).await? {
        return Ok(Some(id));
    }
    match &record.old_handle {
        Some(old) => write.id_of_slug(old).await,
        None => Ok(None),
    }
}

impl Work<'_> {
    async fn batch(&mut self, records: Vec<ProductRecord>, end: End) -> Result<Done> {
        let (db, now, actor) = (&self.service.db, self.service.clock.now(), &self.job.actor);
        let (dialect, worker) = (db.dialect(), &self.service.worker);
        let mut write = CatalogWrite::begin(db, now, actor, StockReason::Import)
            .await?
            .because(self.file);
        if !store::hold(write.tx(), dialect, self.job, worker).await? {
            write.rollback().await?;
            return Ok(Done::NotOurs);
        }
        let mut outcomes = Vec::new();
        let ready = self.ready(&mut write, records, &mut outcomes).await?;
        self.put(&mut write, ready, &mut outcomes).await?;
        rows::note_outcomes(write.tx(), dialect, &self.job.id, &outcomes).await?;
        let done = Job {
            id: self.job.id.clone(),
            actor: actor.clone(),
            note: String::new(),
            state: match end {
                End::Reached => JobState::Done,
                End::Open => JobState::Running,
            },
            task: Task::Import {
                file: self.file.to_owned(),
                counts: self.counts,
                choices: self.choices,
                skip_bad: self.skip_bad,
                behind: self.behind,
                looked_at: self.looked_at,
            },
            done: match end {
                End::Reached => self.job.total,
                End::Open => self.behind.min(self.job.total),
            },
            ..*self.job
        };
        store::note(write.tx(), &done, worker, now).await?;
        if end == End::Reached {
            let after = json!({
                "file": self.file, "created": self.counts.created, "updated": self.counts.updated,
                "unchanged": self.counts.unchanged, "left_out_rows": self.counts.bad,
            });
            let subject = ("catalog", self.job.id.as_str());
            let tx = write.tx();
            audit_log::record(tx, now, actor, "catalog.import", subject, None, Some(after)).await?;
        }
        write.commit().await?;
        Ok(Done::Written)
    }

    /// The products that are still as they were when it was found out what would change.
    async fn ready(
        &mut self,
        write: &mut CatalogWrite,
        records: Vec<ProductRecord>,
        outcomes: &mut Vec<Outcome>,
    ) -> Result<Vec<Ready>> {
        let dialect = self.service.db.dialect();
        let handles: Vec<&str> = records
            .iter()
            .map(|record| record.handle.as_str())
            .collect();
        let mut planned = rows::planned(write.tx(), dialect, &self.job.id, &handles).await?;
        let ids: Vec<String> = planned
            .values()
            .filter_map(|planned| Some(planned.looked_at.as_ref()?.product_id.clone()))
            .collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        for id in &ids {
            self.known.take(id);
        }
        write.lock_variants(&ids).await?;
        // A file may be looked at again long after it came; earlier versions do not note when.
        let since = self.looked_at.max(self.job.created_at);
        let counted = write.counted_since(since, &ids).await?;
        // By the file's handles: what is to be written, and which products of the shop all are.
        let (mut same, mut products) = (BTreeMap::new(), BTreeMap::new());
        let mut kept = Vec::new();
        for record in records {
            let handle = record.handle.clone();
            let id = match planned.remove(&handle) {
                None => {
                    let id = product_at(write, &record).await?;
                    id.filter(|id| self.known.take(id))
                }
                Some(planned) => match self.look(write, &planned, &record, &counted).await? {
                    Ok(stored) => {
                        let id = stored.as_ref().map(|stored| stored.id.clone());
                        same.insert(handle.clone(), Same { planned, stored });
                        id
                    }
                    Err(why) => {
                        outcomes.push(left_alone(planned.position, why));
                        continue;
                    }
                },
            };
            products.extend(id.map(|id| (handle, id)));
            kept.push(record);
        }
        let records = self.without_taken_skus(write, kept, &products).await?;
        let mut ready = Vec::new();
        for record in records {
            match same.remove(&record.handle) {
                Some(Same { planned, stored }) => ready.push(Ready {
                    position: planned.position,
                    looked_at: planned.looked_at,
                    stored,
                    record,
                }),
                // It was to stay as it was.
                None if products.contains_key(&record.handle) => self.counts.unchanged += 1,
                None => self.counts.bad += 1,
            }
        }
        Ok(ready)
    }

    /// The product as it is stored, or why it is left alone.
    async fn look(
        &self,
        write: &mut CatalogWrite,
        planned: &Planned,
        record: &ProductRecord,
        counted: &BTreeSet<String>,
    ) -> Result<Result<Option<StoredProduct>, Message>> {
        let Some(looked_at) = &planned.looked_at else {
            return Ok(match write.id_of_slug(&record.handle).await? {
                None => Ok(None),
                Some(_) => Err(Message::CreatedSince),
            });
        };
        let Some(stored) = write.stored(&looked_at.product_id).await? else {
            return Ok(Err(Message::DeletedSince));
        };
        if stored.version != looked_at.version {
            return Ok(Err(Message::ChangedSince));
        }
        let mut units = record.variants.iter().map(|variant| variant.units);
        let sets_stock = units.any(|units| matches!(units, Units::Tracked(_)));
        if sets_stock && counted.contains(&stored.id) {
            return Ok(Err(Message::AdjustedSince));
        }
        Ok(Ok(Some(stored)))
    }

    /// Those that keep their SKUs: more may have been taken by other products since.
    async fn without_taken_skus(
        &mut self,
        write: &mut CatalogWrite,
        records: Vec<ProductRecord>,
        products: &BTreeMap<String, String>,
    ) -> Result<Vec<ProductRecord>> {
        let dialect = self.service.db.dialect();
        let choice = self.choices.repeated_skus;
        let settled = import::settle(&mut **write.tx(), dialect, records, products, choice).await?;
        if let Some(row) = settled.bad.first()
            && !self.skip_bad
        {
            let (line, why) = (row.line, Box::new(row.reason.clone()));
            return Err(Error::Stopped(Message::StoppedAtRow { line, why }.into()));
        }
        self.counts.bad += settled.bad.len() as i64;
        Ok(settled.records)
    }

    async fn put(
        &mut self,
        write: &mut CatalogWrite,
        ready: Vec<Ready>,
        outcomes: &mut Vec<Outcome>,
    ) -> Result<()> {
        let (mut goods, mut positions) = (Vec::new(), Vec::new());
        for one in ready {
            let stored = one.stored.as_ref();
            let mut draft = match import::merge(one.record, stored, &self.choices) {
                Ok(merged) => merged.draft,
                Err(bad) => {
                    let first = bad.into_iter().next();
                    let why = first.map_or_else(|| "".into(), |row| row.reason);
                    outcomes.push(left_alone(one.position, why));
                    continue;
                }
            };
            if let (Some(stored), Some(looked_at)) = (stored, &one.looked_at) {
                for variant in &mut draft.variants {
                    let id = variant.id.as_deref();
                    let seen = id.and_then(|id| looked_at.units.get(id));
                    // What was shown is what is booked: units sold since are not for sale again.
                    if let (StockTarget::Set(target), Some(seen)) = (variant.stock, seen) {
                        variant.stock = StockTarget::Change(target - seen);
                    }
                }
                let short = draft.variants.iter().any(|variant| {
                    let units = variant.id.as_deref().and_then(|id| stored.units_of(id));
                    units.is_some_and(|units| variant.stock.from(units) < 0)
                });
                if short {
                    outcomes.push(left_alone(one.position, Message::SoldSince));
                    continue;
                }
                if let Some(InTheWay { drop, .. }) = write.in_the_way(stored, Some(&draft)).await? {
                    outcomes.push(left_alone(one.position, Message::InDrop { drop }));
                    continue;
                }
            }
            let stored = one.stored;
            goods.push(Incoming { stored, draft });
            positions.push(one.position);
        }
        let written = import::put(write, &goods).await?;
        for ((one, written), position) in goods.iter().zip(&written).zip(positions) {
            let changes = self.tell(write, one, written).await?;
            // A new product's row stays as it was shown.
            if let Some(changes) = changes {
                outcomes.push(Outcome {
                    position,
                    outcome: RowOutcome::Done,
                    changes,
                });
            }
        }
        Ok(())
    }

    /// Counts a product, notes it in the audit trail and says what changed of a stored one.
    async fn tell(
        &mut self,
        write: &mut CatalogWrite,
        one: &Incoming,
        written: &Written,
    ) -> Result<Option<Vec<TextChange>>> {
        let (now, actor) = (self.service.clock.now(), &self.job.actor);
        let job = ("job", self.job.id.as_str());
        import::audited(write, now, actor, one, written, job).await?;
        Ok(match (written, &one.stored) {
            (Written::Updated, Some(stored)) => {
                self.counts.updated += 1;
                let (old, units) = (&stored.draft, &stored.stock);
                let currency = &self.service.settings.last_known().currency;
                Some(difference(old, units, &one.draft, currency))
            }
            (Written::Created(id), _) => {
                self.known.take(id);
                self.counts.created += 1;
                None
            }
            _ => {
                self.counts.unchanged += 1;
                Some(Vec::new())
            }
        })
    }
}
