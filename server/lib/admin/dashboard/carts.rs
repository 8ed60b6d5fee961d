//! Carts that were filled in a time and not ordered: counted, or estimated where there are very many.

use crate::{
    db::{FromRow, Sql, from_row},
    error::Result,
    store::Store,
};

/// So many are counted.
const COUNTED: i64 = 20_000;
/// Of more, those that begin so many parts of the time are looked at, and stand for the rest of their part.
const PARTS: i64 = 32;
const OF_PART: i64 = 500;
/// An estimate is told in steps of so many.
const STEP: i64 = 100;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenCarts {
    pub count: i64,
    pub is_estimate: bool,
}

/// Carts in the order of when they were filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Seen {
    carts: i64,
    /// That hold something, each once.
    open: i64,
    last: Option<i64>,
}

from_row!(Seen { carts, open, last });

pub async fn open_carts(db: &Store, from: i64, until: i64) -> Result<OpenCarts> {
    let all = seen(db, first(from, until, COUNTED + 1)).await?;
    if all.carts <= COUNTED {
        return Ok(OpenCarts {
            count: all.open,
            is_estimate: false,
        });
    }
    let at = |part: i64| from + (until - from) / PARTS * part;
    let mut count = 0;
    for part in 0..PARTS {
        let (begins, ends) = match part + 1 {
            PARTS => (at(part), until),
            next => (at(part), at(next)),
        };
        let seen = seen(db, first(begins, ends, OF_PART)).await?;
        count += seen.in_all(begins, ends);
    }
    Ok(OpenCarts {
        count: (count + STEP / 2) / STEP * STEP,
        is_estimate: true,
    })
}

async fn seen(db: &Store, first: Sql) -> Result<Seen> {
    Seen::from_row(&first.fetch_one(db.reader()).await?)
}

impl Seen {
    /// Open carts of a part of the time, of which these are the first.
    fn in_all(self, begins: i64, ends: i64) -> i64 {
        match self.last {
            Some(last) if self.carts >= OF_PART => {
                self.open * (ends - begins) / (last + 1 - begins).max(1)
            }
            _ => self.open,
        }
    }
}

/// One row about the first of the carts that were filled in a time.
fn first(from: i64, until: i64, most: i64) -> Sql {
    let mut sql = Sql::new(
        "SELECT COUNT(*) AS carts, CAST(COALESCE(SUM(CASE WHEN s.lines <> '[]' AND s.is_copy = 0 \
         THEN 1 ELSE 0 END), 0) AS BIGINT) AS open, MAX(s.lines_at) AS last \
         FROM (SELECT lines, is_copy, lines_at FROM carts WHERE lines_at >= ",
    );
    sql.int(from).push(" AND lines_at < ").int(until);
    sql.push(" ORDER BY lines_at LIMIT ").int(most);
    sql.push(") AS s");
    sql
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::Planner;

    #[test]
    fn the_first_of_a_part_stand_for_the_rest_of_it() {
        let seen = Seen {
            carts: OF_PART,
            open: 200,
            last: Some(1249),
        };
        // A quarter of the time.
        assert_eq!(seen.in_all(1000, 2000), 800);
        let all = Seen { carts: 499, ..seen };
        assert_eq!(all.in_all(1000, 2000), 200, "there are no more");
        let at_once = Seen {
            last: Some(1000),
            ..seen
        };
        assert_eq!(at_once.in_all(1000, 1001), 200);
    }

    #[tokio::test]
    async fn very_many_carts_are_told_roughly() {
        let planner = Planner::new().await;
        let filled = async |carts: i64| {
            let mut tx = planner.db.begin().await.unwrap();
            let gone = Sql::new("DELETE FROM carts");
            gone.execute(&mut *tx).await.unwrap();
            let mut sql = Sql::new(
                "WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < ",
            );
            sql.int(carts).push(
                ") INSERT INTO carts (id, token_hash, lines, lines_at, created_at, expires_at) \
                 SELECT 'c' || n, 'h' || n, CASE n % 4 WHEN 0 THEN '[]' ELSE '[{}]' END, n, 0, 0 FROM numbers",
            );
            sql.execute(&mut *tx).await.unwrap();
            tx.commit().await.unwrap();
            let db = Store::from(planner.db.clone());
            open_carts(&db, 0, 100_000).await.unwrap()
        };
        let counted = filled(COUNTED).await;
        assert_eq!(
            (counted.count, counted.is_estimate),
            (COUNTED / 4 * 3, false)
        );
        let told = filled(40_000).await;
        assert!(
            told.is_estimate && (29_000..31_000).contains(&told.count),
            "{told:?}"
        );
        planner.db.close().await;
    }

    #[tokio::test]
    async fn carts_of_a_time_are_read_by_an_index() {
        let planner = Planner::new().await;
        let index = "carts_filled (lines_at>? AND lines_at<?)";
        let steps = planner.by_index(first(1, 2, 1), index).await;
        let scans = |step: &String| step.starts_with("SCAN") && step != "SCAN s";
        assert!(!steps.iter().any(scans), "{steps:#?}");
        planner.db.close().await;
    }
}
