//! What limits are to the rest of the server.

use async_trait::async_trait;

use super::{holders, store};
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
        let mut tx = parts.db.begin().await?;
        store::clear(&mut tx, parts.db.dialect(), parts.clock.now()).await?;
        holders::clear(&mut tx).await?;
        tx.commit().await?;
        Ok(())
    }
}
