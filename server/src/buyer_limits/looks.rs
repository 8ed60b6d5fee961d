//! What is held unpaid by those who have not ordered yet: for all who ask in the same moment it is one statement. Nobody is
//! kept out: it may be more at any moment.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use app::brakes::HoldLimits;
use async_trait::async_trait;

use super::{
    held::{Held, Holder},
    holders::units_of,
};
use crate::{
    db::Db,
    error::Result,
    together::{Noted, Together, Work},
};

/// Looks at what is held.
#[derive(Clone)]
pub struct Looks(Together<Looking>);

struct Looking {
    db: Db,
}

/// Those who would hold what is ordered next.
type Names = Arc<BTreeSet<String>>;
/// What they hold.
type Units = BTreeMap<String, i64>;

impl Looks {
    pub fn new(db: Db) -> Self {
        Self(Together::new(Looking { db }))
    }

    pub async fn held(&self, limits: HoldLimits, holder: &Holder) -> Result<Held> {
        let bounded = holder.bounded(limits);
        let names: BTreeSet<String> = bounded.map(|(name, _)| name.clone()).collect();
        let units = match names.is_empty() {
            true => Units::new(),
            false => self.0.ask(Arc::new(names)).await?,
        };
        Ok(Held {
            limits: Some(limits),
            units,
        })
    }
}

#[async_trait]
impl Work for Looking {
    type Request = Names;
    type Answer = Units;

    const UNDER_WAY: usize = 2;
    const NOTED: Noted = Noted::WithFirst;

    async fn all(&self, asked: Vec<Names>) -> Result<Vec<Result<Units>>> {
        let names: BTreeSet<&String> = asked.iter().flat_map(|names| names.iter()).collect();
        let sql = units_of(self.db.dialect(), &names);
        let held: Vec<(String, i64)> = self.db.look_by_key(sql).await?;
        let held: Units = held.into_iter().collect();
        let of = |name: &String| Some((name.clone(), *held.get(name)?));
        let units = |names: &Names| -> Result<Units> { Ok(names.iter().filter_map(of).collect()) };
        Ok(asked.iter().map(units).collect())
    }
}
