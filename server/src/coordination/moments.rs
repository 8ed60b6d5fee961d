//! Moments at which what is shown changes by itself, for what is kept of it.

use async_trait::async_trait;

use super::Unavailable;

/// Knows when something begins or ends without anybody changing anything.
#[async_trait]
pub trait Moments: Send + Sync {
    /// The last such moment that has passed, in milliseconds since 1970; 0 if there was none. `generation` is
    /// another one as soon as what is planned has changed.
    async fn last(&self, generation: &str) -> Result<i64, Unavailable>;
}
