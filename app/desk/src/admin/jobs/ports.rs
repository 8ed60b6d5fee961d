//! What the server provides for long work on products.

use std::sync::Arc;

use app::{error::ShopResult, identity::Account, shop::shop};
use async_trait::async_trait;

use super::bulk::{BulkAction, BulkSelection};
use crate::admin::jobs::types::{ImportChoices, JobState, JobSummary, JobView};

/// Long work on the catalogue: prepared, looked at, then done in the background.
#[async_trait]
pub trait ProductJobs: Send + Sync {
    /// Finds out what a change to many products would do; the id of the job that would do it.
    async fn plan(
        &self,
        actor: &Account,
        selection: BulkSelection,
        action: BulkAction,
    ) -> ShopResult<String>;
    /// The job and its rows after a position.
    async fn job(&self, id: &str, after: i64) -> ShopResult<JobView>;
    async fn recent(&self) -> ShopResult<Vec<JobSummary>>;
    /// Says yes to what was prepared. `Conflict` if products were changed since; what is shown then
    /// is brought up to date. With other choices than those it was prepared with, it is looked at
    /// again instead, and waits for another yes. The state it is in then.
    async fn start(&self, actor: &Account, id: &str, consent: Consent) -> ShopResult<JobState>;
    /// Finds out what a file would change with other choices.
    async fn look_again(
        &self,
        actor: &Account,
        id: &str,
        choices: ImportChoices,
    ) -> ShopResult<JobState>;
    /// Takes back what a finished job did, where nobody has changed it since.
    async fn undo(&self, actor: &Account, id: &str) -> ShopResult<String>;
    /// Forgets a job that has not begun.
    async fn discard(&self, actor: &Account, id: &str) -> ShopResult<()>;
}

/// What someone says yes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Consent {
    pub bad_rows: BadRows,
    /// How many variants may cost nothing afterwards that cost something now.
    pub made_free: i64,
    /// `None`: those that it was prepared with.
    pub choices: Option<ImportChoices>,
}

impl From<BadRows> for Consent {
    fn from(bad_rows: BadRows) -> Self {
        Self {
            bad_rows,
            made_free: 0,
            choices: None,
        }
    }
}

/// What to do with a file that has bad rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadRows {
    /// Change nothing.
    Refuse,
    /// Leave out the products they belong to.
    Skip,
}

/// See [`ProductJobs`].
pub fn jobs() -> Arc<dyn ProductJobs> {
    shop().port()
}
