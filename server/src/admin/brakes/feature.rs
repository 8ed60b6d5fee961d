//! What changing the brakes is to the rest of the server.

use std::sync::Arc;

use app::{admin::brakes::ports::BrakeAdmin, shop::Ports};

use super::BrakeDesk;
use crate::feature::{Feature, Parts, declare};

struct BrakesPage;

declare!(BrakesPage);

impl Feature for BrakesPage {
    fn name(&self) -> &'static str {
        "admin::brakes"
    }

    fn provide(&self, ports: Ports, parts: &Parts) -> Ports {
        let Parts { db, clock, .. } = parts.clone();
        ports.with::<dyn BrakeAdmin>(Arc::new(BrakeDesk::new(db, clock)))
    }
}
