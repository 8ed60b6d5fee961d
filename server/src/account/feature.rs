//! What accounts are to the rest of the server.

use async_trait::async_trait;

use super::store;
use crate::{
    error::Result,
    feature::{Feature, Parts, declare},
};

struct AccountRows;

declare!(AccountRows);

#[async_trait]
impl Feature for AccountRows {
    fn name(&self) -> &'static str {
        "account"
    }

    async fn run_maintenance(&self, parts: &Parts) -> Result<()> {
        store::drop_expired(&parts.db, parts.clock.now()).await
    }
}
