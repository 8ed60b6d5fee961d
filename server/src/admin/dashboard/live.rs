//! A sale while it runs: sales from the database, the rest from what this process measures.

use std::{sync::Arc, time::Duration};

use app::admin::dashboard::types::{Counted, Live, NodeLive, SellThrough};
use sqlx::any::AnyRow;
use tokio::{sync::Mutex, time::Instant};

use crate::{
    cart::check::line_title,
    clock::Clock,
    db::{FromRow, Get, Sql},
    error::Result,
    store::Store,
    telemetry::{self, Sample},
};

const MINUTE: i64 = 60 * 1000;
const HOUR: i64 = 60 * MINUTE;
/// Variants that are named.
const NAMED: i64 = 12;
/// Whoever watches sees the same look, however many they are.
const EVERY: Duration = Duration::from_millis(1500);

pub struct Watch {
    db: Store,
    clock: Arc<dyn Clock>,
    last: Mutex<Option<(Instant, Live)>>,
}

impl Watch {
    pub fn new(db: Store, clock: Arc<dyn Clock>) -> Self {
        Self {
            db,
            clock,
            last: Mutex::default(),
        }
    }

    pub async fn now(&self) -> Result<Live> {
        let mut last = self.last.lock().await;
        if let Some((at, live)) = &*last
            && at.elapsed() < EVERY
        {
            return Ok(live.clone());
        }
        let live = look(&self.db, self.clock.now()).await?;
        *last = Some((Instant::now(), live.clone()));
        Ok(live)
    }
}

async fn look(db: &Store, now: i64) -> Result<Live> {
    let mut sql =
        Sql::new("SELECT COUNT(*) AS n FROM orders WHERE status <> 'cancelled' AND created_at > ");
    sql.int(now - MINUTE);
    let orders_last_minute = sql.fetch_one(db.reader()).await?.int("n")?;
    let mut sql = Sql::new(
        "SELECT MAX(l.title) AS title, MAX(l.variant_title) AS variant_title, \
         CAST(SUM(l.quantity) AS BIGINT) AS sold, MAX(v.stock) AS units_left \
         FROM orders o JOIN order_lines l ON l.order_id = o.id \
         JOIN variants v ON v.id = l.variant_id \
         WHERE o.status <> 'cancelled' AND o.created_at > ",
    );
    sql.int(now - HOUR);
    sql.push(" GROUP BY l.variant_id ORDER BY sold DESC, title LIMIT ")
        .int(NAMED);
    Ok(Live {
        at: now,
        orders_last_minute,
        variants: sql.fetch_all_as(db.reader()).await?,
        node: node(&telemetry::samples()),
    })
}

impl FromRow for SellThrough {
    fn from_row(row: &AnyRow) -> Result<Self> {
        Ok(Self {
            title: line_title(&row.text("title")?, &row.text("variant_title")?),
            sold: row.int("sold")?,
            left: row.int("units_left")?,
        })
    }
}

fn node(samples: &[Sample]) -> NodeLive {
    let named = |name: &'static str| samples.iter().filter(move |sample| sample.name == name);
    let sum = |name: &'static str| named(name).map(|sample| sample.value).sum::<f64>();
    let mut refusals: Vec<Counted> = named("holdfast_orders_total")
        .filter_map(|sample| {
            let kind = sample.label("outcome")?;
            (kind != "stands" && sample.value > 0.0).then(|| Counted {
                kind: kind.to_owned(),
                count: sample.value as i64,
            })
        })
        .collect();
    refusals.sort_by(|a, b| b.count.cmp(&a.count).then(a.kind.cmp(&b.kind)));
    let waits = sum("holdfast_lock_wait_seconds_count");
    let looks = |results: &'static [&'static str]| {
        named("holdfast_cache_requests_total")
            .filter(|sample| {
                sample
                    .label("outcome")
                    .is_some_and(|r| results.contains(&r))
            })
            .map(|sample| sample.value)
            .sum::<f64>() as i64
    };
    NodeLive {
        queue_depth: sum("holdfast_order_queue_depth") as i64,
        refusals,
        lock_wait_ms: (waits > 0.0).then(|| sum("holdfast_lock_wait_seconds_sum") / waits * 1000.0),
        cache_hits: looks(&["hit", "shared_hit"]),
        cache_looks: looks(&["hit", "shared_hit", "miss", "bypass"]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_node_measures_is_summed_up() {
        let text = "# HELP x y\n\
            holdfast_order_queue_depth 7\n\
            holdfast_orders_total{outcome=\"stands\"} 90\n\
            holdfast_orders_total{outcome=\"sold_out\"} 3\n\
            holdfast_orders_total{outcome=\"busy\"} 5\n\
            holdfast_orders_total{outcome=\"failed\"} 0\n\
            holdfast_lock_wait_seconds_sum 0.5\n\
            holdfast_lock_wait_seconds_count 100\n\
            holdfast_cache_requests_total{cache=\"page\",outcome=\"hit\"} 80\n\
            holdfast_cache_requests_total{cache=\"list\",outcome=\"shared_hit\"} 10\n\
            holdfast_cache_requests_total{cache=\"page\",outcome=\"miss\"} 10\n\
            holdfast_cache_requests_total{cache=\"page\",outcome=\"load\"} 10\n";
        let node = node(&telemetry::parse(text));
        assert_eq!(node.queue_depth, 7);
        let refusals: Vec<_> = node
            .refusals
            .iter()
            .map(|r| (r.kind.as_str(), r.count))
            .collect();
        assert_eq!(refusals, [("busy", 5), ("sold_out", 3)]);
        assert_eq!(node.lock_wait_ms, Some(5.0));
        assert_eq!((node.cache_hits, node.cache_looks), (90, 100));
    }
}
