//! What has expired ends. What is kept of an account goes with the account's row.

use async_trait::async_trait;

use super::store;
use crate::{
    error::Result,
    feature::{Feature, Parts, declare},
};

struct KeptForms;

declare!(KeptForms);

#[async_trait]
impl Feature for KeptForms {
    fn name(&self) -> &'static str {
        "kept_forms"
    }

    async fn run_maintenance(&self, parts: &Parts) -> Result<()> {
        store::drop_expired(&parts.db, parts.clock.now()).await
    }
}
