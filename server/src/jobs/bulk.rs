//! Changing many products, a batch at a time.

use desk::admin::jobs::{bulk::BulkAction, told::Message, types::JobState};

use super::{
    JobService, Step,
    apply::left_alone,
    rows::{self, Outcome, RowOutcome},
    store::{self, Job},
};
use crate::{
    audit_log,
    catalog::write::{
        CatalogWrite, InTheWay, StockReason, audited, difference::difference, draft::ProductDraft,
    },
    error::Result,
};

/// Products per transaction.
const BATCH: i64 = 25;

/// The product after the change; `None` if it is to go.
pub fn applied(action: &BulkAction, draft: &ProductDraft) -> Option<ProductDraft> {
    let mut draft = draft.clone();
    match action {
        BulkAction::Activate => draft.active = true,
        BulkAction::Deactivate => draft.active = false,
        BulkAction::AddTag { tag } => {
            if let Err(at) = draft.tags.binary_search(tag) {
                draft.tags.insert(at, tag.clone());
            }
        }
        BulkAction::RemoveTag { tag } => draft.tags.retain(|other| other != tag),
        BulkAction::PriceBy { .. } | BulkAction::PricePercent { .. } => {
            for variant in &mut draft.variants {
                variant.price_minor = action.priced(variant.price_minor);
            }
        }
        BulkAction::PrepaidOnly => draft.prepaid = true,
        BulkAction::AnyPayment => draft.prepaid = false,
        BulkAction::Track | BulkAction::Untrack => {
            for variant in &mut draft.variants {
                variant.tracked = *action == BulkAction::Track;
            }
        }
        BulkAction::Delete => return None,
    }
    Some(draft)
}

/// Changes the next products. What was changed by others since it was looked at is left alone.
pub async fn batch(service: &JobService, job: &Job, action: &BulkAction) -> Result<Step> {
    let now = service.clock.now();
    // Before the transaction: it may need a connection of its own.
    let currency = service.currency().await?;
    let mut write =
        CatalogWrite::begin(&service.db, now, &job.actor, StockReason::Adjustment).await?;
    let dialect = service.db.dialect();
    if !store::hold(write.tx(), dialect, job, &service.worker).await? {
        write.rollback().await?;
        return Ok(Step::Finished);
    }
    let waiting = rows::waiting(write.tx(), &job.id, BATCH).await?;
    let ids: Vec<&str> = waiting
        .iter()
        .map(|row| row.product_id.as_deref().unwrap_or_default())
        .collect();
    write.lock_variants(&ids).await?;
    let mut outcomes = Vec::new();
    for (row, id) in waiting.iter().zip(&ids) {
        let id = *id;
        let stored = write.stored(id).await?;
        let Some(stored) = stored.filter(|stored| Some(stored.version) == row.version) else {
            outcomes.push(Outcome {
                position: row.position,
                outcome: RowOutcome::Skipped,
                changes: Vec::new(),
            });
            continue;
        };
        let after = applied(action, &stored.draft);
        if let Some(InTheWay { drop, .. }) = write.in_the_way(&stored, after.as_ref()).await? {
            outcomes.push(left_alone(row.position, Message::InDrop { drop }));
            continue;
        }
        let before = Some(audited::summary_of(&stored));
        let subject = ("product", id);
        let changes = match after {
            Some(draft) => {
                match action {
                    BulkAction::Activate | BulkAction::Deactivate => {
                        write.set_active(&stored, draft.active).await?;
                    }
                    _ => write.update(&stored, &draft).await?,
                }
                let after = Some(audited::summary_after(Some(&stored), &draft));
                let tx = write.tx();
                audit_log::record(
                    tx,
                    now,
                    &job.actor,
                    "product.update",
                    subject,
                    before,
                    after,
                )
                .await?;
                difference(&stored.draft, &stored.stock, &draft, &currency)
            }
            None => {
                write.delete(&stored).await?;
                let tx = write.tx();
                audit_log::record(tx, now, &job.actor, "product.delete", subject, before, None)
                    .await?;
                Vec::new()
            }
        };
        outcomes.push(Outcome {
            position: row.position,
            outcome: RowOutcome::Done,
            changes,
        });
    }
    rows::note_outcomes(write.tx(), dialect, &job.id, &outcomes).await?;
    let is_last = (waiting.len() as i64) < BATCH;
    let job = Job {
        id: job.id.clone(),
        state: if is_last {
            JobState::Done
        } else {
            JobState::Running
        },
        actor: job.actor.clone(),
        task: job.task.clone(),
        done: job.done + waiting.len() as i64,
        note: String::new(),
        ..*job
    };
    store::note(write.tx(), &job, &service.worker, now).await?;
    write.commit().await?;
    Ok(if is_last { Step::Finished } else { Step::More })
}
