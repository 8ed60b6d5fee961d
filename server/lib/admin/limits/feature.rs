//! What changing the limits is to the rest of the server.

use std::sync::Arc;

use app::shop::Ports;
use desk::admin::limits::ports::LimitAdmin;

use super::LimitService;
use crate::feature::{Feature, Parts, declare};

struct LimitsPage;

declare!(LimitsPage);

impl Feature for LimitsPage {
    fn name(&self) -> &'static str {
        "admin::limits"
    }

    fn provide(&self, ports: Ports, parts: &Parts) -> Ports {
        let Parts { db, clock, .. } = parts.clone();
        ports.with::<dyn LimitAdmin>(Arc::new(LimitService::new(db, clock)))
    }
}
