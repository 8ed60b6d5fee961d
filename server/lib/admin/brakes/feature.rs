//! What changing the brakes is to the rest of the server.

use std::sync::Arc;

use app::shop::Ports;
use desk::admin::brakes::ports::BrakeAdmin;

use super::BrakeService;
use crate::feature::{Feature, Parts, declare};

struct BrakesPage;

declare!(BrakesPage);

impl Feature for BrakesPage {
    fn name(&self) -> &'static str {
        "admin::brakes"
    }

    fn provide(&self, ports: Ports, parts: &Parts) -> Ports {
        let Parts { db, clock, .. } = parts.clone();
        ports.with::<dyn BrakeAdmin>(Arc::new(BrakeService::new(db, clock)))
    }
}
