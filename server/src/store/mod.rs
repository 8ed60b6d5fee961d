//! The database, and who is told of what is committed to it.

mod changes;

use std::ops::Deref;

pub use changes::{ChangeSet, Committed};

use crate::{coordination::freshness::Freshness, db::Db};

/// What features keep their rows in. Reading takes the [`Db`] beneath; what shoppers see is changed
/// through a [`ChangeSet`], which announces it.
#[derive(Clone)]
pub struct Store {
    db: Db,
    freshness: Freshness,
}

impl Store {
    /// A node's store: changes are announced through `freshness`.
    pub fn new(db: Db, freshness: Freshness) -> Self {
        let freshness = freshness.of_database(db.control().clone());
        Self { db, freshness }
    }

    /// The same on the connections of the back office.
    #[must_use]
    pub fn for_staff(&self) -> Self {
        Self {
            db: self.db.for_staff(),
            freshness: self.freshness.clone(),
        }
    }

    pub fn freshness(&self) -> &Freshness {
        &self.freshness
    }
}

/// The store of the only process there is.
impl From<Db> for Store {
    fn from(db: Db) -> Self {
        Self {
            db,
            freshness: Freshness::default(),
        }
    }
}

impl Deref for Store {
    type Target = Db;

    fn deref(&self) -> &Db {
        &self.db
    }
}
