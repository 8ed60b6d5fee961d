//! Coordination through Redis.
//!
//! Whatever happens to Redis, a call returns within some 40 ms; after the first that failed, calls
//! return at once until Redis is back. A stamp names the server's run and its data's history, so one
//! of before a restart, a failover or the loss of data is never met again.

mod address;
mod breaker;
mod draws;
mod events;
mod forget;
mod gathered;
mod link;
mod releases;
mod stamps;

use std::{iter, sync::Arc, time::Duration};

use async_trait::async_trait;
use fred::types::Value;
use tokio::{sync::broadcast, time::timeout};
use tokio_util::task::AbortOnDropHandle;

pub use self::{address::BadAddress, forget::forget, link::CALL};
use self::{
    address::Keys,
    draws::Draws,
    events::Events,
    link::{Call, Link},
    releases::Releases,
    stamps::Stamps,
};
use super::{
    CacheScope, Coordination, Event, Found, Health, LockOutcome, Token, Topic, Unavailable,
    VersionStamp,
    buckets::{Draw, Drawn},
    lock::WANTED,
};
use crate::{ahead, ids::new_secret};

/// Larger entries are not stored: they would keep everybody else's calls waiting.
pub const ENTRY_BYTES: usize = 1024 * 1024;

struct Calls {
    bump: Call,
    find: Call,
    store: Call,
    lock: Call,
    release: Call,
    unlock: Call,
    wanted: Call,
}

pub struct Redis {
    link: Arc<Link>,
    calls: Calls,
    draws: Draws,
    stamps: Stamps,
    releases: Releases,
    events: Events,
    _work: Vec<AbortOnDropHandle<()>>,
}

/// Redis did not come up in time; the text says what it met with.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct NotUp(String);

impl Redis {
    /// Begins to connect. Until that has succeeded every call is told [`Unavailable`].
    ///
    /// `namespace` sets the keys of one shop apart from those of others on the same server.
    pub fn start(url: &str, namespace: &str) -> Result<Self, BadAddress> {
        Self::start_with_limit(url, namespace, CALL)
    }

    /// The same with another limit than [`CALL`] to how long a call waits, for tests that are not
    /// about time.
    pub fn start_with_limit(
        url: &str,
        namespace: &str,
        limit: Duration,
    ) -> Result<Self, BadAddress> {
        let keys = Keys::new(namespace)?;
        let link = Arc::new(Link::new(address::client(url, limit)?, keys, limit));
        let (stamps, reading) = Stamps::new(link.clone());
        let (draws, drawing) = Draws::new(link.clone());
        let (releases, releasing) = Releases::new(link.clone());
        let (events, sending, listening) = Events::new(link.clone(), address::client(url, limit)?);
        let (kept, watched, recovered) = (link.clone(), link.clone(), link.clone());
        let work = vec![
            spawn(async move { watched.watch().await }),
            spawn(async move { kept.keep_connected().await }),
            spawn(async move { recovered.recover().await }),
            spawn(reading),
            spawn(drawing),
            spawn(releasing),
            spawn(sending),
            spawn(listening),
        ];
        Ok(Self {
            link,
            calls: Calls {
                bump: Call::new("bump", include_str!("redis/bump.lua")),
                find: Call::new("find", include_str!("redis/find.lua")),
                store: Call::new("store", include_str!("redis/store.lua")),
                lock: Call::new("lock", include_str!("redis/lock.lua")),
                release: releases::release(),
                unlock: Call::new("unlock", include_str!("redis/unlock.lua")),
                wanted: Call::new("wanted", include_str!("redis/wanted.lua")),
            },
            draws,
            stamps,
            releases,
            events,
            _work: work,
        })
    }

    /// Waits until Redis answers.
    pub async fn up(&self, at_most: Duration) -> Result<(), NotUp> {
        timeout(at_most, self.link.breaker.until_closed())
            .await
            .map_err(|_| NotUp(self.link.last_error()))
    }
}

fn spawn(work: impl Future<Output = ()> + Send + 'static) -> AbortOnDropHandle<()> {
    AbortOnDropHandle::new(ahead::spawn(work))
}

/// At least one: Redis refuses to keep anything for no time.
fn millis(duration: Duration) -> Value {
    let millis = i64::try_from(duration.as_millis()).unwrap_or(i64::MAX);
    millis.max(1).into()
}

#[async_trait]
impl Coordination for Redis {
    fn scope(&self) -> CacheScope {
        CacheScope::Cluster
    }

    fn health(&self) -> Health {
        match self.link.breaker.period() {
            Ok(_) => Health::Up,
            Err(Unavailable) => Health::Down,
        }
    }

    async fn stamp(&self, topics: &[Topic]) -> Result<VersionStamp, Unavailable> {
        self.link.breaker.period()?;
        self.stamps.ask(topics).await
    }

    async fn bump(&self, topics: &[Topic]) -> Result<(), Unavailable> {
        let keys = vec![self.link.keys.generations()];
        let topics = topics.iter().map(|topic| topic.as_str().into()).collect();
        self.link.call(&self.calls.bump, keys, topics).await
    }

    async fn bump_all(&self) -> Result<(), Unavailable> {
        self.link.bump_all().await
    }

    async fn find(&self, key: &str, lease: Duration) -> Result<Found, Unavailable> {
        self.link.breaker.period()?;
        let token = Token(new_secret());
        let lease_key = self.link.keys.lease(key);
        let pending = self
            .releases
            .pending(std::slice::from_ref(&lease_key), &token);
        let keys = vec![self.link.keys.entry(key), lease_key];
        let arguments = vec![token.0.clone().into(), millis(lease)];
        let (what, value, left): (String, Vec<u8>, i64) =
            self.link.call(&self.calls.find, keys, arguments).await?;
        pending.settle();
        Ok(match what.as_str() {
            "entry" => Found::Entry {
                value,
                left: Duration::from_millis(left.try_into().unwrap_or_default()),
            },
            "lease" => Found::Lease(token),
            _ => Found::BeingMade,
        })
    }

    async fn store(
        &self,
        key: &str,
        value: Vec<u8>,
        ttl: Duration,
        lease: &Token,
    ) -> Result<(), Unavailable> {
        if value.len() > ENTRY_BYTES {
            return self.give_back(key, lease).await;
        }
        let keys = vec![self.link.keys.entry(key), self.link.keys.lease(key)];
        let value = Value::from(value.into_boxed_slice());
        let arguments = vec![lease.0.clone().into(), value, millis(ttl)];
        self.link.call(&self.calls.store, keys, arguments).await
    }

    async fn give_back(&self, key: &str, lease: &Token) -> Result<(), Unavailable> {
        let keys = vec![self.link.keys.lease(key)];
        let arguments = vec![lease.0.clone().into()];
        self.link.call(&self.calls.release, keys, arguments).await
    }

    async fn try_lock(&self, keys: &[String], ttl: Duration) -> Result<LockOutcome, Unavailable> {
        self.link.breaker.period()?;
        let token = Token(new_secret());
        let locks: Vec<_> = keys.iter().map(|key| self.link.keys.lock(key)).collect();
        let pending = self.releases.pending(&locks, &token);
        let wanted = keys.iter().map(|key| self.link.keys.wanted(key));
        let fence = iter::once(self.link.keys.fence());
        let keys = fence.chain(locks).chain(wanted).collect();
        let arguments = vec![token.0.clone().into(), millis(ttl), millis(WANTED)];
        let fence: u64 = self.link.call(&self.calls.lock, keys, arguments).await?;
        pending.settle();
        Ok(match fence {
            0 => LockOutcome::Held,
            fence => LockOutcome::Granted { token, fence },
        })
    }

    async fn unlock(&self, keys: &[String], token: &Token) -> Result<usize, Unavailable> {
        if keys.is_empty() {
            return Ok(0);
        }
        let wanted = keys.iter().map(|key| self.link.keys.wanted(key));
        let locks: Vec<_> = keys.iter().map(|key| self.link.keys.lock(key)).collect();
        // Also while the breaker is open: a lock that nobody gives back keeps everybody waiting for its whole time.
        let pending = self.releases.pending(&locks, token);
        let keys = locks.into_iter().chain(wanted).collect();
        let arguments = vec![token.0.clone().into(), self.link.keys.freed().into()];
        let released = self.link.call(&self.calls.unlock, keys, arguments).await?;
        pending.settle();
        Ok(released)
    }

    async fn are_wanted(&self, keys: &[String]) -> Result<bool, Unavailable> {
        let wanted = keys.iter().map(|key| self.link.keys.wanted(key));
        let wanted: u64 = self
            .link
            .call(&self.calls.wanted, wanted.collect(), vec![])
            .await?;
        Ok(wanted > 0)
    }

    fn freed(&self) -> broadcast::Receiver<Arc<str>> {
        self.events.freed()
    }

    async fn draw(&self, draws: &[Draw]) -> Result<Drawn, Unavailable> {
        self.link.breaker.period()?;
        self.draws.ask(draws).await
    }

    fn publish(&self, event: Event) {
        self.events.publish(event);
    }

    fn subscribe(&self) -> broadcast::Receiver<Event> {
        self.events.subscribe()
    }
}
