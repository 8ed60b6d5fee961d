//! What collections are to the rest of the server.

use std::sync::Arc;

use app::{
    collections::ports::{CollectionAdmin, Collections},
    shop::Ports,
};

use super::CollectionService;
use crate::feature::{Feature, Parts, declare};

struct Collecting;

declare!(Collecting);

impl Feature for Collecting {
    fn name(&self) -> &'static str {
        "collections"
    }

    fn provide(&self, ports: Ports, parts: &Parts) -> Ports {
        let service = Arc::new(CollectionService::new(parts.clone()));
        ports
            .with::<dyn Collections>(service.clone())
            .with::<dyn CollectionAdmin>(service)
    }
}
