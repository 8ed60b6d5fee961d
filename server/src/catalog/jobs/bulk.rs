//! Changing many products, a batch at a time.

use app::admin::{bulk::BulkAction, jobs::JobState};
use serde_json::json;

use super::{
    JobService, Step,
    store::{self, Job},
};
use crate::{
    admin::audit,
    catalog::{
        difference::difference,
        draft::ProductDraft,
        write::{CatalogWrite, StockReason},
    },
    db::{Column, Get, Sql},
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
        BulkAction::Delete => return None,
    }
    Some(draft)
}

/// Changes the next products. What was changed by others since it was looked at is left alone.
pub async fn batch(service: &JobService, job: &Job, action: &BulkAction) -> Result<Step> {
    let now = service.clock.now();
    let mut write =
        CatalogWrite::begin(&service.db, now, &job.actor, StockReason::Adjustment).await?;
    let dialect = service.db.dialect();
    if !store::hold(write.tx(), dialect, &job.id, &service.worker).await? {
        write.rollback().await?;
        return Ok(Step::Finished);
    }
    let rows = sqlx::query(
        "SELECT position, product_id, version FROM catalog_job_rows \
         WHERE job_id = $1 AND outcome = 'waiting' ORDER BY position LIMIT $2",
    )
    .bind(&job.id)
    .bind(BATCH)
    .fetch_all(&mut **write.tx())
    .await?;
    let mut waiting = Vec::new();
    for row in &rows {
        let id = row.maybe_text("product_id")?.unwrap_or_default();
        waiting.push((row.int("position")?, id, row.maybe_int("version")?));
    }
    let ids: Vec<&str> = waiting.iter().map(|(_, id, _)| id.as_str()).collect();
    write.lock_variants(&ids).await?;
    let mut outcomes = Vec::new();
    for (position, id, version) in &waiting {
        let stored = write.stored(id).await?;
        let Some(stored) = stored.filter(|stored| Some(stored.version) == *version) else {
            outcomes.push(json!({ "position": position, "outcome": "skipped", "detail": "[]" }));
            continue;
        };
        let before = Some(audit::summary_of(&stored));
        let subject = ("product", id.as_str());
        let changes = match applied(action, &stored.draft) {
            Some(draft) => {
                write.update(&stored, &draft).await?;
                let after = Some(audit::summary(&draft));
                let tx = write.tx();
                audit::record(
                    tx,
                    now,
                    &job.actor,
                    "product.update",
                    subject,
                    before,
                    after,
                )
                .await?;
                difference(
                    &stored.draft,
                    &stored.stock,
                    &draft,
                    &service.currency().await?,
                )
            }
            None => {
                write.delete(&stored).await?;
                let tx = write.tx();
                audit::record(tx, now, &job.actor, "product.delete", subject, before, None).await?;
                Vec::new()
            }
        };
        outcomes.push(json!({
            "position": position, "outcome": "done", "detail": serde_json::to_string(&changes)?,
        }));
    }
    note_outcomes(service, &mut write, job, &outcomes).await?;
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
    store::note(write.tx(), &job, now).await?;
    write.commit().await?;
    Ok(if is_last { Step::Finished } else { Step::More })
}

async fn note_outcomes(
    service: &JobService,
    write: &mut CatalogWrite,
    job: &Job,
    outcomes: &[serde_json::Value],
) -> Result<()> {
    if outcomes.is_empty() {
        return Ok(());
    }
    let columns = [
        ("position", Column::Int),
        ("outcome", Column::Text),
        ("detail", Column::Text),
    ];
    let mut sql =
        Sql::new("UPDATE catalog_job_rows SET outcome = g.outcome, detail = g.detail FROM ");
    let parameter = sql.next();
    sql.push(service.db.dialect().rows(parameter, &columns))
        .bind(serde_json::to_string(outcomes)?);
    sql.push(" AS g WHERE catalog_job_rows.position = g.position AND catalog_job_rows.job_id = ")
        .text(&job.id);
    sql.execute(&mut **write.tx()).await?;
    Ok(())
}
