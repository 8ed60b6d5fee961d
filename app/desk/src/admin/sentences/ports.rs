//! What the server provides to the page of the owner's sentences.

use std::sync::Arc;

use app::{error::ShopResult, identity::Account, sentences::Sentences, shop::shop};
use async_trait::async_trait;

use super::types::{SentenceForm, SentencesSaved};

/// The sentences as they are, for their form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentencesView {
    pub sentences: Sentences,
    pub version: i64,
}

#[async_trait]
pub trait SentenceAdmin: Send + Sync {
    async fn sentences(&self) -> ShopResult<SentencesView>;
    /// Checks and saves what was typed over the sentences of this version; any other is a
    /// `conflict`. When this returns, no node says the old ones.
    async fn save(
        &self,
        actor: &Account,
        version: &str,
        typed: Vec<SentenceForm>,
    ) -> ShopResult<SentencesSaved>;
}

/// See [`SentenceAdmin`].
pub fn sentence_admin() -> Arc<dyn SentenceAdmin> {
    shop().port()
}
