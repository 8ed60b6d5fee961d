//! What carts are to the rest of the server.

use std::sync::Arc;

use app::{cart::ports::Cart, shop::Ports};
use async_trait::async_trait;
use serde_json::{Value, json};

use super::{CartService, personal, store};
use crate::{
    db::Tx,
    error::Result,
    feature::{Feature, Parts, Person, declare},
    store::{ChangeSet, Store},
};

struct Carts;

declare!(Carts);

#[async_trait]
impl Feature for Carts {
    fn name(&self) -> &'static str {
        "cart"
    }

    fn provide(&self, ports: Ports, parts: &Parts) -> Ports {
        let Parts {
            db,
            clock,
            settings,
        } = parts.clone();
        ports.with::<dyn Cart>(Arc::new(CartService::new(db, clock, settings)))
    }

    async fn export(&self, db: &Store, person: &Person<'_>) -> Result<Option<Value>> {
        let hash = personal::cart_hash(person);
        let lines = personal::lines(db, "c.token_hash", &hash).await?;
        Ok(Some(json!(lines)))
    }

    async fn forget(
        &self,
        tx: &mut Tx,
        db: &Store,
        person: &Person<'_>,
        changes: &mut ChangeSet,
    ) -> Result<()> {
        personal::forget(tx, db, person, changes).await
    }

    async fn run_maintenance(&self, parts: &Parts) -> Result<()> {
        let now = parts.clock.now();
        store::drop_expired(&parts.db, now).await.map(drop)
    }
}
