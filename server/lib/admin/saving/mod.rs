//! How a form of the settings is saved: what is stored is read and compared, written over, noted in the
//! log and committed, in one transaction.

mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_saving_text.rs"));
}
mod wrong;

use std::sync::Arc;

use app::{
    error::{ErrorKind, ShopError, ShopResult},
    identity::Account,
    locale::locale,
};
use async_trait::async_trait;
use serde_json::Value;

use self::text::Text;
pub use self::wrong::Wrong;
use crate::{
    audit_log,
    clock::Clock,
    db::Tx,
    error::{Error, Result},
    store::{ChangeSet, Store},
};

/// What a form changes as a whole.
#[async_trait]
pub trait Kept: Sync {
    type Value: PartialEq + Send + Sync;

    /// What the log calls it; a change is its `save`.
    const NAME: &'static str;
    const SHOWN: Shown;

    async fn read(&self, tx: &mut Tx) -> Result<Stored<Self::Value>>;

    /// Writes `after` over what was read, if that still is of the same version; whether it was.
    async fn write(
        &self,
        tx: &mut Tx,
        before: &Stored<Self::Value>,
        after: &Self::Value,
    ) -> Result<bool>;

    /// What an entry of the log says.
    fn summary(value: &Self::Value) -> Value;
}

/// What is stored, and how often it has been changed.
pub struct Stored<T> {
    pub version: i64,
    pub value: T,
}

/// Who has to be told of a change.
#[derive(Clone, Copy)]
pub enum Shown {
    /// It is on every page, or among the settings that every node keeps.
    Everywhere,
    /// The checkout keeps it.
    AtCheckout,
    /// Nothing that is kept shows it: it is read each time that it is needed.
    Nowhere,
}

pub struct Saving {
    db: Store,
    clock: Arc<dyn Clock>,
}

impl Saving {
    pub fn new(db: Store, clock: Arc<dyn Clock>) -> Self {
        Self { db, clock }
    }

    pub fn db(&self) -> &Store {
        &self.db
    }

    pub fn now(&self) -> i64 {
        self.clock.now()
    }

    /// Changes what is stored into what `change` makes of it, if it is of the version that the form was
    /// made from. Returns the version that there is now: the same if nothing changed.
    pub async fn save<K: Kept>(
        &self,
        kept: &K,
        actor: &Account,
        version: &str,
        change: impl FnOnce(&K::Value) -> ShopResult<K::Value> + Send,
    ) -> ShopResult<i64> {
        let mut tx = self.db.begin().await?;
        let before = kept.read(&mut tx).await?;
        if version.trim().parse() != Ok(before.version) {
            return Err(overtaken());
        }
        let after = change(&before.value)?;
        if after == before.value {
            tx.rollback().await.map_err(Error::from)?;
            return Ok(before.version);
        }
        if !kept.write(&mut tx, &before, &after).await? {
            return Err(overtaken());
        }
        let said = (K::summary(&before.value), K::summary(&after));
        self.commit(tx, actor, (K::NAME, "shop"), said, K::SHOWN)
            .await?;
        Ok(before.version + 1)
    }

    /// Notes in the log what `actor` changed of a subject, with what was there before and what is there now,
    /// and commits it.
    pub async fn commit(
        &self,
        mut tx: Tx,
        actor: &Account,
        subject: (&str, &str),
        (before, after): (Value, Value),
        shown: Shown,
    ) -> ShopResult<()> {
        audit_log::record(
            &mut tx,
            self.clock.now(),
            &actor.email,
            &format!("{}.save", subject.0),
            subject,
            Some(before),
            Some(after),
        )
        .await?;
        let mut changes = ChangeSet::default();
        match shown {
            Shown::Everywhere => changes.everything(),
            Shown::AtCheckout => changes.settings(),
            Shown::Nowhere => {}
        }
        changes.commit(tx, &self.db).await?;
        Ok(())
    }
}

/// Someone else has saved since the form was made. Saving it once more replaces theirs.
pub fn overtaken() -> ShopError {
    ShopError::new(ErrorKind::Conflict, Text::from(locale()).changed_since())
}
