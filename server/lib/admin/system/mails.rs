//! The e-mails that wait and those that were given up, counted up to a bound.

use desk::admin::system::types::MailsLive;

use crate::{db::Sql, error::Result, store::Store};

const WEEK: i64 = 7 * 24 * 60 * 60 * 1000;

pub async fn mails(db: &Store, now: i64) -> Result<MailsLive> {
    Ok(MailsLive {
        waiting: Sql::new(WAITING).tally(db.reader()).await?,
        failed: failed(now - WEEK).tally(db.reader()).await?,
    })
}

const WAITING: &str = "SELECT 1 AS one FROM mails WHERE state IN ('waiting', 'sending')";

fn failed(since: i64) -> Sql {
    let mut sql = Sql::new("SELECT 1 AS one FROM mails WHERE state = 'failed' AND ended_at > ");
    sql.int(since);
    sql
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::Planner;

    #[tokio::test]
    async fn both_counts_read_an_index_of_few_rows() {
        let planner = Planner::new().await;
        for (query, index) in [
            (Sql::new(WAITING), "mails_due"),
            (failed(1), "mails_failed"),
        ] {
            planner.by_index(query.tallied(), index).await;
        }
        planner.db.close().await;
    }
}
