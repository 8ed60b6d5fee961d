//! Which back end coordinates.

use std::{sync::Arc, time::Duration};

use super::{Coordination, process::InProcess, redis::Redis};
use crate::{
    coordination::uncoordinated::Uncoordinated,
    db::Dialect,
    error::{Error, Result},
};

/// How long the start waits for Redis. Without it the shop opens all the same.
const TIMEOUT: Duration = Duration::from_secs(2);

/// What the choice rests on. `redis_url` may hold a password, so there is no `Debug`.
pub struct Settings<'a> {
    /// None, or an empty one, where there is no Redis.
    pub redis_url: Option<&'a str>,
    /// Sets the keys of this shop apart from those of others on the same server.
    pub namespace: &'a str,
    /// How many nodes serve this shop.
    pub nodes: u32,
    pub dialect: Dialect,
}

pub async fn connect(settings: Settings<'_>) -> Result<Arc<dyn Coordination>> {
    if settings.dialect == Dialect::Sqlite && settings.nodes > 1 {
        return Err(Error::Setting(
            "several nodes cannot share SQLite; set DATABASE_URL to a Postgres server".to_owned(),
        ));
    }
    if let Some(url) = settings.redis_url.filter(|url| !url.is_empty()) {
        return through_redis(url, settings.namespace).await;
    }
    if settings.nodes > 1 {
        tracing::warn!(
            "several nodes without Redis: nothing is cached, and orders rely on the database alone"
        );
        return Ok(Arc::new(Uncoordinated::node()));
    }
    tracing::info!("this is the only node: caching in this process");
    Ok(Arc::new(InProcess::default()))
}

async fn through_redis(url: &str, namespace: &str) -> Result<Arc<dyn Coordination>> {
    let redis = Redis::start(url, namespace).map_err(|error| Error::Setting(error.to_string()))?;
    match redis.up(TIMEOUT).await {
        Ok(()) => tracing::info!("Redis coordinates the nodes: caches, locks and events"),
        Err(cause) => tracing::warn!(
            %cause,
            "Redis does not answer yet: until it does, nothing is cached and orders rely on the \
             database alone"
        ),
    }
    Ok(Arc::new(redis))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coordination::CacheScope;

    async fn scope(redis_url: Option<&str>, nodes: u32, dialect: Dialect) -> Result<CacheScope> {
        let settings = Settings {
            redis_url,
            namespace: "holdfast",
            nodes,
            dialect,
        };
        Ok(connect(settings).await?.scope())
    }

    #[tokio::test]
    async fn without_redis_only_a_single_node_caches() {
        for (nodes, dialect, expected) in [
            (1, Dialect::Sqlite, CacheScope::Process),
            (1, Dialect::Postgres, CacheScope::Process),
            (2, Dialect::Postgres, CacheScope::Nowhere),
        ] {
            for none in [None, Some("")] {
                assert_eq!(scope(none, nodes, dialect).await.expect("fine"), expected);
            }
        }
    }

    #[tokio::test]
    async fn settings_that_cannot_be_right_are_refused_without_showing_a_password() {
        for (url, nodes, dialect) in [
            (None, 2, Dialect::Sqlite),
            (Some("redis://localhost"), 2, Dialect::Sqlite),
            (Some("memcached://:hush@localhost"), 1, Dialect::Postgres),
        ] {
            match scope(url, nodes, dialect).await {
                Err(Error::Setting(text)) => assert!(!text.contains("hush"), "{text}"),
                other => panic!("{url:?} on {nodes} nodes: {other:?}"),
            }
        }
    }

    /// Nothing listens on port 1.
    #[tokio::test]
    async fn the_shop_opens_while_redis_is_down() {
        let reached = scope(Some("redis://127.0.0.1:1"), 1, Dialect::Sqlite).await;
        assert_eq!(reached.expect("it opens"), CacheScope::Cluster);
    }
}
