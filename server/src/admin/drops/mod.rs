//! A drop beside its editor.

mod feature;
mod ready;

use app::{drops::previewed::Previewed, error::ShopResult};
use async_trait::async_trait;
use desk::admin::drops::ports::{Checks, DropDesk};

use crate::{drops, feature::Parts};

pub struct DropDeskService {
    parts: Parts,
}

impl DropDeskService {
    pub fn new(parts: Parts) -> Self {
        Self { parts }
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
}
