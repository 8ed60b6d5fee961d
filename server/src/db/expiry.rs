//! Deleting what its time has run out of.

use super::{Db, Sql};
use crate::error::Result;

/// Rows in one transaction.
const BATCH: u64 = 1000;

/// Rows that end at a time.
#[derive(Debug, Clone, Copy)]
pub struct Ending {
    pub table: &'static str,
    /// Columns that tell rows apart.
    pub key: &'static str,
    /// Column of the time, which has an index.
    pub at: &'static str,
}

impl Ending {
    /// Deletes rows of this time and before, until there are none: no more come than go. Each thousand has a
    /// transaction of its own, so that orders come in between. Returns how many.
    pub async fn drop_until(self, db: &Db, time: i64) -> Result<u64> {
        let mut gone = 0;
        loop {
            // Most of the time there is nothing to do: that is found out without a lock.
            if self
                .first(time)
                .fetch_optional(db.reader())
                .await?
                .is_none()
            {
                return Ok(gone);
            }
            let mut tx = db.begin().await?;
            let batch = self.dropping(time).execute(&mut *tx).await?;
            tx.commit().await?;
            gone += batch;
            if batch < BATCH {
                return Ok(gone);
            }
        }
    }

    fn first(self, time: i64) -> Sql {
        let Self { table, key, at } = self;
        let mut sql = Sql::new(&format!("SELECT {key} FROM {table} WHERE {at} <= "));
        sql.int(time).push(" LIMIT 1");
        sql
    }

    /// One that has been made to last longer meanwhile is left.
    pub fn dropping(self, time: i64) -> Sql {
        let Self { table, key, at } = self;
        let mut sql = Sql::new(&format!(
            "DELETE FROM {table} WHERE ({key}) IN (SELECT {key} FROM {table} WHERE {at} <= "
        ));
        sql.int(time)
            .push(format!(" ORDER BY {at} LIMIT {BATCH}) AND {at} <= "))
            .int(time);
        sql
    }
}
