//! The e-mails that wait and those that were given up, counted up to a bound.

use app::{admin::system::types::MailsLive, answers::Tally};

use crate::{
    db::{Get, Sql},
    error::Result,
    store::Store,
};

const WEEK: i64 = 7 * 24 * 60 * 60 * 1000;

pub async fn mails(db: &Store, now: i64) -> Result<MailsLive> {
    Ok(MailsLive {
        waiting: tally(db, waiting()).await?,
        failed: tally(db, failed(now - WEEK)).await?,
    })
}

async fn tally(db: &Store, sql: Sql) -> Result<Tally> {
    Ok(Tally::of(sql.fetch_one(db.reader()).await?.int("n")?))
}

fn waiting() -> Sql {
    let mut sql = Sql::new(
        "SELECT COUNT(*) AS n FROM (SELECT 1 AS one FROM mails \
         WHERE state IN ('waiting', 'sending') LIMIT ",
    );
    sql.int(Tally::MOST + 1).push(") AS counted");
    sql
}

fn failed(since: i64) -> Sql {
    let mut sql = Sql::new(
        "SELECT COUNT(*) AS n FROM (SELECT 1 AS one FROM mails \
         WHERE state = 'failed' AND ended_at > ",
    );
    sql.int(since)
        .push(" LIMIT ")
        .int(Tally::MOST + 1)
        .push(") AS counted");
    sql
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::Db;

    #[tokio::test]
    async fn both_counts_read_an_index_of_few_rows() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("shop.db");
        let db = Db::connect(&format!("sqlite://{}", file.display()))
            .await
            .unwrap();
        db.migrate().await.unwrap();
        let db = Store::from(db);
        for (query, index) in [(waiting(), "mails_due"), (failed(1), "mails_failed")] {
            let plan = query.explained().fetch_all(db.reader()).await.unwrap();
            let steps: Vec<_> = plan.iter().map(|row| row.text("detail").unwrap()).collect();
            assert!(
                steps.iter().any(|step| step.contains(index)),
                "{index}: {steps:#?}"
            );
        }
        db.close().await;
    }
}
