//! What the owner's pages are to the rest of the server.

use std::sync::Arc;

use app::{
    pages::ports::{PageAdmin, Pages},
    shop::Ports,
};

use super::PageService;
use crate::feature::{Feature, Parts, declare};

struct OwnPages;

declare!(OwnPages);

impl Feature for OwnPages {
    fn name(&self) -> &'static str {
        "pages"
    }

    fn provide(&self, ports: Ports, parts: &Parts) -> Ports {
        let Parts {
            db,
            clock,
            settings,
        } = parts.clone();
        let service = Arc::new(PageService::new(db, clock, settings));
        ports
            .with::<dyn Pages>(service.clone())
            .with::<dyn PageAdmin>(service)
    }
}
