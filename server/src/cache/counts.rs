//! What is counted of one kind of entries.

use metrics::{Counter, Histogram, counter, histogram};

use crate::telemetry;

/// Looked up once: a hit costs less than looking up its counter would.
pub struct Counts {
    /// This process had it.
    pub hit: Counter,
    /// The cluster had it.
    pub shared_hit: Counter,
    /// Nobody had it.
    pub miss: Counter,
    /// It was made, for whatever reason.
    pub load: Counter,
    /// It was made again before it ran out.
    pub early: Counter,
    /// Nothing may be cached at present.
    pub bypass: Counter,
    /// A change overtook it while it was made.
    pub stale_prevented: Counter,
    pub load_seconds: Histogram,
}

impl Counts {
    pub fn of(kind: &'static str) -> Self {
        telemetry::install();
        let outcome = |outcome: &'static str| counter!("holdfast_cache_requests_total", "kind" => kind, "outcome" => outcome);
        Self {
            hit: outcome("hit"),
            shared_hit: outcome("shared_hit"),
            miss: outcome("miss"),
            load: outcome("load"),
            early: outcome("early"),
            bypass: outcome("bypass"),
            stale_prevented: counter!("holdfast_stale_fills_prevented_total", "kind" => kind),
            load_seconds: histogram!("holdfast_cache_load_seconds", "kind" => kind),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        cache::ReadThrough,
        coordination::{Topic, freshness::Freshness},
        telemetry,
    };

    #[tokio::test]
    async fn an_entry_that_a_change_overtook_is_counted() {
        let (freshness, topic) = (Freshness::default(), Topic::product("rope"));
        let cache = ReadThrough::new("overtaken", 1024, freshness.clone());
        for changes in [1, 0] {
            let (freshness, topics) = (freshness.clone(), [topic.clone()]);
            let load = move || {
                let (freshness, topics) = (freshness.clone(), topics.clone());
                async move {
                    if changes == 1 {
                        let bumped = freshness.coordination().bump(&topics).await;
                        bumped.expect("this process is there");
                    }
                    Ok(changes)
                }
            };
            let topics = [topic.clone()];
            assert_eq!(*cache.get("it", &topics, load).await.unwrap(), changes);
        }
        let text = telemetry::render();
        for line in [
            r#"holdfast_stale_fills_prevented_total{kind="overtaken"} 1"#,
            r#"holdfast_cache_requests_total{kind="overtaken",outcome="load"} 2"#,
            r#"holdfast_cache_requests_total{kind="overtaken",outcome="hit"} 0"#,
        ] {
            assert!(text.lines().any(|is| is == line), "{line}\n{text}");
        }
    }
}
