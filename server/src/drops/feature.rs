//! What drops are to the rest of the server.

use std::sync::Arc;

use app::{
    drops::ports::{DropAdmin, Drops, Rooms},
    shop::Ports,
};
use async_trait::async_trait;
use serde_json::Value;

use super::{
    DropService, reminders,
    room::{RoomService, store},
};
use crate::{
    db::Tx,
    error::Result,
    feature::{Feature, Parts, Person, declare},
    store::{ChangeSet, Store},
};

struct Dropping;

declare!(Dropping);

#[async_trait]
impl Feature for Dropping {
    fn name(&self) -> &'static str {
        "drops"
    }

    fn provide(&self, ports: Ports, parts: &Parts) -> Ports {
        let service = Arc::new(DropService::new(parts.clone()));
        let rooms = Arc::new(RoomService::new(parts.clone()));
        ports
            .with::<dyn Rooms>(rooms)
            .with::<dyn Drops>(service.clone())
            .with::<dyn DropAdmin>(service)
    }

    async fn export(&self, db: &Store, person: &Person<'_>) -> Result<Option<Value>> {
        reminders::export(db, person).await.map(Some)
    }

    async fn forget(
        &self,
        tx: &mut Tx,
        db: &Store,
        person: &Person<'_>,
        _changes: &mut ChangeSet,
    ) -> Result<()> {
        reminders::forget(tx, db, person).await
    }

    async fn run_maintenance(&self, parts: &Parts) -> Result<()> {
        let now = parts.clock.now();
        reminders::run(&parts.db, now).await?;
        store::drop_old(&parts.db, now).await
    }
}
