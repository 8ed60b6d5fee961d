//! A drop beside its editor.

mod feature;
mod live;
pub mod pulse;
mod ready;
mod report;
mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_drops_text.rs"));
}

use app::{drops::previewed::Previewed, error::ShopResult, identity::Account};
use async_trait::async_trait;
use desk::admin::drops::ports::{Checks, DropDesk, DropReport, Watched};

use crate::{drops, feature::Parts};

pub struct DropDeskService {
    parts: Parts,
    looks: live::WatchCache,
}

impl DropDeskService {
    pub fn new(parts: Parts) -> Self {
        Self {
            parts,
            looks: live::WatchCache::default(),
        }
    }
}

#[async_trait]
impl DropDesk for DropDeskService {
    async fn checks(&self, id: &str) -> ShopResult<Checks> {
        ready::checks(&self.parts, id).await
    }

    async fn preview(&self, id: &str, at: Option<i64>) -> ShopResult<Previewed> {
        drops::preview(&self.parts, id, at).await
    }

    async fn watch(&self, id: &str) -> ShopResult<Watched> {
        self.looks.now(&self.parts, id).await
    }

    async fn report(&self, id: &str) -> ShopResult<DropReport> {
        report::report(&self.parts, id).await
    }

    async fn keep_report(&self, actor: &Account, id: &str) -> ShopResult<()> {
        report::keep(&self.parts, actor, id).await
    }
}
