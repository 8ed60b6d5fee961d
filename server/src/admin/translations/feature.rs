//! What translating is to the rest of the server.

use std::sync::Arc;

use app::{admin::translations::ports::TranslationAdmin, shop::Ports};

use super::TranslationService;
use crate::feature::{Feature, Parts, declare};

struct Translating;

declare!(Translating);

impl Feature for Translating {
    fn name(&self) -> &'static str {
        "admin::translations"
    }

    fn provide(&self, ports: Ports, parts: &Parts) -> Ports {
        let Parts {
            db,
            clock,
            settings,
        } = parts.clone();
        ports.with::<dyn TranslationAdmin>(Arc::new(TranslationService::new(db, settings, clock)))
    }
}
