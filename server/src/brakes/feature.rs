//! What brakes are to the rest of the server.

use async_trait::async_trait;

use super::payers;
use crate::{
    db::Tx,
    error::Result,
    feature::{Feature, Parts, Person, declare},
    store::{ChangeSet, Store},
};

struct Payers;

declare!(Payers);

#[async_trait]
impl Feature for Payers {
    fn name(&self) -> &'static str {
        "brakes"
    }

    async fn forget(
        &self,
        tx: &mut Tx,
        db: &Store,
        person: &Person<'_>,
        _changes: &mut ChangeSet,
    ) -> Result<()> {
        payers::forget(tx, db.dialect(), person.orders).await
    }

    async fn run_maintenance(&self, parts: &Parts) -> Result<()> {
        payers::clear(&parts.db).await
    }
}
