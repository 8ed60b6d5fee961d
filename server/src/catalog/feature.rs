//! What reading the catalogue is to the rest of the server.

use std::sync::Arc;

use app::{catalog::ports::Catalog, shop::Ports};

use super::CatalogService;
use crate::feature::{Feature, Parts, declare};

struct Reading;

declare!(Reading);

impl Feature for Reading {
    fn name(&self) -> &'static str {
        "catalog"
    }

    fn provide(&self, ports: Ports, parts: &Parts) -> Ports {
        let Parts { db, settings, .. } = parts.clone();
        ports.with::<dyn Catalog>(Arc::new(CatalogService::new(db, settings)))
    }
}
