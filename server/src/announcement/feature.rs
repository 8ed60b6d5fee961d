//! What announcements are to the rest of the server.

use std::sync::Arc;

use app::{announcement::ports::Announcements, shop::Ports};

use super::AnnouncementService;
use crate::feature::{Feature, Parts, declare};

struct Announcing;

declare!(Announcing);

impl Feature for Announcing {
    fn name(&self) -> &'static str {
        "announcement"
    }

    fn provide(&self, ports: Ports, parts: &Parts) -> Ports {
        let service = AnnouncementService::new(parts.clone());
        ports.with::<dyn Announcements>(Arc::new(service))
    }
}
