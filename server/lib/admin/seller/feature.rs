//! What the seller's data is to the rest of the server.

use std::sync::Arc;

use app::shop::Ports;
use desk::admin::seller::ports::SellerAdmin;

use super::SellerService;
use crate::feature::{Feature, Parts, declare};

struct SellerPage;

declare!(SellerPage);

impl Feature for SellerPage {
    fn name(&self) -> &'static str {
        "admin::seller"
    }

    fn provide(&self, ports: Ports, parts: &Parts) -> Ports {
        let Parts { db, clock, .. } = parts.clone();
        ports.with::<dyn SellerAdmin>(Arc::new(SellerService::new(db, clock)))
    }
}
