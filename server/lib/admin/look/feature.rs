//! What choosing a look is to the rest of the server.

use std::sync::Arc;

use app::{look::ports::LookFiles, shop::Ports};
use async_trait::async_trait;
use desk::admin::look::ports::LookAdmin;

use super::{LookService, store};
use crate::{
    error::Result,
    feature::{Feature, Parts, declare},
};

struct Looks;

declare!(Looks);

#[async_trait]
impl Feature for Looks {
    fn name(&self) -> &'static str {
        "admin::look"
    }

    fn provide(&self, ports: Ports, parts: &Parts) -> Ports {
        let Parts { db, clock, .. } = parts.clone();
        let service = Arc::new(LookService::new(db, clock));
        ports
            .with::<dyn LookAdmin>(service.clone())
            .with::<dyn LookFiles>(service)
    }

    async fn run_maintenance(&self, parts: &Parts) -> Result<()> {
        store::drop_unnamed(&parts.db, parts.clock.now()).await
    }
}
