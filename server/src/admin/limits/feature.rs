//! What changing the limits is to the rest of the server.

use std::sync::Arc;

use app::{admin::limits::ports::LimitAdmin, shop::Ports};

use super::LimitDesk;
use crate::feature::{Feature, Parts, declare};

struct LimitsPage;

declare!(LimitsPage);

impl Feature for LimitsPage {
    fn name(&self) -> &'static str {
        "admin::limits"
    }

    fn provide(&self, ports: Ports, parts: &Parts) -> Ports {
        let Parts { db, clock, .. } = parts.clone();
        ports.with::<dyn LimitAdmin>(Arc::new(LimitDesk::new(db, clock)))
    }
}
