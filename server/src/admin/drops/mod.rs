//! A drop beside its editor.

mod feature;
mod ready;

use app::error::ShopResult;
use async_trait::async_trait;
use desk::admin::drops::ports::{Checks, DropDesk};

use crate::feature::Parts;

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
}
