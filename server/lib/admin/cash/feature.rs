//! What the settings of cash on delivery are to the rest of the server.

use std::sync::Arc;

use app::shop::Ports;
use desk::admin::cash::ports::CashAdmin;

use super::CashService;
use crate::feature::{Feature, Parts, declare};

struct CashPage;

declare!(CashPage);

impl Feature for CashPage {
    fn name(&self) -> &'static str {
        "admin::cash"
    }

    fn provide(&self, ports: Ports, parts: &Parts) -> Ports {
        let Parts { db, clock, .. } = parts.clone();
        ports.with::<dyn CashAdmin>(Arc::new(CashService::new(db, clock)))
    }
}
