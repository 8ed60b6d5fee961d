//! Coordination of a single node without Redis: everything in this process.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use async_trait::async_trait;
use tokio::sync::broadcast;

use super::{
    CacheScope, Coordination, Event, Found, Health, LockOutcome, Token, Topic, Unavailable,
    VersionStamp,
    buckets::{Buckets, Draw, Drawn},
    lock::WANTED,
};
use crate::ids::new_secret;

/// Bytes of cache entries kept. Small: what is in front of this keeps its own.
const ENTRY_BYTES: usize = 4 * 1024 * 1024;

#[derive(Default)]
struct Generations {
    all: u64,
    of: HashMap<Topic, u64>,
}

struct Held {
    token: Token,
    until: Instant,
}

struct Entry {
    value: Vec<u8>,
    until: Instant,
}

#[derive(Default)]
struct Entries {
    bytes: usize,
    of: HashMap<String, Entry>,
    leases: HashMap<String, Held>,
}

impl Entries {
    fn give_back(&mut self, key: &str, lease: &Token) {
        let held = self.leases.get(key);
        if held.is_some_and(|held| held.token == *lease) {
            self.leases.remove(key);
        }
    }
}

/// Everything behind plain locks that are held for a few instructions and never across a wait.
pub struct InProcess {
    generations: Mutex<Generations>,
    entries: Mutex<Entries>,
    locks: Mutex<HashMap<String, Held>>,
    /// Keys that someone was refused, and for how long that counts.
    wanted: Mutex<HashMap<String, Instant>>,
    buckets: Buckets,
    fence: AtomicU64,
    events: broadcast::Sender<Event>,
    freed: broadcast::Sender<Arc<str>>,
}

impl Default for InProcess {
    fn default() -> Self {
        Self {
            generations: Mutex::default(),
            entries: Mutex::default(),
            locks: Mutex::default(),
            wanted: Mutex::default(),
            buckets: Buckets::default(),
            fence: AtomicU64::new(0),
            events: broadcast::channel(256).0,
            freed: broadcast::channel(256).0,
        }
    }
}

/// What is behind these locks is whole at every step, so a panic elsewhere spoils nothing.
fn open<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn is_held(held: Option<&Held>, now: Instant) -> bool {
    held.is_some_and(|held| held.until > now)
}

fn is_wanted(wanted: &HashMap<String, Instant>, key: &str, now: Instant) -> bool {
    wanted.get(key).is_some_and(|until| *until > now)
}

#[async_trait]
impl Coordination for InProcess {
    fn scope(&self) -> CacheScope {
        CacheScope::Process
    }

    fn health(&self) -> Health {
        Health::Absent
    }

    async fn stamp(&self, topics: &[Topic]) -> Result<VersionStamp, Unavailable> {
        use std::fmt::Write;
        let generations = open(&self.generations);
        let mut stamp = generations.all.to_string();
        for topic in topics {
            let number = generations.of.get(topic).copied().unwrap_or_default();
            let _ = write!(stamp, "-{number}");
        }
        Ok(VersionStamp(stamp))
    }

    async fn bump(&self, topics: &[Topic]) -> Result<(), Unavailable> {
        let mut generations = open(&self.generations);
        for topic in topics {
            *generations.of.entry(topic.clone()).or_default() += 1;
        }
        Ok(())
    }

    async fn bump_all(&self) -> Result<(), Unavailable> {
        open(&self.generations).all += 1;
        Ok(())
    }

    async fn find(&self, key: &str, lease: Duration) -> Result<Found, Unavailable> {
        let now = Instant::now();
        let mut entries = open(&self.entries);
        if let Some(entry) = entries.of.get(key).filter(|entry| entry.until > now) {
            return Ok(Found::Entry {
                value: entry.value.clone(),
                left: entry.until - now,
            });
        }
        if is_held(entries.leases.get(key), now) {
            return Ok(Found::BeingMade);
        }
        let token = Token(new_secret());
        entries.leases.retain(|_, held| held.until > now);
        entries.leases.insert(
            key.to_owned(),
            Held {
                token: token.clone(),
                until: now + lease,
            },
        );
        Ok(Found::Lease(token))
    }

    async fn store(
        &self,
        key: &str,
        value: Vec<u8>,
        ttl: Duration,
        lease: &Token,
    ) -> Result<(), Unavailable> {
        let now = Instant::now();
        let mut entries = open(&self.entries);
        if entries.bytes + value.len() > ENTRY_BYTES {
            entries.of.retain(|_, entry| entry.until > now);
            entries.bytes = entries.of.values().map(|entry| entry.value.len()).sum();
        }
        if entries.bytes + value.len() <= ENTRY_BYTES {
            entries.bytes += value.len();
            let until = now + ttl;
            if let Some(old) = entries.of.insert(key.to_owned(), Entry { value, until }) {
                entries.bytes -= old.value.len();
            }
        }
        entries.give_back(key, lease);
        Ok(())
    }

    async fn give_back(&self, key: &str, lease: &Token) -> Result<(), Unavailable> {
        open(&self.entries).give_back(key, lease);
        Ok(())
    }

    async fn try_lock(&self, keys: &[String], ttl: Duration) -> Result<LockOutcome, Unavailable> {
        let now = Instant::now();
        let mut locks = open(&self.locks);
        let held = keys.iter().filter(|key| is_held(locks.get(*key), now));
        let held: Vec<&String> = held.collect();
        let mut wanted = open(&self.wanted);
        if !held.is_empty() {
            wanted.extend(held.into_iter().map(|key| (key.clone(), now + WANTED)));
            return Ok(LockOutcome::Held);
        }
        wanted.retain(|key, until| *until > now && !keys.contains(key));
        locks.retain(|_, held| held.until > now);
        let token = Token(new_secret());
        for key in keys {
            let (token, until) = (token.clone(), now + ttl);
            locks.insert(key.clone(), Held { token, until });
        }
        let fence = self.fence.fetch_add(1, Ordering::SeqCst) + 1;
        Ok(LockOutcome::Granted { token, fence })
    }

    async fn unlock(&self, keys: &[String], token: &Token) -> Result<usize, Unavailable> {
        let now = Instant::now();
        let mut locks = open(&self.locks);
        let mut released = 0;
        for key in keys {
            if locks
                .get(key)
                .is_some_and(|held| held.token == *token && held.until > now)
            {
                locks.remove(key);
                released += 1;
            }
        }
        let wanted = open(&self.wanted);
        for key in keys.iter().filter(|key| is_wanted(&wanted, key, now)) {
            // Nobody may be waiting any more.
            let _ = self.freed.send(Arc::from(key.as_str()));
        }
        Ok(released)
    }

    async fn are_wanted(&self, keys: &[String]) -> Result<bool, Unavailable> {
        let now = Instant::now();
        let wanted = open(&self.wanted);
        Ok(keys.iter().any(|key| is_wanted(&wanted, key, now)))
    }

    fn freed(&self) -> broadcast::Receiver<Arc<str>> {
        self.freed.subscribe()
    }

    async fn draw(&self, draws: &[Draw]) -> Result<Drawn, Unavailable> {
        Ok(self.buckets.draw(draws))
    }

    fn publish(&self, event: Event) {
        // Nobody may be listening.
        let _ = self.events.send(event);
    }

    fn subscribe(&self) -> broadcast::Receiver<Event> {
        self.events.subscribe()
    }
}
