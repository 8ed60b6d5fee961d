//! What translating is to the rest of the server.

use std::sync::Arc;

use app::shop::Ports;
use desk::admin::translations::ports::{PageTranslations, TranslationAdmin};

use super::{TranslationService, pages::PageTranslationService};
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
        let pages = PageTranslationService::new(db.clone(), settings.clone(), clock.clone());
        ports
            .with::<dyn TranslationAdmin>(Arc::new(TranslationService::new(db, settings, clock)))
            .with::<dyn PageTranslations>(Arc::new(pages))
    }
}
