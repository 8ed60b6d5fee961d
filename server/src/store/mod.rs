//! The database, and who is told of what is committed to it.

mod changes;

use std::{ops::Deref, sync::Arc};

pub use changes::{ChangeSet, Committed};

use crate::{
    clock::{Clock, SystemClock},
    coordination::{freshness::Freshness, moments::Moments},
    db::Db,
};

/// What features keep their rows in. Reading takes the [`Db`] beneath; what shoppers see is changed
/// through a [`ChangeSet`], which announces it.
#[derive(Clone)]
pub struct Store {
    db: Db,
    freshness: Freshness,
    /// By which it is decided what shoppers see.
    clock: Arc<dyn Clock>,
}

impl Store {
    /// A node's store: changes are announced through `freshness`.
    pub fn new(db: Db, freshness: Freshness) -> Self {
        let freshness = freshness.of_database(db.control().clone());
        Self {
            db,
            freshness,
            clock: Arc::new(SystemClock),
        }
    }

    /// The same on the connections of the back office.
    #[must_use]
    pub fn for_staff(&self) -> Self {
        Self {
            db: self.db.for_staff(),
            ..self.clone()
        }
    }

    /// The same by this clock, where what is kept ends with the moments at which something begins or ends.
    #[must_use]
    pub fn timed(&self, clock: Arc<dyn Clock>, moments: Arc<dyn Moments>) -> Self {
        Self {
            db: self.db.clone(),
            freshness: self.freshness.clone().with_moments(moments),
            clock,
        }
    }

    /// What is shown is what holds at this time, in milliseconds since 1970.
    pub fn now(&self) -> i64 {
        self.clock.now()
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
            clock: Arc::new(SystemClock),
        }
    }
}

impl Deref for Store {
    type Target = Db;

    fn deref(&self) -> &Db {
        &self.db
    }
}
