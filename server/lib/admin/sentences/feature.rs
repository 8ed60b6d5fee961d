//! What the owner's sentences are to the rest of the server.

use std::sync::Arc;

use app::shop::Ports;
use desk::admin::sentences::ports::SentenceAdmin;

use super::SentenceService;
use crate::feature::{Feature, Parts, declare};

struct SentencesPage;

declare!(SentencesPage);

impl Feature for SentencesPage {
    fn name(&self) -> &'static str {
        "admin::sentences"
    }

    fn provide(&self, ports: Ports, parts: &Parts) -> Ports {
        let Parts { db, clock, .. } = parts.clone();
        ports.with::<dyn SentenceAdmin>(Arc::new(SentenceService::new(db, clock)))
    }
}
