//! What the dashboard is to the rest of the server.

use std::sync::Arc;

use app::shop::Ports;
use desk::admin::dashboard::ports::Dashboard;

use super::DashboardService;
use crate::feature::{Feature, Parts, declare};

struct Figures;

declare!(Figures);

impl Feature for Figures {
    fn name(&self) -> &'static str {
        "admin::dashboard"
    }

    fn provide(&self, ports: Ports, parts: &Parts) -> Ports {
        ports.with::<dyn Dashboard>(Arc::new(DashboardService::new(parts.clone())))
    }
}
