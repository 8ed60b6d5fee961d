//! What products are found by.

use crate::{db::documents, error::Result, store::Store};

/// Transactions of one run: the rest is done in the next one.
const BATCHES: usize = 100;

/// Indexes products again whose words were made by the rules of an older version of the server.
///
/// It is not announced: what is kept of searches follows as it runs out.
pub async fn renew_words(db: &Store) -> Result<()> {
    let mut renewed = 0;
    for _ in 0..BATCHES {
        match documents::renew(db).await? {
            0 => break,
            products => renewed += products,
        }
    }
    if renewed > 0 {
        tracing::info!(products = renewed, "the search index is being updated");
    }
    Ok(())
}
