//! What limits are to the rest of the server.

use async_trait::async_trait;

use super::{clear, holders, store};
use crate::{
    db::Tx,
    error::Result,
    feature::{Feature, Parts, Person, declare},
    store::{ChangeSet, Store},
};

struct Shares;

declare!(Shares);

#[async_trait]
impl Feature for Shares {
    fn name(&self) -> &'static str {
        "buyer_limits"
    }

    async fn forget(
        &self,
        tx: &mut Tx,
        db: &Store,
        person: &Person<'_>,
        _changes: &mut ChangeSet,
    ) -> Result<()> {
        store::forget(tx, db.dialect(), person.orders).await?;
        holders::forget(tx, db.dialect(), person.orders).await
    }

    async fn run_maintenance(&self, parts: &Parts) -> Result<()> {
        clear::clear(&parts.db, parts.clock.now()).await
    }
}
