//! What is to be done, how the shop does by its own days, and a sale while it runs.

mod carts;
mod days;
mod feature;
mod figures;
mod live;
mod todo;

mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_dashboard_text.rs"));
}

use std::sync::Arc;

use app::{catalog::types::variant_title, error::ShopResult};
use async_trait::async_trait;
use desk::admin::dashboard::{
    ports::{Dashboard, Figures, Period, Todo},
    types::Live,
};

use crate::{
    cart::check::line_title, clock::Clock, db::from_row, feature::Parts, settings::Settings,
    store::Store,
};

/// What a variant is called.
struct Named {
    title: String,
    options: Vec<String>,
}

from_row!(Named {
    title,
    options: row,
});

impl Named {
    fn in_a_line(&self) -> String {
        line_title(&self.title, &variant_title(&self.options))
    }
}

pub struct DashboardService {
    db: Store,
    clock: Arc<dyn Clock>,
    settings: Settings,
    live: live::Watch,
}

impl DashboardService {
    pub fn new(parts: Parts) -> Self {
        Self {
            live: live::Watch::new(parts.db.clone(), parts.clock.clone()),
            db: parts.db,
            clock: parts.clock,
            settings: parts.settings,
        }
    }
}

#[async_trait]
impl Dashboard for DashboardService {
    async fn todo(&self) -> ShopResult<Todo> {
        let settings = self.settings.now().await?;
        Ok(todo::todo(&self.db, settings.low_stock).await?)
    }

    async fn figures(&self, period: Period) -> ShopResult<Figures> {
        let settings = self.settings.now().await?;
        Ok(figures::figures(&self.db, self.clock.now(), &settings, period).await?)
    }

    async fn live(&self) -> ShopResult<Live> {
        Ok(self.live.now().await?)
    }
}
