//! What the pages about a drop are to the rest of the server.

use std::sync::Arc;

use app::shop::Ports;
use desk::admin::drops::ports::DropDesk;

use super::DropDeskService;
use crate::feature::{Feature, Parts, declare};

struct DropPages;

declare!(DropPages);

impl Feature for DropPages {
    fn name(&self) -> &'static str {
        "admin::drops"
    }

    fn provide(&self, ports: Ports, parts: &Parts) -> Ports {
        ports.with::<dyn DropDesk>(Arc::new(DropDeskService::new(parts.clone())))
    }
}
