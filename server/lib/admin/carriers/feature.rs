//! What the carriers' page is to the rest of the server.

use std::sync::Arc;

use app::shop::Ports;
use desk::admin::carriers::ports::CarrierAdmin;

use super::CarrierService;
use crate::feature::{Feature, Parts, declare};

struct CarriersPage;

declare!(CarriersPage);

impl Feature for CarriersPage {
    fn name(&self) -> &'static str {
        "admin::carriers"
    }

    fn provide(&self, ports: Ports, parts: &Parts) -> Ports {
        let Parts { db, clock, .. } = parts.clone();
        ports.with::<dyn CarrierAdmin>(Arc::new(CarrierService::new(db, clock)))
    }
}
