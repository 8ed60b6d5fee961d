//! How the shop does: figures by the shop's own days, and a sale while it runs.

mod days;
mod feature;
mod figures;
mod live;

use std::sync::Arc;

use app::{
    admin::dashboard::{
        ports::{Dashboard, Figures, Span},
        types::Live,
    },
    error::ShopResult,
};
use async_trait::async_trait;

use crate::{clock::Clock, settings::Settings, store::Store};

pub struct DashboardService {
    db: Store,
    clock: Arc<dyn Clock>,
    settings: Settings,
    live: live::Watch,
}

impl DashboardService {
    pub fn new(db: Store, clock: Arc<dyn Clock>, settings: Settings) -> Self {
        Self {
            live: live::Watch::new(db.clone(), clock.clone()),
            db,
            clock,
            settings,
        }
    }
}

#[async_trait]
impl Dashboard for DashboardService {
    async fn figures(&self, span: Span) -> ShopResult<Figures> {
        let settings = self.settings.now().await?;
        Ok(figures::figures(&self.db, self.clock.now(), &settings, span).await?)
    }

    async fn live(&self) -> ShopResult<Live> {
        Ok(self.live.now().await?)
    }
}
