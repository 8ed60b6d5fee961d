//! A job's rows as its page shows them.

use app::locale::locale;
use desk::admin::jobs::{
    text::Text,
    told::TextChange,
    types::{JobRow, RowKind},
};

use super::rows::{ROW, RowOutcome};
use crate::{
    db::{Sql, from_row},
    error::Result,
    store::Store,
};

/// The title in the language of the request at hand.
fn title(kind: RowKind, kept: String) -> String {
    match (kind, kept.strip_prefix(ROW)) {
        (RowKind::Bad | RowKind::Remark, Some(line)) => Text::from(locale()).row_number(line),
        _ => kept,
    }
}

/// Rows after a position, up to `limit`, in the language of the request at hand.
pub async fn after(db: &Store, job_id: &str, position: i64, limit: i64) -> Result<Vec<JobRow>> {
    let mut sql = Sql::new(
        "SELECT position, kind, product_id, title, outcome, detail FROM catalog_job_rows \
         WHERE job_id = ",
    );
    sql.text(job_id).push(" AND position > ").int(position);
    sql.push(" ORDER BY position LIMIT ").int(limit);
    let kept: Vec<KeptRow> = sql.fetch_all_as(db.reader()).await?;
    Ok(kept.into_iter().map(JobRow::from).collect())
}

/// A row as it is kept, in no language.
struct KeptRow {
    position: i64,
    kind: RowKind,
    title: String,
    product_id: Option<String>,
    outcome: RowOutcome,
    changes: Vec<TextChange>,
}

from_row!(KeptRow {
    position,
    kind,
    title,
    product_id,
    outcome,
    changes: json "detail",
});

impl From<KeptRow> for JobRow {
    fn from(kept: KeptRow) -> Self {
        let said = |change: &TextChange| change.said(locale());
        Self {
            position: kept.position,
            kind: kept.kind,
            title: title(kept.kind, kept.title),
            product_id: kept.product_id,
            skipped: kept.outcome == RowOutcome::Skipped,
            changes: kept.changes.iter().map(said).collect(),
        }
    }
}
