//! What this process measures, summed up.

use desk::admin::system::types::{Counted, NodeLive, RedisState};

use crate::{coordination::Health, store::Store, telemetry::Sample};

pub fn node(samples: &[Sample], db: &Store) -> NodeLive {
    let pools = db.pools();
    NodeLive {
        db_used: pools.iter().map(|pool| i64::from(pool.used)).sum(),
        db_max: pools.iter().map(|pool| i64::from(pool.max)).sum(),
        redis: match db.freshness().coordination().health() {
            Health::Up => RedisState::Up,
            Health::Down => RedisState::Down,
            Health::Absent => RedisState::Absent,
        },
        ..measured(samples)
    }
}

/// Without what is only known by looking.
fn measured(samples: &[Sample]) -> NodeLive {
    let named = |name: &'static str| samples.iter().filter(move |sample| sample.name == name);
    let sum = |name: &'static str| named(name).map(|sample| sample.value).sum::<f64>();
    let mean = |total: &'static str, count: &'static str| {
        let count = sum(count);
        (count > 0.0).then(|| sum(total) / count)
    };
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
    let wait = mean(
        "holdfast_lock_wait_seconds_sum",
        "holdfast_lock_wait_seconds_count",
    );
    NodeLive {
        uptime_seconds: sum("holdfast_uptime_seconds") as i64,
        queue_depth: sum("holdfast_order_queue_depth") as i64,
        orders_per_transaction: mean(
            "holdfast_order_batch_orders_sum",
            "holdfast_order_batch_orders_count",
        ),
        refusals,
        lock_wait_ms: wait.map(|seconds| seconds * 1000.0),
        cache_hits: looks(&["hit", "shared_hit"]),
        cache_looks: looks(&["hit", "shared_hit", "miss", "bypass"]),
        db_used: 0,
        db_max: 0,
        redis: RedisState::Absent,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::telemetry;

    #[test]
    fn what_a_node_measures_is_summed_up() {
        let text = "# HELP x y\n\
            holdfast_uptime_seconds 61.5\n\
            holdfast_order_queue_depth 7\n\
            holdfast_order_batch_orders_sum 30\n\
            holdfast_order_batch_orders_count 12\n\
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
        let node = measured(&telemetry::parse(text));
        assert_eq!((node.queue_depth, node.uptime_seconds), (7, 61));
        assert_eq!(node.orders_per_transaction, Some(2.5));
        let refusals: Vec<_> = node
            .refusals
            .iter()
            .map(|r| (r.kind.as_str(), r.count))
            .collect();
        assert_eq!(refusals, [("busy", 5), ("sold_out", 3)]);
        assert_eq!(node.lock_wait_ms, Some(5.0));
        assert_eq!((node.cache_hits, node.cache_looks), (90, 100));
    }

    #[test]
    fn of_what_did_not_happen_yet_there_is_no_mean() {
        let node = measured(&[]);
        assert_eq!(
            (node.lock_wait_ms, node.orders_per_transaction),
            (None, None)
        );
    }
}
