//! Who must be told of a commit, and how old what is remembered may be.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use sqlx::{Any, Pool};
use tokio::sync::broadcast;

use super::{
    CacheScope, Coordination, Event, Topic, Unavailable, VersionStamp, epoch::Epoch,
    moments::Moments, process::InProcess,
};
use crate::db::Db;

tokio::task_local! {
    /// What was asked for a page until now.
    static ASKED: Mutex<Vec<(Vec<Topic>, VersionStamp)>>;
}

/// Shows what is of one moment, at or after which it was asked for: each stamp is asked for once. For what only
/// reads.
pub async fn of_one_moment<T>(shown: impl Future<Output = T>) -> T {
    ASKED.scope(Mutex::default(), shown).await
}

/// The stamp that was asked for before.
fn asked_before(topics: &[Topic]) -> Option<VersionStamp> {
    let found = ASKED.try_with(|asked| {
        let asked = asked.lock().unwrap_or_else(PoisonError::into_inner);
        let known = asked.iter().find(|(of, _)| of == topics);
        known.map(|(_, stamp)| stamp.clone())
    });
    found.ok().flatten()
}

fn note(topics: &[Topic], stamp: &VersionStamp) {
    // Nobody asks again outside of a page.
    let _ = ASKED.try_with(|asked| {
        let mut asked = asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.push((topics.to_vec(), stamp.clone()));
    });
}

/// How long at most an import on the command line stays unseen where there is no Redis.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// Stamps what is remembered and announces what has changed.
///
/// The usual way is [`Coordination`]. What it could not be told, or what a process changed that is
/// no node (an import on the command line), raises the catalogue's [`Epoch`] in the database. Nodes
/// that share Redis look there before they trust it, some fifty times a second: one of them
/// may have lost Redis and the others not.
#[derive(Clone)]
pub struct Freshness {
    coordination: Arc<dyn Coordination>,
    epoch: Epoch,
    /// Where to look, if not only now and then.
    reader: Option<Pool<Any>>,
    /// What begins or ends by itself.
    moments: Option<Arc<dyn Moments>>,
}

impl Default for Freshness {
    fn default() -> Self {
        Self::new(Arc::new(InProcess::default()))
    }
}

impl Freshness {
    pub fn new(coordination: Arc<dyn Coordination>) -> Self {
        Self {
            coordination,
            epoch: Epoch::default(),
            reader: None,
            moments: None,
        }
    }

    /// The same with the database in which other nodes may announce.
    pub fn of_database(self, reader: Pool<Any>) -> Self {
        let reader = (self.coordination.scope() == CacheScope::Cluster).then_some(reader);
        Self { reader, ..self }
    }

    /// The same where what is kept of the catalogue also ends by itself.
    pub fn with_moments(self, moments: Arc<dyn Moments>) -> Self {
        let moments = Some(moments);
        Self { moments, ..self }
    }

    pub fn coordination(&self) -> &Arc<dyn Coordination> {
        &self.coordination
    }

    /// The generations of `topics` at some moment after the call, or after the page was asked for that it is about.
    ///
    /// Of what shoppers see of the catalogue a stamp also says which was the last moment at which something
    /// began or ended by itself: from the next one on it is another, and nothing that was kept before is found.
    pub async fn stamp(&self, topics: &[Topic]) -> Result<VersionStamp, Unavailable> {
        if let Some(stamp) = asked_before(topics) {
            return Ok(stamp);
        }
        let stamp = self.stamp_now(topics).await?;
        note(topics, &stamp);
        Ok(stamp)
    }

    /// The same at some moment after the call, whatever was asked before.
    pub async fn stamp_now(&self, topics: &[Topic]) -> Result<VersionStamp, Unavailable> {
        let timed = topics.iter().any(Topic::is_of_catalog);
        let Some(moments) = self.moments.as_ref().filter(|_| timed) else {
            return self.generations(topics).await;
        };
        let mut asked = topics.to_vec();
        asked.push(Topic::drops());
        let VersionStamp(stamp) = self.generations(&asked).await?;
        let last = moments.last(&generation_of_last(&stamp)).await?;
        Ok(VersionStamp(format!("{stamp}~{last}")))
    }

    async fn generations(&self, topics: &[Topic]) -> Result<VersionStamp, Unavailable> {
        if self.epoch.is_owed() {
            return Err(Unavailable);
        }
        let look = async {
            if let Some(reader) = &self.reader {
                self.epoch.refresh(reader).await;
            }
        };
        let (generations, ()) = tokio::join!(self.coordination.stamp(topics), look);
        let VersionStamp(generations) = generations?;
        Ok(VersionStamp(format!(
            "{}.{generations}",
            self.epoch.number()
        )))
    }

    /// Makes a committed change seen: when this returns, no node uses what it held before.
    pub async fn announce(&self, db: &Db, topics: &[Topic]) {
        if topics.is_empty() || self.coordination.bump(topics).await.is_ok() {
            return;
        }
        // A cart's change only ends remembered refusals, which go with the outage; it is not worth
        // a write that all carts of all nodes would queue for.
        if topics.iter().any(|topic| !topic.is_cart()) {
            self.epoch.raise(db).await;
        }
    }

    /// The same for a change that concerns all there is.
    pub async fn announce_everything(&self, db: &Db) {
        if self.coordination.bump_all().await.is_err() {
            self.epoch.raise(db).await;
        }
    }

    pub fn publish(&self, event: Event) {
        self.coordination.publish(event);
    }

    pub fn subscribe(&self) -> broadcast::Receiver<Event> {
        self.coordination.subscribe()
    }

    /// Sees to what could not be announced, and looks for what others announced in the database
    /// only, for as long as it is polled.
    pub async fn watch(&self, db: &Db) {
        let mut every = tokio::time::interval(LOOK_EVERY);
        every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            every.tick().await;
            self.epoch.settle(db).await;
            // While the database is away nobody can change anything in it.
            let _ = self.epoch.look(db.control()).await;
        }
    }
}

/// What a stamp says of its last topic, and of all there are: `epoch.all-…-last`.
fn generation_of_last(stamp: &str) -> String {
    let all = stamp.split('-').next().unwrap_or_default();
    let last = stamp.rsplit('-').next().unwrap_or_default();
    format!("{all}-{last}")
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI64, Ordering};

    use async_trait::async_trait;

    use super::*;

    /// The last moment, the same for every question, and what was asked for.
    #[derive(Default)]
    struct Passed(AtomicI64, std::sync::Mutex<Vec<String>>);

    #[async_trait]
    impl Moments for Passed {
        async fn last(&self, generation: &str) -> Result<i64, Unavailable> {
            let mut asked = self.1.lock().map_err(|_| Unavailable)?;
            asked.push(generation.to_owned());
            Ok(self.0.load(Ordering::SeqCst))
        }
    }

    #[tokio::test]
    async fn what_is_kept_of_the_catalogue_has_another_stamp_from_the_next_moment_on() {
        let passed = Arc::new(Passed::default());
        let freshness = Freshness::default().with_moments(passed.clone());
        let stamps = async || {
            let lists = freshness.stamp(&[Topic::lists()]).await.unwrap();
            let product = freshness.stamp(&[Topic::product("rope")]).await.unwrap();
            let settings = freshness.stamp(&[Topic::settings()]).await.unwrap();
            (lists, product, settings)
        };
        let before = stamps().await;
        assert_eq!(before, stamps().await);
        passed.0.store(7, Ordering::SeqCst);
        let after = stamps().await;
        assert_ne!(before.0, after.0);
        assert_ne!(before.1, after.1);
        assert_eq!(before.2, after.2);
    }

    #[tokio::test]
    async fn a_page_is_of_one_moment_and_the_next_one_of_another() {
        let freshness = Freshness::default();
        let stamp = async || freshness.stamp(&[Topic::settings()]).await.unwrap();
        let page = async || {
            let first = stamp().await;
            let coordination = freshness.coordination();
            coordination.bump(&[Topic::settings()]).await.unwrap();
            assert_eq!(first, stamp().await);
            first
        };
        let first = of_one_moment(page()).await;
        let second = of_one_moment(page()).await;
        assert_ne!(first, second);
        assert_ne!(second, stamp().await, "what is no page asks each time");
    }

    #[tokio::test]
    async fn moments_are_asked_for_in_the_generation_of_what_is_planned() {
        let passed = Arc::new(Passed::default());
        let freshness = Freshness::default().with_moments(passed.clone());
        let generation = async |topic: Topic| {
            freshness.stamp(&[topic]).await.unwrap();
            passed.1.lock().unwrap().pop().unwrap()
        };
        let first = generation(Topic::lists()).await;
        let coordination = freshness.coordination();
        coordination.bump(&[Topic::lists()]).await.unwrap();
        assert_eq!(first, generation(Topic::lists()).await);
        assert_eq!(first, generation(Topic::product("rope")).await);
        coordination.bump(&[Topic::drops()]).await.unwrap();
        let planned = generation(Topic::lists()).await;
        assert_ne!(first, planned);
        coordination.bump_all().await.unwrap();
        assert_ne!(planned, generation(Topic::lists()).await);
    }
}
