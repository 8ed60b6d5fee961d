//! Long work on the catalogue: changes to many products, and product files.
//!
//! A job is a row of the database with what it would change. Once someone has said yes it is done
//! in the background, in transactions small enough that shoppers and orders get their turn between
//! two of them. A node that stops in the middle is followed by another: the lease of its job runs
//! out, and every batch is written together with how far the job has come.

mod apply;
mod at_work;
mod bulk;
mod chosen;
mod file;
mod plan;
mod rows;
mod shown;
mod store;
mod task;

use std::{sync::Arc, time::Duration};

use app::{
    error::{ErrorKind, ShopError, ShopResult},
    identity::Account,
    locale::locale,
};
use async_trait::async_trait;
use desk::admin::jobs::{
    bulk::{BulkAction, BulkSelection},
    ports::{Consent, ProductJobs},
    text::Text,
    told::{JobText, Message},
    types::{ImportChoices, JobState, JobSummary, JobView},
};

use at_work::AtWork;
pub use file::MAX_FILE_BYTES;
pub use rows::RowOutcome;
pub use store::{give_up_prepared, running};
use task::Task;

use crate::{
    clock::Clock,
    error::{Error, Result},
    ids::{is_id, new_id},
    pictures::media::MediaStore,
    settings::Settings,
    store::Store,
};

/// How long a node has to do a batch before another takes the job over, in milliseconds.
const LEASE: i64 = 60 * 1000;
/// How long jobs are kept, in milliseconds.
const KEPT: i64 = 14 * 24 * 60 * 60 * 1000;
/// Between two batches, so that one job alone never keeps a database busy.
const PAUSE: Duration = Duration::from_millis(2);

/// Whether there is more to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    More,
    Finished,
}

#[derive(Clone)]
pub struct JobService {
    db: Store,
    clock: Arc<dyn Clock>,
    settings: Settings,
    media: MediaStore,
    /// Names this node in leases.
    worker: Arc<str>,
    at_work: AtWork,
}

impl JobService {
    pub fn new(db: Store, clock: Arc<dyn Clock>, settings: Settings, media: MediaStore) -> Self {
        Self {
            db,
            clock,
            settings,
            media,
            worker: new_id().into(),
            at_work: AtWork::default(),
        }
    }

    /// What prices are in at this moment.
    async fn currency(&self) -> ShopResult<String> {
        Ok(self.settings.now().await?.currency.clone())
    }

    /// Takes a product file and finds out what it would change; the id of the job that would do it.
    pub async fn take_file(
        &self,
        actor: &Account,
        name: &str,
        bytes: Vec<u8>,
    ) -> ShopResult<String> {
        file::check(&bytes, &self.currency().await?)?;
        let id = new_id();
        self.media
            .keep_private(&file::place(&id), bytes)
            .await
            .map_err(ShopError::from)?;
        let task = Task::Import {
            file: name.chars().take(120).collect(),
            counts: Default::default(),
            choices: ImportChoices::default(),
            skip_bad: false,
            behind: 0,
            looked_at: 0,
        };
        store::insert(
            &self.db,
            &id,
            JobState::Preparing,
            &actor.email,
            &task,
            self.clock.now(),
        )
        .await?;
        self.work_on(id.clone());
        Ok(id)
    }

    /// Does the job in the background.
    fn work_on(&self, id: String) {
        let service = self.clone();
        tokio::spawn(async move { service.drive(&id).await });
    }

    /// Works on a job until it is finished, fails, or another node has it.
    pub async fn drive(&self, id: &str) {
        let Some(mut turn) = self.at_work.begin(id) else {
            return;
        };
        loop {
            match self.step(id).await {
                Ok(Step::More) => tokio::time::sleep(PAUSE).await,
                Ok(Step::Finished) => match turn.end() {
                    Some(again) => turn = again,
                    None => return,
                },
                // Another try when the lease has run out.
                Err(error) if is_passing(&error) => {
                    tracing::warn!(%error, "a job was interrupted and will be resumed");
                    return;
                }
                Err(error) => {
                    tracing::error!(%error, "a job failed");
                    let note = note_of(error).to_note();
                    if let Err(error) =
                        store::fail(&self.db, id, &self.worker, &note, self.clock.now()).await
                    {
                        tracing::error!(%error, "the failure of a job could not be recorded");
                    }
                    return;
                }
            }
        }
    }

    async fn step(&self, id: &str) -> Result<Step> {
        let now = self.clock.now();
        let Some(job) = store::claim(&self.db, id, &self.worker, now, now + LEASE).await? else {
            return Ok(Step::Finished);
        };
        match (&job.task, job.state) {
            (Task::Bulk { action, .. }, JobState::Running) => bulk::batch(self, &job, action).await,
            (Task::Import { .. }, JobState::Preparing) => file::prepare(self, &job).await,
            (Task::Import { .. }, JobState::Running) => apply::write(self, &job).await,
            (Task::Bulk { .. }, JobState::Preparing)
            | (_, JobState::Ready | JobState::Done | JobState::Failed) => Ok(Step::Finished),
        }
    }

    /// Takes up what other nodes have left lying, and forgets old jobs.
    pub async fn run_maintenance(&self) -> Result<()> {
        let now = self.clock.now();
        for id in store::abandoned(&self.db, now).await? {
            self.work_on(id);
        }
        for id in store::drop_old(&self.db, now - KEPT).await? {
            self.media.forget_private(&file::place(&id)).await;
        }
        Ok(())
    }
}

/// What the page of a job says of its failure.
fn note_of(error: Error) -> JobText {
    match error {
        Error::Stopped(told) => told,
        error => match ShopError::from(error) {
            refusal if refusal == ShopError::internal() => Message::Internal.into(),
            refusal if refusal == ShopError::unavailable() => Message::Unavailable.into(),
            refusal => refusal.message.into(),
        },
    }
}

/// Whether the same step may well succeed later.
fn is_passing(error: &Error) -> bool {
    match error {
        // Said of what is kept of the settings.
        Error::Refused(refusal) => {
            matches!(refusal.kind, ErrorKind::Unavailable | ErrorKind::Busy)
        }
        Error::Busy | Error::Unavailable => true,
        error => error.is_unavailable() || error.is_transient(),
    }
}

fn known(id: &str) -> ShopResult<()> {
    if is_id(id) {
        Ok(())
    } else {
        Err(ShopError::not_found())
    }
}

fn begun() -> ShopError {
    ShopError::new(ErrorKind::Conflict, Text::from(locale()).already_started())
}

#[async_trait]
impl ProductJobs for JobService {
    async fn plan(
        &self,
        actor: &Account,
        selection: BulkSelection,
        action: BulkAction,
    ) -> ShopResult<String> {
        Ok(plan::plan(self, actor, &selection, action).await?)
    }

    async fn job(&self, id: &str, after: i64) -> ShopResult<JobView> {
        known(id)?;
        Ok(plan::view(self, id, after).await?)
    }

    async fn recent(&self) -> ShopResult<Vec<JobSummary>> {
        Ok(store::recent(&self.db, &self.currency().await?).await?)
    }

    async fn start(&self, actor: &Account, id: &str, consent: Consent) -> ShopResult<JobState> {
        known(id)?;
        let state = plan::start(self, actor, id, consent).await?;
        self.work_on(id.to_owned());
        Ok(state)
    }

    async fn look_again(
        &self,
        actor: &Account,
        id: &str,
        choices: ImportChoices,
    ) -> ShopResult<JobState> {
        known(id)?;
        let state = plan::look_again(self, actor, id, choices).await?;
        self.work_on(id.to_owned());
        Ok(state)
    }

    async fn undo(&self, actor: &Account, id: &str) -> ShopResult<String> {
        known(id)?;
        let undoing = plan::undo(self, actor, id).await?;
        self.work_on(undoing.clone());
        Ok(undoing)
    }

    async fn discard(&self, _actor: &Account, id: &str) -> ShopResult<()> {
        known(id)?;
        if !store::discard(&self.db, id).await? {
            return Err(begun());
        }
        self.media.forget_private(&file::place(id)).await;
        Ok(())
    }
}
