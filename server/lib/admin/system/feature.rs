//! What the page of the servers is to the rest of the server.

use std::sync::Arc;

use app::shop::Ports;
use desk::admin::system::ports::System;

use super::SystemService;
use crate::feature::{Feature, Parts, declare};

struct Servers;

declare!(Servers);

impl Feature for Servers {
    fn name(&self) -> &'static str {
        "admin::system"
    }

    fn provide(&self, ports: Ports, parts: &Parts) -> Ports {
        let Parts { db, clock, .. } = parts.clone();
        ports.with::<dyn System>(Arc::new(SystemService::new(db, clock)))
    }
}
