//! What the front page is to the rest of the server.

use std::sync::Arc;

use app::{home::ports::Home, shop::Ports};

use super::HomeService;
use crate::feature::{Feature, Parts, declare};

struct FrontPage;

declare!(FrontPage);

impl Feature for FrontPage {
    fn name(&self) -> &'static str {
        "home"
    }

    fn provide(&self, ports: Ports, parts: &Parts) -> Ports {
        ports.with::<dyn Home>(Arc::new(HomeService::new(parts.clone())))
    }
}
