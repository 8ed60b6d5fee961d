//! What nodes agree on: generations, cache entries with leases, locks, buckets, events.
//!
//! All of it is for speed. What is told [`Unavailable`] goes to the database, which is the truth.

pub mod buckets;
pub mod connect;
mod emptied;
mod epoch;
pub mod freshness;
pub mod lock;
pub mod moments;
pub mod process;
pub mod redis;
pub mod uncoordinated;

use std::{fmt, sync::Arc, time::Duration};

use async_trait::async_trait;
use tokio::sync::broadcast;

use buckets::{Draw, Drawn};

/// Something whose changes readers must see. Each has a generation, a number that rises with
/// every change.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Topic(String);

impl Topic {
    /// Every list there is, and whatever else is made from more than one product or is on every page.
    pub fn lists() -> Self {
        Self("lists".to_owned())
    }

    /// One product, by its slug.
    pub fn product(slug: &str) -> Self {
        Self(format!("product:{slug}"))
    }

    /// What is planned to begin or end by itself.
    pub fn drops() -> Self {
        Self("drops".to_owned())
    }

    /// Whether it is about what shoppers see of the catalogue.
    pub fn is_of_catalog(&self) -> bool {
        self.0 == "lists" || self.0.starts_with("product:")
    }

    /// What an admin sets for the shop as a whole.
    pub fn settings() -> Self {
        Self("settings".to_owned())
    }

    /// The lines of a cart. Carts share a bounded number of generations: that two of them change
    /// together costs a look at the database, and numbers kept for ever would fill the memory.
    pub fn cart(token_hash: &str) -> Self {
        // Four hexadecimal digits: 65,536 generations.
        let bucket = token_hash.get(..4).unwrap_or(token_hash);
        Self(format!("cart:{bucket}"))
    }

    pub fn is_cart(&self) -> bool {
        self.0.starts_with("cart:")
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The generations of some topics at one moment. Equal stamps of the same topics mean that nothing
/// about them changed in between.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct VersionStamp(pub String);

impl fmt::Display for VersionStamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The back end does not answer, or there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("coordination is not available")]
pub struct Unavailable;

/// Proof of holding a lease or a lock: unguessable, so that nobody releases what is not theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token(pub String);

/// What a look for a cache entry gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// The entry and how much longer it may be used.
    Entry { value: Vec<u8>, left: Duration },
    /// There is none, and it is for the caller to make it.
    Lease(Token),
    /// There is none yet; someone else is making it.
    BeingMade,
}

/// What a try to take a lock gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LockOutcome {
    /// `fence` rises with every grant of any lock.
    Granted { token: Token, fence: u64 },
    /// Someone else holds at least one of the keys; none was taken.
    Held,
}

/// What nodes tell each other. Events may be lost: they make it quick, never right.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// Stock of these variants changed.
    Stock { variants: Vec<String> },
    /// Events may have been lost: whatever follows them looks at the database.
    Missed,
}

/// Whether entries of this back end are worth asking for before loading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CacheScope {
    /// Other nodes see them.
    Cluster,
    /// Only this process does, which keeps its own anyway.
    Process,
    /// There are none: nothing may be cached.
    Nowhere,
}

/// How the back end is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Health {
    Up,
    /// The breaker is open: requests do not wait for it.
    Down,
    /// There is none to be up or down.
    Absent,
}

/// One interface, whatever coordinates. No call waits longer than some 50 ms.
#[async_trait]
pub trait Coordination: Send + Sync + 'static {
    fn scope(&self) -> CacheScope;

    fn health(&self) -> Health;

    /// The generations of `topics` as they are at some moment after the call.
    async fn stamp(&self, topics: &[Topic]) -> Result<VersionStamp, Unavailable>;

    /// Raises generations. Once this has returned `Ok`, no stamp asked for later is an old one.
    async fn bump(&self, topics: &[Topic]) -> Result<(), Unavailable>;

    /// Makes every entry of before unreachable.
    async fn bump_all(&self) -> Result<(), Unavailable>;

    /// Looks for an entry; where there is none, gives one caller at a time the lease to make it.
    async fn find(&self, key: &str, lease: Duration) -> Result<Found, Unavailable>;

    /// Stores an entry for `ttl` and gives the lease back.
    async fn store(
        &self,
        key: &str,
        value: Vec<u8>,
        ttl: Duration,
        lease: &Token,
    ) -> Result<(), Unavailable>;

    /// Gives a lease back without an entry: the next to look may make it.
    async fn give_back(&self, key: &str, lease: &Token) -> Result<(), Unavailable>;

    /// Takes all keys for `ttl`, or none.
    async fn try_lock(&self, keys: &[String], ttl: Duration) -> Result<LockOutcome, Unavailable>;

    /// Releases those of the keys that are still held by `token`; tells how many those were.
    async fn unlock(&self, keys: &[String], token: &Token) -> Result<usize, Unavailable>;

    /// Whether someone was refused one of these keys in the last moments: for as long as a lock counts it.
    async fn are_wanted(&self, keys: &[String]) -> Result<bool, Unavailable>;

    /// Tells keys that someone was refused, as soon as each is given back. That may be missed, as all that is told: who
    /// waits for a lock looks for it besides.
    fn freed(&self) -> broadcast::Receiver<Arc<str>>;

    /// Draws from all of these buckets, or from none if one lacks what it must have.
    async fn draw(&self, draws: &[Draw]) -> Result<Drawn, Unavailable>;

    /// Tells all nodes, this one included. Never waits.
    fn publish(&self, event: Event);

    fn subscribe(&self) -> broadcast::Receiver<Event>;
}
