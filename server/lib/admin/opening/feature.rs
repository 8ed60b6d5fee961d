//! What opening a shop is to the rest of the server.

use std::sync::Arc;

use app::shop::Ports;
use desk::admin::opening::ports::OpeningAdmin;

use super::OpeningService;
use crate::feature::{Feature, Parts, declare};

struct Openings;

declare!(Openings);

impl Feature for Openings {
    fn name(&self) -> &'static str {
        "admin::opening"
    }

    fn provide(&self, ports: Ports, parts: &Parts) -> Ports {
        ports.with::<dyn OpeningAdmin>(Arc::new(OpeningService::new(parts.clone())))
    }
}
