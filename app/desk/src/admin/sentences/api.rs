//! `/api/admin/sentences/…`. The function asks for the role itself; to others it does not exist.

use app::{error::ShopError, reply::go_to, visitor::admin};
use leptos::prelude::*;

use super::{
    page::HERE,
    ports::sentence_admin,
    types::{SentenceForm, SentencesSaved},
};

/// Saves sentences; those that are not named stay as they are. `version` is that of the sentences the
/// form was made from: if any was changed since, nothing is saved.
#[server(endpoint = "admin/sentences/save")]
pub async fn save_sentences(
    #[server(default)] version: String,
    #[server(default)] sentences: Vec<SentenceForm>,
) -> Result<SentencesSaved, ShopError> {
    let actor = admin()?;
    let saved = sentence_admin().save(&actor, &version, sentences).await?;
    go_to(&format!("{HERE}?done=saved"));
    Ok(saved)
}
