//! What editing categories is to the rest of the server.

use std::sync::Arc;

use app::shop::Ports;
use desk::admin::categories::ports::CategoryAdmin;

use super::CategoryService;
use crate::feature::{Feature, Parts, declare};

struct Categories;

declare!(Categories);

impl Feature for Categories {
    fn name(&self) -> &'static str {
        "admin::categories"
    }

    fn provide(&self, ports: Ports, parts: &Parts) -> Ports {
        let Parts { db, clock, .. } = parts.clone();
        ports.with::<dyn CategoryAdmin>(Arc::new(CategoryService { db, clock }))
    }
}
