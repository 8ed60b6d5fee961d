//! What the search of the back office is to the rest of the server.

use std::sync::Arc;

use app::shop::Ports;
use desk::admin::search::ports::AdminSearch;

use super::SearchService;
use crate::feature::{Feature, Parts, declare};

struct Search;

declare!(Search);

impl Feature for Search {
    fn name(&self) -> &'static str {
        "admin::search"
    }

    fn provide(&self, ports: Ports, parts: &Parts) -> Ports {
        let service = SearchService::new(parts.db.clone());
        ports.with::<dyn AdminSearch>(Arc::new(service))
    }
}
