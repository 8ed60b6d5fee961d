//! What changing the settings is to the rest of the server.

use std::sync::Arc;

use app::shop::Ports;
use desk::admin::settings::ports::SettingsAdmin;

use super::SettingsService;
use crate::feature::{Feature, Parts, declare};

struct SettingsPage;

declare!(SettingsPage);

impl Feature for SettingsPage {
    fn name(&self) -> &'static str {
        "admin::settings"
    }

    fn provide(&self, ports: Ports, parts: &Parts) -> Ports {
        ports.with::<dyn SettingsAdmin>(Arc::new(SettingsService::new(parts.clone())))
    }
}
