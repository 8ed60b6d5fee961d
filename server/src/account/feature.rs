//! What accounts are to the rest of the server.

use async_trait::async_trait;

use super::{chosen, store};
use crate::{
    db::Tx,
    error::Result,
    feature::{Feature, Parts, Person, declare},
    store::{ChangeSet, Store},
};

struct AccountRows;

declare!(AccountRows);

#[async_trait]
impl Feature for AccountRows {
    fn name(&self) -> &'static str {
        "account"
    }

    /// What was chosen for an account that was never made.
    async fn forget(
        &self,
        tx: &mut Tx,
        _db: &Store,
        person: &Person<'_>,
        _changes: &mut ChangeSet,
    ) -> Result<()> {
        match person.guest_email {
            Some(email) => chosen::forget(tx, email).await,
            None => Ok(()),
        }
    }

    async fn run_maintenance(&self, parts: &Parts) -> Result<()> {
        store::drop_expired(&parts.db, parts.clock.now()).await
    }
}
