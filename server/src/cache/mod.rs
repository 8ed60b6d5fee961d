//! Read-through caches that are never older than the last announced change.
//!
//! A reader takes the stamp of what it is about first and looks for an entry *under that stamp*. A
//! miss is loaded once and stored under the stamp that was taken before loading. A change raises
//! the generation, so nobody can find an entry of before it, also not one that a slow reader
//! stores afterwards.

mod counts;
mod entry;
mod turns;

use std::{fmt, sync::Arc, time::Duration};

use app::error::ShopError;
use moka::future::Cache;
use serde::{Serialize, de::DeserializeOwned};
use tokio::time::Instant;

use crate::{
    clock::Clock,
    coordination::{
        CacheScope, Found, Token, Topic, Unavailable, VersionStamp, freshness::Freshness,
    },
};
use counts::Counts;
use entry::{Entry, UntilItRunsOut};
use turns::Turns;

/// Entries live this long, give or take a tenth, so that those made together do not end together.
pub const TTL: Duration = Duration::from_secs(60);
/// How long a node may take to make an entry before another may try.
const LEASE: Duration = Duration::from_secs(1);
/// How long a node waits for an entry that another one makes.
const WAIT: Duration = Duration::from_secs(1);
/// Between two looks for it, in milliseconds.
const LOOK_MS: std::ops::Range<u64> = 3..12;

type Loaded<T> = Result<T, ShopError>;

/// One kind of entries, in this process and, where there is one, in the cluster's cache.
pub struct ReadThrough<T> {
    kind: &'static str,
    entries: Cache<String, Arc<Entry<T>>>,
    freshness: Freshness,
    scope: CacheScope,
    is_shared: fn(&T) -> bool,
    ending: Option<Ending<T>>,
    counts: Arc<Counts>,
    turns: Turns<T>,
}

/// By which clock entries end, and when each does: milliseconds since 1970.
struct Ending<T> {
    clock: Arc<dyn Clock>,
    of: fn(&T) -> Option<i64>,
}

impl<T> Clone for Ending<T> {
    fn clone(&self) -> Self {
        Self {
            clock: self.clock.clone(),
            of: self.of,
        }
    }
}

impl<T> Clone for ReadThrough<T> {
    fn clone(&self) -> Self {
        Self {
            kind: self.kind,
            entries: self.entries.clone(),
            freshness: self.freshness.clone(),
            scope: self.scope,
            is_shared: self.is_shared,
            ending: self.ending.clone(),
            counts: self.counts.clone(),
            turns: self.turns.clone(),
        }
    }
}

impl<T> fmt::Debug for ReadThrough<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReadThrough")
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

impl<T> ReadThrough<T>
where
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
{
    /// `kind` names the entries in keys and metrics; `max_bytes` bounds what this process keeps,
    /// counted as JSON.
    pub fn new(kind: &'static str, max_bytes: u64, freshness: Freshness) -> Self {
        let entries = Cache::builder()
            .max_capacity(max_bytes)
            .weigher(|key: &String, entry: &Arc<Entry<T>>| {
                u32::try_from(key.len() + entry.bytes + entry::OVERHEAD).unwrap_or(u32::MAX)
            })
            .expire_after(UntilItRunsOut)
            .build();
        let scope = freshness.coordination().scope();
        Self {
            kind,
            entries,
            freshness,
            scope,
            is_shared: |_| true,
            ending: None,
            counts: Arc::new(Counts::of(kind)),
            turns: Turns::default(),
        }
    }

    /// Gives only such entries to other nodes: what anybody can make any number of, by asking for
    /// what is not there, must not fill the cluster's cache.
    pub fn shared_if(self, is_shared: fn(&T) -> bool) -> Self {
        Self { is_shared, ..self }
    }

    /// Entries that show something which begins or ends by itself are used until `of` says, and no
    /// longer, whatever else is left of their time.
    pub fn ending(self, clock: Arc<dyn Clock>, of: fn(&T) -> Option<i64>) -> Self {
        let ending = Some(Ending { clock, of });
        Self { ending, ..self }
    }

    /// Entries that other nodes have no use for.
    pub fn of_this_process(self) -> Self {
        let scope = CacheScope::Process;
        Self { scope, ..self }
    }

    /// The entry `name`, which is about `topics`; `load` makes it where there is none. What is
    /// refused is told in the language of this caller, no matter who else waits for the same.
    pub async fn get<F, Fut>(&self, name: &str, topics: &[Topic], load: F) -> Loaded<Arc<T>>
    where
        F: Fn() -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Loaded<T>> + Send + 'static,
    {
        let Ok(stamp) = self.freshness.stamp(topics).await else {
            self.counts.bypass.increment(1);
            let counts = self.counts.clone();
            let load = move || async move {
                counts.load.increment(1);
                load().await
            };
            return self.turns.load(name, load).await.map_err(ShopError::retold);
        };
        let mut key = format!("{}:{name}@{stamp}", self.kind);
        let about = About::new(stamp, topics);
        loop {
            if let Some(entry) = self.entries.get(&key).await {
                if let Some(next) = self.next_key(&key, &entry) {
                    key = next;
                    continue;
                }
                self.counts.hit.increment(1);
                if entry.is_due() {
                    self.refresh(key, about, load);
                }
                return Ok(entry.value.clone());
            }
            let made = self
                .entries
                .try_get_with(key.clone(), self.make(&key, &about, load.clone()))
                .await;
            match made {
                // Another node may have made it before it ended.
                Ok(entry) => match self.next_key(&key, &entry) {
                    Some(next) => key = next,
                    None => return Ok(entry.value.clone()),
                },
                Err(error) => return Err((*error).clone().retold()),
            }
        }
    }

    /// Where what follows an entry is that has ended: each is kept under the moment at which the one
    /// before it ended, on all nodes.
    fn next_key(&self, key: &str, entry: &Entry<T>) -> Option<String> {
        let ending = self.ending.as_ref()?;
        let ends = (ending.of)(&entry.value)?;
        let behind = format!("+{ends}");
        // What still ends at that moment when it is made after it, is used: it would be made again and again.
        let is_over = ends <= ending.clock.now() && !key.ends_with(&behind);
        is_over.then(|| format!("{key}{behind}"))
    }

    /// The entry `name`, if this process has it. One that is about to run out is made again by the
    /// side, with the `load` that is then asked for.
    pub async fn hit<F, Fut>(
        &self,
        name: &str,
        topics: &[Topic],
        load: impl FnOnce() -> F + Send,
    ) -> Option<Arc<T>>
    where
        F: Fn() -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Loaded<T>> + Send + 'static,
    {
        let stamp = self.freshness.stamp(topics).await.ok()?;
        let mut key = format!("{}:{name}@{stamp}", self.kind);
        let mut entry = self.entries.get(&key).await?;
        while let Some(next) = self.next_key(&key, &entry) {
            entry = self.entries.get(&next).await?;
            key = next;
        }
        self.counts.hit.increment(1);
        if entry.is_due() {
            self.refresh(key, About::new(stamp, topics), load());
        }
        Some(entry.value.clone())
    }

    /// Bytes kept in this process, counted as JSON, and entries.
    pub async fn size(&self) -> (u64, u64) {
        self.entries.run_pending_tasks().await;
        (self.entries.weighted_size(), self.entries.entry_count())
    }

    /// Makes an entry again before it runs out, while others still use it.
    fn refresh<F, Fut>(&self, key: String, about: About, load: F)
    where
        F: Fn() -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Loaded<T>> + Send + 'static,
    {
        self.counts.early.increment(1);
        let this = self.clone();
        tokio::spawn(async move {
            let began = Instant::now();
            if let Ok(value) = this.load(&about, &load).await {
                let (entry, _) = Entry::new(value, began.elapsed(), entry::jittered(TTL));
                this.entries.insert(key, Arc::new(entry)).await;
            }
        });
    }

    async fn load<F, Fut>(&self, about: &About, load: &F) -> Loaded<T>
    where
        F: Fn() -> Fut,
        Fut: Future<Output = Loaded<T>>,
    {
        let began = Instant::now();
        let loaded = load().await;
        self.counts.load_seconds.record(began.elapsed());
        self.counts.load.increment(1);
        // What was loaded may be of before the change: it stays under a stamp nobody has any more.
        let now = self.freshness.stamp_now(&about.topics).await;
        if now.is_ok_and(|now| now != about.stamp) {
            self.counts.stale_prevented.increment(1);
        }
        loaded
    }

    /// Once per process at a time for each key, by the cache in front.
    async fn make<F, Fut>(&self, key: &str, about: &About, load: F) -> Loaded<Arc<Entry<T>>>
    where
        F: Fn() -> Fut,
        Fut: Future<Output = Loaded<T>>,
    {
        let lease = match self.scope {
            CacheScope::Cluster => match self.find(key).await {
                Search::Found(entry) => {
                    self.counts.shared_hit.increment(1);
                    return Ok(entry);
                }
                Search::Lease(lease) => Some(lease),
                Search::Alone => None,
            },
            CacheScope::Process | CacheScope::Nowhere => None,
        };
        self.counts.miss.increment(1);
        let began = Instant::now();
        let loaded = self.load(about, &load).await;
        let coordination = self.freshness.coordination();
        let value = match loaded {
            Ok(value) => value,
            Err(error) => {
                if let Some(lease) = lease {
                    let _ = coordination.give_back(key, &lease).await;
                }
                return Err(error);
            }
        };
        let is_shared = (self.is_shared)(&value);
        let (entry, json) = Entry::new(value, began.elapsed(), entry::jittered(TTL));
        if let Some(lease) = lease {
            // A failure changes nothing here: the next to look loads it.
            let _ = match is_shared {
                true => coordination.store(key, json, entry.left(), &lease).await,
                false => coordination.give_back(key, &lease).await,
            };
        }
        Ok(Arc::new(entry))
    }

    /// Looks in the cluster's cache until the entry is there or is for this node to make.
    async fn find(&self, key: &str) -> Search<T> {
        use rand::Rng;
        let until = Instant::now() + WAIT;
        loop {
            match self.freshness.coordination().find(key, LEASE).await {
                Ok(Found::Entry { value, left }) => {
                    let bytes = value.len();
                    return match serde_json::from_slice(&value) {
                        Ok(value) => Search::Found(Arc::new(Entry::of_size(value, bytes, left))),
                        // Written by a node of another version.
                        Err(_) => Search::Alone,
                    };
                }
                Ok(Found::Lease(lease)) => return Search::Lease(lease),
                Err(Unavailable) => return Search::Alone,
                Ok(Found::BeingMade) if Instant::now() > until => return Search::Alone,
                Ok(Found::BeingMade) => {
                    let pause = rand::rng().random_range(LOOK_MS);
                    tokio::time::sleep(Duration::from_millis(pause)).await;
                }
            }
        }
    }
}

/// What an entry is about, and since when it may be used.
struct About {
    stamp: VersionStamp,
    topics: Vec<Topic>,
}

impl About {
    fn new(stamp: VersionStamp, topics: &[Topic]) -> Self {
        let topics = topics.to_vec();
        Self { stamp, topics }
    }
}

enum Search<T> {
    Found(Arc<Entry<T>>),
    /// Nobody has it: it is for this node to make.
    Lease(Token),
    /// It is made without the cluster.
    Alone,
}
