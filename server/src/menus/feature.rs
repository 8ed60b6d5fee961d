//! What menus are to the rest of the server.

use std::sync::Arc;

use app::{
    menus::ports::{MenuAdmin, ShownMenus},
    shop::Ports,
};

use super::MenuService;
use crate::feature::{Feature, Parts, declare};

struct OwnMenus;

declare!(OwnMenus);

impl Feature for OwnMenus {
    fn name(&self) -> &'static str {
        "menus"
    }

    fn provide(&self, ports: Ports, parts: &Parts) -> Ports {
        let Parts {
            db,
            clock,
            settings,
        } = parts.clone();
        let service = Arc::new(MenuService::new(db, clock, settings));
        ports
            .with::<dyn ShownMenus>(service.clone())
            .with::<dyn MenuAdmin>(service)
    }
}
