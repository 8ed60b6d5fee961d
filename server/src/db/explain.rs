//! How SQLite goes about a statement, for tests that hold it to an index: those of this crate and of the one above, which
//! has this file, too.

use tempfile::TempDir;

use crate::db::{Db, Dialect, Sql, from_row};

/// A row of a plan.
struct Step {
    detail: String,
}

from_row!(Step { detail });

/// Plans statements for a shop's database with nothing in it.
pub struct Planner {
    pub db: Db,
    _folder: TempDir,
}

impl Planner {
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("shop.db");
        let db = Db::connect(&format!("sqlite://{}", file.display()))
            .await
            .unwrap();
        db.migrate().await.unwrap();
        Self {
            db,
            _folder: folder,
        }
    }

    async fn steps(&self, sql: Sql) -> Vec<String> {
        let plan = sql
            .planned(Dialect::Sqlite)
            .fetch_all_as::<Step>(self.db.reader());
        let plan = plan.await.unwrap().into_iter();
        plan.map(|step| step.detail).collect()
    }

    /// The statement begins with what it is given and looks up a row of the table for each. The other way round it would
    /// read all it is given for each row.
    pub async fn begins_with_given(&self, sql: Sql, table: &str) {
        let steps = self.steps(sql).await;
        let at = |what: &str| steps.iter().position(|step| step.starts_with(what));
        let (given, row) = (at("SCAN json_each"), at(&format!("SEARCH {table} ")));
        assert!(given.is_some() && given < row, "{table}: {steps:#?}");
    }

    /// The steps of a statement, one of which uses this index.
    pub async fn by_index(&self, sql: Sql, index: &str) -> Vec<String> {
        let steps = self.steps(sql).await;
        assert!(
            steps.iter().any(|step| step.contains(index)),
            "{index}: {steps:#?}"
        );
        steps
    }
}
