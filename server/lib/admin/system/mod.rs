//! How the server that answers does, and the e-mails of all of them.

mod feature;
mod mails;
mod node;

use std::{sync::Arc, time::Duration};

use app::error::ShopResult;
use async_trait::async_trait;
use desk::admin::system::{ports::System, types::SystemLive};
use tokio::{sync::Mutex, time::Instant};

use crate::{clock::Clock, error::Result, store::Store, telemetry};

/// All who watch see the same look, however many they are.
const EVERY: Duration = Duration::from_millis(1500);

pub struct SystemService {
    db: Store,
    clock: Arc<dyn Clock>,
    last: Mutex<Option<(Instant, SystemLive)>>,
}

impl SystemService {
    pub fn new(db: Store, clock: Arc<dyn Clock>) -> Self {
        Self {
            db,
            clock,
            last: Mutex::default(),
        }
    }

    async fn look(&self) -> Result<SystemLive> {
        let now = self.clock.now();
        Ok(SystemLive {
            at: now,
            node: node::node(&telemetry::samples(), &self.db),
            mails: mails::mails(&self.db, now).await?,
        })
    }
}

#[async_trait]
impl System for SystemService {
    async fn live(&self) -> ShopResult<SystemLive> {
        let mut last = self.last.lock().await;
        if let Some((at, live)) = &*last
            && at.elapsed() < EVERY
        {
            return Ok(live.clone());
        }
        let live = self.look().await?;
        *last = Some((Instant::now(), live.clone()));
        Ok(live)
    }
}
