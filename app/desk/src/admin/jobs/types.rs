//! Long work on the catalogue, as its page shows it: looked at first, then done in the background.

use serde::{Deserialize, Serialize};

app::words! {
    pub enum JobState {
        /// What would change is being found out.
        Preparing = "preparing",
        /// It waits for someone to look at it and say yes.
        Ready = "ready",
        Running = "running",
        Done = "done",
        Failed = "failed",
    }
}

impl JobState {
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
    /// Cells of a file that are taken otherwise than they are written.
    pub remarks: i64,
    /// Variants whose SKU another product or an earlier row has.
    pub repeated_skus: i64,
    /// New variants whose stock the file does not track.
    pub untracked: i64,
    /// Of those, how many have a quantity in the file all the same.
    pub untracked_quantities: i64,
    /// New variants that the file gives no quantity for.
    pub untold: i64,
    /// Variants that the file's shop goes on selling without stock, and that would have none.
    pub sells_on: i64,
    /// New variants, and variants that have units now, that would have none for one of these reasons.
    pub sold_out: i64,
    /// Variants whose price becomes zero.
    pub made_free: i64,
}

impl JobCounts {
    /// What of a file would be sold out for another reason than that there are none, a sentence each.
    pub fn sold_out_words(&self) -> Vec<String> {
        let text = super::text::Text::from(app::locale::locale());
        let mut words = Vec::new();
        if self.sold_out > 0 {
            words.push(text.would_be_sold_out(self.sold_out));
        }
        if self.untracked > 0 {
            words.push(text.not_tracked(self.untracked));
        }
        if self.untold > 0 {
            words.push(text.no_quantity(self.untold));
        }
        if self.sells_on > 0 {
            words.push(text.sells_on(self.sells_on));
        }
        words
    }
}

/// What becomes of a variant whose SKU another product or an earlier row of the file has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RepeatedSkus {
    /// Its product is left out.
    #[default]
    LeaveOut,
    /// It comes in without a SKU.
    DropSku,
}

impl RepeatedSkus {
    /// Values of a form's choice.
    pub const CHOICES: [(Self, &'static str); 2] =
        [(Self::LeaveOut, "leave_out"), (Self::DropSku, "drop_sku")];

    pub fn parse(text: &str) -> Option<Self> {
        let known = Self::CHOICES.into_iter().find(|(_, key)| *key == text);
        known.map(|(choice, _)| choice)
    }
}

/// What an import does where the file leaves it open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ImportChoices {
    pub repeated_skus: RepeatedSkus,
    /// Units of new variants whose stock the file does not track or does not tell.
    pub untracked_units: i64,
    pub untracked: UntrackedQuantities,
}

/// Whether the quantity of a variant that is not tracked means anything.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UntrackedQuantities {
    #[default]
    Ignore,
    Use,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobSummary {
    pub id: String,
    pub kind: JobKind,
    pub state: JobState,
    /// What is done, such as "Prices down by 15 %".
    pub words: String,
    pub actor: String,
    /// Products in all, and those that are done.
    pub total: i64,
    pub done: i64,
    pub created_at: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobView {
    pub summary: JobSummary,
    pub counts: JobCounts,
    /// Products left alone because someone had changed them since.
    pub skipped: i64,
    /// Why it failed.
    pub note: String,
    pub can_undo: bool,
    /// In how many carts there are products that are to be deactivated or deleted.
    pub in_carts: i64,
    /// Variants that a change to many products would make free, before it is begun.
    pub made_free: i64,
    /// What the file was looked at with.
    pub choices: ImportChoices,
    pub rows: Vec<JobRow>,
    /// Position to go on after, if there is more.
    pub next: Option<i64>,
}

app::words! {
    pub enum RowKind {
        Change = "change",
        Create = "create",
        Update = "update",
        /// A row of a file that cannot be read.
        Bad = "bad",
        /// A cell of a file that is taken otherwise than it is written.
        Remark = "remark",
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

/// One field before and after; for a bad row or a remark, where it is and what is said of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    pub field: String,
    pub before: String,
    pub after: String,
    #[serde(default, skip_serializing_if = "PriceMark::is_none")]
    pub mark: PriceMark,
}

/// Whether a change of a price needs a second look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PriceMark {
    #[default]
    None,
    /// It costs nothing afterwards.
    Free,
}

impl PriceMark {
    pub(super) fn is_none(&self) -> bool {
        *self == Self::None
    }
}

impl FieldChange {
    pub fn new(
        field: impl Into<String>,
        before: impl Into<String>,
        after: impl Into<String>,
    ) -> Self {
        Self {
            field: field.into(),
            before: before.into(),
            after: after.into(),
            mark: PriceMark::None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_sold_out_is_said_with_the_reason() {
        assert_eq!(JobCounts::default().sold_out_words(), [""; 0]);
        let counts = JobCounts {
            sold_out: 2,
            untracked: 1,
            sells_on: 1,
            ..JobCounts::default()
        };
        assert_eq!(
            counts.sold_out_words(),
            [
                "2 variants would be sold out.",
                "The file doesn’t track the stock of 1 new variant.",
                "The file lets 1 variant be sold when out of stock, without a limit. This shop takes \
                 backorders only up to a limit: enter one in the column “Variant Backorder Limit”.",
            ]
        );
    }

    #[test]
    fn jobs_of_earlier_versions_are_still_read() {
        let counts = r#"{"created":1,"updated":2,"unchanged":3,"bad":4}"#;
        let counts: JobCounts = serde_json::from_str(counts).unwrap();
        assert_eq!((counts.created, counts.bad, counts.sold_out), (1, 4, 0));
        let change = r#"{"field":"Title","before":"a","after":"b"}"#;
        let read: FieldChange = serde_json::from_str(change).unwrap();
        assert_eq!(read, FieldChange::new("Title", "a", "b"));
        assert_eq!(serde_json::to_string(&read).unwrap(), change);
    }
}
