//! Long work on the catalogue, as its page shows it: looked at first, then done in the background.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// What would change is being found out.
    Preparing,
    /// It waits for somebody to look at it and say yes.
    Ready,
    Running,
    Done,
    Failed,
}

impl JobState {
    pub const ALL: [Self; 5] = [
        Self::Preparing,
        Self::Ready,
        Self::Running,
        Self::Done,
        Self::Failed,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Preparing => "preparing",
            Self::Ready => "ready",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Whether it changes by itself.
    pub const fn is_moving(self) -> bool {
        matches!(self, Self::Preparing | Self::Running)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobKind {
    Bulk,
    Import,
}

/// How many products a job makes, changes and so on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct JobCounts {
    pub created: i64,
    pub updated: i64,
    pub unchanged: i64,
    /// Rows of a file that cannot be read.
    pub bad: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobSummary {
    pub id: String,
    pub kind: JobKind,
    pub state: JobState,
    /// What is done, such as "Prices down by 15 %".
    pub words: String,
    pub actor: String,
    /// Products in all, and done so far.
    pub total: i64,
    pub done: i64,
    pub created_at: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobView {
    pub summary: JobSummary,
    pub counts: JobCounts,
    /// Products left alone because somebody had changed them since.
    pub skipped: i64,
    /// Why it failed.
    pub note: String,
    pub can_undo: bool,
    /// In how many carts lie products that are to be deactivated or deleted.
    pub in_carts: i64,
    pub rows: Vec<JobRow>,
    /// Position to go on after, if there is more.
    pub next: Option<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowKind {
    Change,
    Create,
    Update,
    /// A row of a file that cannot be read.
    Bad,
}

impl RowKind {
    pub const ALL: [Self; 4] = [Self::Change, Self::Create, Self::Update, Self::Bad];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Change => "change",
            Self::Create => "create",
            Self::Update => "update",
            Self::Bad => "bad",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobRow {
    pub position: i64,
    pub kind: RowKind,
    pub title: String,
    pub product_id: Option<String>,
    /// Whether it was left alone.
    pub skipped: bool,
    pub changes: Vec<FieldChange>,
}

/// One field before and after; for a bad row, where it stands and what is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    pub field: String,
    pub before: String,
    pub after: String,
}
