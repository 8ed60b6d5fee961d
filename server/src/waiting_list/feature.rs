//! What the waiting list is to the rest of the server.

use std::sync::Arc;

use app::{shop::Ports, waiting_list::ports::WaitingList};
use async_trait::async_trait;
use serde_json::Value;

use super::{WaitingListService, person, work};
use crate::{
    db::Tx,
    error::Result,
    feature::{Feature, Parts, Person, declare},
    store::{ChangeSet, Store},
};

struct Waiting;

declare!(Waiting);

#[async_trait]
impl Feature for Waiting {
    fn name(&self) -> &'static str {
        "waiting_list"
    }

    fn provide(&self, ports: Ports, parts: &Parts) -> Ports {
        ports.with::<dyn WaitingList>(Arc::new(WaitingListService::new(parts.clone())))
    }

    async fn export(&self, db: &Store, person: &Person<'_>) -> Result<Option<Value>> {
        person::export(db, person).await.map(Some)
    }

    async fn forget(
        &self,
        tx: &mut Tx,
        db: &Store,
        person: &Person<'_>,
        _changes: &mut ChangeSet,
    ) -> Result<()> {
        person::forget(tx, db, db.now(), person).await
    }

    async fn run_maintenance(&self, parts: &Parts) -> Result<()> {
        work::run(&parts.db, parts.clock.now()).await
    }
}
