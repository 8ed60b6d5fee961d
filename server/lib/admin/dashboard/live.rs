//! A sale while it runs.

use std::{
    mem,
    sync::{Arc, MutexGuard, PoisonError, Weak},
    time::Duration,
};

use desk::admin::dashboard::types::{Live, SellThrough};
use tokio::{
    sync::Mutex,
    time::{Instant, sleep},
};

use super::Named;
use crate::{
    clock::Clock,
    db::{Sql, from_row},
    error::Result,
    orders::sums::{MINUTE, SECOND},
    store::Store,
};

const HOUR: i64 = 60 * MINUTE;
/// Variants that are named.
const NAMED: i64 = 12;
/// All who watch see the same look, however many they are.
const EVERY: Duration = Duration::from_millis(1500);
/// One that is older is shown to nobody. While someone watches, the next one is made before: behind those who wait
/// for their page, as it takes the longer, the more is sold.
const TOO_OLD: Duration = Duration::from_secs(3);
/// Nobody watches any more once nobody has looked for this long.
const WATCHED: Duration = Duration::from_secs(10);

pub struct Watch(Arc<Shared>);

struct Shared {
    db: Store,
    clock: Arc<dyn Clock>,
    last: Mutex<Option<(Instant, Live)>>,
    watched: std::sync::Mutex<Watched>,
}

#[derive(Default)]
struct Watched {
    /// When someone looked last.
    at: Option<Instant>,
    /// Whether [`Shared::keep`] runs.
    is_kept: bool,
}

impl Watch {
    pub fn new(db: Store, clock: Arc<dyn Clock>) -> Self {
        Self(Arc::new(Shared {
            db,
            clock,
            last: Mutex::default(),
            watched: std::sync::Mutex::default(),
        }))
    }

    pub async fn now(&self) -> Result<Live> {
        let shared = &self.0;
        {
            let mut watched = shared.watched();
            watched.at = Some(Instant::now());
            if !mem::replace(&mut watched.is_kept, true) {
                tokio::spawn(keep(Arc::downgrade(shared)));
            }
        }
        let mut last = shared.last.lock().await;
        if let Some((at, live)) = &*last
            && at.elapsed() < TOO_OLD
        {
            return Ok(live.clone());
        }
        let live = shared.look().await?;
        *last = Some((Instant::now(), live.clone()));
        Ok(live)
    }
}

impl Shared {
    fn watched(&self) -> MutexGuard<'_, Watched> {
        self.watched.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn look(&self) -> Result<Live> {
        look(&self.db, self.clock.now()).await
    }

    /// Whether someone watches. If not, the next who looks begins again.
    fn is_watched(&self) -> bool {
        let mut watched = self.watched();
        watched.is_kept = watched.at.is_some_and(|at| at.elapsed() < WATCHED);
        watched.is_kept
    }
}

/// Looks again and again while someone watches. A look that fails is made by the next who waits for it, who is told.
async fn keep(shared: Weak<Shared>) {
    loop {
        sleep(EVERY).await;
        let Some(shared) = shared.upgrade() else {
            return;
        };
        if !shared.is_watched() {
            return;
        }
        match shared.look().await {
            Ok(live) => *shared.last.lock().await = Some((Instant::now(), live)),
            Err(error) => tracing::debug!(%error, "nobody could look at what is sold"),
        }
    }
}

async fn look(db: &Store, now: i64) -> Result<Live> {
    let sold: Vec<Sold> = sold_since(now - HOUR).fetch_all_as(db.reader()).await?;
    Ok(Live {
        at: now,
        orders_last_minute: orders_since(now - MINUTE).fetch_value(db.reader()).await?,
        variants: sold.into_iter().map(SellThrough::from).collect(),
    })
}

/// Sums of the seconds since, and what is not added up yet.
fn orders_since(since: i64) -> Sql {
    let mut sql = Sql::new(
        "SELECT CAST(COALESCE(SUM(t.standing), 0) AS BIGINT) AS n FROM \
         (SELECT s.standing FROM order_sums s WHERE s.span = ",
    );
    sql.int(SECOND).push(" AND s.begins > ").int(since);
    sql.push(
        " UNION ALL SELECT c.standing FROM sum_changes c WHERE c.variant_id IS NULL AND c.at > ",
    );
    sql.int(since).push(") AS t");
    sql
}

/// The same of the minutes of variants. What is named is called as its product is now.
fn sold_since(since: i64) -> Sql {
    let mut sql = Sql::new(
        "SELECT COALESCE(p.title, (SELECT l.title FROM order_lines l WHERE l.variant_id = n.variant_id \
         ORDER BY l.created_at DESC LIMIT 1), '') AS title, v.option1, v.option2, v.option3, n.sold, \
         v.stock AS units_left FROM (SELECT t.variant_id, CAST(SUM(t.standing) AS BIGINT) AS sold \
         FROM (SELECT s.variant_id, s.standing FROM variant_sums s WHERE s.span = ",
    );
    sql.int(MINUTE).push(" AND s.begins > ").int(since);
    sql.push(
        " UNION ALL SELECT c.variant_id, c.standing FROM sum_changes c WHERE c.variant_id IS NOT NULL AND c.at > ",
    );
    sql.int(since);
    sql.push(
        ") AS t GROUP BY t.variant_id HAVING SUM(t.standing) > 0 \
         ORDER BY sold DESC, t.variant_id LIMIT ",
    );
    sql.int(NAMED);
    sql.push(
        ") AS n JOIN variants v ON v.id = n.variant_id LEFT JOIN products p ON p.id = v.product_id \
         ORDER BY n.sold DESC, title",
    );
    sql
}

struct Sold {
    variant: Named,
    units: i64,
    left: i64,
}

from_row!(Sold {
    variant: row,
    units: "sold",
    left: "units_left",
});

impl From<Sold> for SellThrough {
    fn from(sold: Sold) -> Self {
        Self {
            title: sold.variant.in_a_line(),
            sold: sold.units,
            left: sold.left,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::Planner;

    #[tokio::test]
    async fn a_sale_is_watched_without_reading_its_orders() {
        let planner = Planner::new().await;
        for query in [orders_since(1), sold_since(1)] {
            let steps = planner
                .by_index(query, "s USING PRIMARY KEY (span=? AND begins>?)")
                .await;
            // Read from end to end is what is not added up yet, which is of seconds, and what the query
            // itself has found.
            let known = ["SCAN c", "SCAN t", "SCAN n"];
            let scans = |step: &String| {
                step.starts_with("SCAN") && !known.iter().any(|known| step.contains(known))
            };
            assert!(!steps.iter().any(scans), "{steps:#?}");
        }
        planner.db.close().await;
    }
}
