//! Finding out what a change to many products would do, and saying yes to it.

use app::{
    error::{ErrorKind, ShopError},
    identity::Account,
    locale::locale,
};
use desk::admin::jobs::{
    bulk::{BulkAction, BulkSelection},
    ports::{BadRows, Consent},
    text::Text,
    told::{JobText, Message, TextChange},
    types::{ImportChoices, JobCounts, JobState, JobView},
};

use super::{
    JobService, begun,
    bulk::applied,
    chosen::{self, Chosen},
    rows, shown,
    store::{self, Job},
    task::Task,
};
use crate::{
    catalog::write::{CatalogWrite, difference::difference},
    error::Result,
    ids::{is_id, new_id},
    settings::{CurrencyHistory, currency::stays},
};

/// Products that can be ticked at once; a page has far fewer.
const MAX_TICKED: usize = 1000;
/// Rows of a job on a page.
const PAGE: i64 = 50;

/// Notes which products would be changed, each with the version it has.
pub async fn plan(
    service: &JobService,
    actor: &Account,
    selection: &BulkSelection,
    action: BulkAction,
) -> Result<String> {
    let text = Text::from(locale());
    let (db, id, now) = (&service.db, new_id(), service.clock.now());
    let chosen = match selection {
        BulkSelection::Ids(ids) => {
            let ids: Vec<&String> = ids.iter().filter(|id| is_id(id)).collect();
            if ids.len() > MAX_TICKED {
                let words = text.too_many_selected(&MAX_TICKED.to_string());
                return Err(ShopError::field("scope", words).into());
            }
            if ids.is_empty() {
                return Err(ShopError::field("scope", text.select_first()).into());
            }
            Chosen::Ids(ids)
        }
        BulkSelection::Matching(filter) => Chosen::Matching(filter),
    };
    let currency = service.currency().await?;
    let dialect = db.dialect();
    let mut tx = db.begin().await?;
    // What the action says is meant in it, and a change of currency ends what it finds.
    stays(&mut tx, dialect, &currency).await?;
    let task = Task::Bulk {
        action: action.clone(),
        is_undo: false,
        undone: false,
    };
    store::insert_in(&mut tx, &id, JobState::Ready, &actor.email, &task, now).await?;
    let total = chosen::add(&mut tx, dialect, &id, &chosen, &action).await?;
    if total == 0 {
        return Err(ShopError::field("action", text.already_like_that()).into());
    }
    store::set_total(&mut tx, &id).await?;
    tx.commit().await?;
    Ok(id)
}

async fn find(service: &JobService, id: &str) -> Result<Job> {
    let job = store::find(&service.db, id).await?;
    Ok(job.ok_or_else(ShopError::not_found)?)
}

pub async fn view(service: &JobService, id: &str, after: i64) -> Result<JobView> {
    let db = &service.db;
    let job = find(service, id).await?;
    let mut rows = shown::after(db, id, after, PAGE + 1).await?;
    let more = rows.len() as i64 > PAGE;
    rows.truncate(PAGE as usize);
    let next = rows.last().filter(|_| more).map(|row| row.position);
    // Before a transaction: it may need a connection of its own.
    let currency = service.currency().await?;
    if let (Task::Bulk { action, .. }, JobState::Ready) = (&job.task, job.state) {
        let mut read = CatalogWrite::begin_reading(db).await?;
        for row in &mut rows {
            let Some(product) = &row.product_id else {
                continue;
            };
            let changes = match read.stored(product).await? {
                None => gone(),
                Some(stored) => match applied(action, &stored.draft) {
                    None => {
                        let count = stored.draft.variants.len() as i64;
                        let variants = Message::VariantCount { count };
                        let gone = Message::DeletedPermanently;
                        vec![TextChange::new(Message::Product, variants, gone)]
                    }
                    Some(draft) => difference(&stored.draft, &stored.stock, &draft, &currency),
                },
            };
            row.changes = changes.iter().map(|change| change.said(locale())).collect();
        }
        read.rollback().await?;
    }
    let takes_away = match &job.task {
        Task::Bulk { action, .. } => {
            matches!(action, BulkAction::Deactivate | BulkAction::Delete)
        }
        Task::Import { .. } => false,
    };
    let in_carts = match takes_away && job.state == JobState::Ready {
        true => rows::in_carts(db, id).await?,
        false => 0,
    };
    let made_free = match (&job.task, job.state) {
        (Task::Bulk { action, .. }, JobState::Ready) => made_free(db.reader(), id, action).await?,
        (
            Task::Bulk { .. },
            JobState::Preparing | JobState::Running | JobState::Done | JobState::Failed,
        )
        | (Task::Import { .. }, _) => 0,
    };
    let skipped = rows::skipped(db, id).await?;
    let can_undo = match &job.task {
        Task::Bulk {
            action,
            undone,
            is_undo,
        } => job.state == JobState::Done && !undone && !is_undo && action.undone_by().is_some(),
        Task::Import { .. } => false,
    };
    let history = CurrencyHistory::read(db).await?;
    Ok(JobView {
        summary: job.summary(history.at(job.created_at, &currency)),
        counts: job.task.counts(),
        skipped,
        note: JobText::of_note(&job.note).words(locale()),
        can_undo,
        in_carts,
        made_free,
        choices: job.task.choices(),
        rows,
        next,
    })
}

fn gone() -> Vec<TextChange> {
    vec![TextChange::new(Message::Product, "", Message::NotThere)]
}

/// Variants that cost something now and nothing after the change.
async fn made_free(
    read: impl sqlx::Executor<'_, Database = sqlx::Any>,
    id: &str,
    action: &BulkAction,
) -> Result<i64> {
    match action.free_up_to() {
        Some(most) => rows::priced_up_to(read, id, most).await,
        None => Ok(0),
    }
}

/// Has a file looked at again, with other choices: what is shown is what is done.
pub async fn look_again(
    service: &JobService,
    actor: &Account,
    id: &str,
    wanted: ImportChoices,
) -> Result<JobState> {
    let mut job = find(service, id).await?;
    let Task::Import {
        counts, choices, ..
    } = &mut job.task
    else {
        let words = Text::from(locale()).nothing_to_choose();
        return Err(ShopError::new(ErrorKind::Invalid, words).into());
    };
    (*counts, *choices) = (JobCounts::default(), wanted);
    job.actor.clone_from(&actor.email);
    let mut tx = service.db.begin().await?;
    if !store::set_state(&mut tx, id, JobState::Ready, JobState::Preparing).await? {
        return Err(begun().into());
    }
    store::begin(&mut tx, &job, service.clock.now()).await?;
    tx.commit().await?;
    Ok(JobState::Preparing)
}

/// Lets a prepared job run, if what it was prepared from is still so.
pub async fn start(
    service: &JobService,
    actor: &Account,
    id: &str,
    consent: Consent,
) -> Result<JobState> {
    let mut job = find(service, id).await?;
    if let Some(wanted) = consent.choices
        && wanted != job.task.choices()
    {
        return look_again(service, actor, id, wanted).await;
    }
    let bad_rows = consent.bad_rows;
    if let Task::Import {
        counts,
        skip_bad,
        behind,
        ..
    } = &mut job.task
    {
        if counts.bad > 0 && bad_rows == BadRows::Refuse {
            let words = Text::from(locale()).correct_bad_rows();
            return Err(ShopError::new(ErrorKind::Invalid, words).into());
        }
        *skip_bad = bad_rows == BadRows::Skip;
        // From now on: what was done.
        (*counts, *behind) = (JobCounts::default(), 0);
    }
    let currency = service.currency().await?;
    let mut tx = service.db.begin().await?;
    // The currency is not changed while anything runs.
    stays(&mut tx, service.db.dialect(), &currency).await?;
    if !store::set_state(&mut tx, id, JobState::Ready, JobState::Running).await? {
        return Err(begun().into());
    }
    let stale = match job.task {
        Task::Bulk { .. } => rows::bring_up_to_date(&mut tx, id).await?,
        // Products that were changed since are left alone one by one.
        Task::Import { .. } => 0,
    };
    if stale > 0 {
        store::set_state(&mut tx, id, JobState::Running, JobState::Ready).await?;
        store::set_total(&mut tx, id).await?;
        tx.commit().await?;
        let words = Text::from(locale()).changed_since(stale as i64);
        return Err(ShopError::new(ErrorKind::Conflict, words).into());
    }
    if let Task::Bulk { action, .. } = &job.task {
        let free = made_free(&mut *tx, id, action).await?;
        if free != consent.made_free {
            let words = Text::from(locale()).confirm_free(free);
            return Err(ShopError::field("make_free", words).into());
        }
    }
    // The one who says yes is the one who did it.
    job.actor.clone_from(&actor.email);
    store::begin(&mut tx, &job, service.clock.now()).await?;
    tx.commit().await?;
    Ok(JobState::Running)
}

/// A job that takes back what another did, and begins at once.
pub async fn undo(service: &JobService, actor: &Account, id: &str) -> Result<String> {
    let mut job = find(service, id).await?;
    let refused = || ShopError::new(ErrorKind::Conflict, Text::from(locale()).cannot_be_undone());
    let back = match (job.state, &mut job.task) {
        (
            JobState::Done,
            Task::Bulk {
                action,
                undone,
                is_undo: false,
            },
        ) if !*undone => {
            *undone = true;
            action.undone_by().ok_or_else(refused)?
        }
        (
            JobState::Done
            | JobState::Preparing
            | JobState::Ready
            | JobState::Running
            | JobState::Failed,
            Task::Bulk { .. } | Task::Import { .. },
        ) => return Err(refused().into()),
    };
    let (undoing, now) = (new_id(), service.clock.now());
    let task = Task::Bulk {
        action: back,
        is_undo: true,
        undone: false,
    };
    let currency = service.currency().await?;
    let mut tx = service.db.begin().await?;
    stays(&mut tx, service.db.dialect(), &currency).await?;
    // Two people who undo at once: the second finds the task changed.
    if !store::set_task(&mut tx, id, &job.task).await? {
        return Err(refused().into());
    }
    store::insert_in(
        &mut tx,
        &undoing,
        JobState::Running,
        &actor.email,
        &task,
        now,
    )
    .await?;
    rows::add_done_of(&mut tx, &undoing, id).await?;
    store::set_total(&mut tx, &undoing).await?;
    tx.commit().await?;
    Ok(undoing)
}
