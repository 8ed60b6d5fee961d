//! What the settings of bank transfers are to the rest of the server.

use std::sync::Arc;

use app::shop::Ports;
use desk::admin::bank::ports::BankAdmin;

use super::BankService;
use crate::feature::{Feature, Parts, declare};

struct BankPage;

declare!(BankPage);

impl Feature for BankPage {
    fn name(&self) -> &'static str {
        "admin::bank"
    }

    fn provide(&self, ports: Ports, parts: &Parts) -> Ports {
        let Parts { db, clock, .. } = parts.clone();
        ports.with::<dyn BankAdmin>(Arc::new(BankService::new(db, clock)))
    }
}
