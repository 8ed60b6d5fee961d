//! What the server provides to those who look at the shop: the pictures of its looks.

use async_trait::async_trait;

use crate::error::ShopResult;

/// A picture as it is sent.
#[derive(Debug, Clone)]
pub struct LookFile {
    pub content_type: &'static str,
    pub bytes: Vec<u8>,
}

#[async_trait]
pub trait LookFiles: Send + Sync {
    /// A drawn picture by its name below `/look/`.
    async fn picture(&self, name: &str) -> ShopResult<Option<LookFile>>;
}
