//! What a job does, as it is stored.

use app::locale::locale;
use desk::admin::jobs::{
    bulk::BulkAction,
    text::Text,
    types::{ImportChoices, JobCounts, JobKind},
};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Task {
    Bulk {
        action: BulkAction,
        /// Whether it takes back an earlier job.
        #[serde(default)]
        is_undo: bool,
        /// Whether it was taken back.
        #[serde(default)]
        undone: bool,
    },
    Import {
        /// Name of the file, for people.
        file: String,
        counts: JobCounts,
        /// What the file was looked at with, and is imported with.
        #[serde(default)]
        choices: ImportChoices,
        /// Whether products with bad rows are left out; known once the job was started.
        skip_bad: bool,
        /// How many products of the file were written or left out: a job that is taken up again goes
        /// on behind them.
        #[serde(default)]
        behind: i64,
        /// When it was last begun to find out what the file would change, in milliseconds since 1970; 0
        /// if that is not noted.
        #[serde(default)]
        looked_at: i64,
    },
}

impl Task {
    pub fn kind(&self) -> JobKind {
        match self {
            Self::Bulk { .. } => JobKind::Bulk,
            Self::Import { .. } => JobKind::Import,
        }
    }

    /// In the language of the request at hand.
    pub fn words(&self, currency: &str) -> String {
        match self {
            Self::Bulk {
                action,
                is_undo: true,
                ..
            } => action.undo_words(currency),
            Self::Bulk { action, .. } => action.words(currency),
            Self::Import { file, .. } => Text::from(locale()).import_of(file),
        }
    }

    pub fn counts(&self) -> JobCounts {
        match self {
            Self::Bulk { .. } => JobCounts::default(),
            Self::Import { counts, .. } => *counts,
        }
    }

    pub fn choices(&self) -> ImportChoices {
        match self {
            Self::Bulk { .. } => ImportChoices::default(),
            Self::Import { choices, .. } => *choices,
        }
    }
}
