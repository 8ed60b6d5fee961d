//! Carts that are filled already and at the last step of their checkout, any number at once: for a rehearsal, in a
//! database of its own.

use app::checkout::types::Draft;

use super::{
    lines::{self, Line},
    token,
};
use crate::{
    db::{Rows, Sql},
    error::Result,
    ids::{new_checkout_key, new_id},
    store::Store,
};

/// Carts in one transaction.
const BATCH: usize = 1000;
/// How long they live, in milliseconds.
const DAY: i64 = 24 * 60 * 60 * 1000;

/// What opens a cart, and the key of its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    pub token: String,
    pub checkout_key: String,
}

/// Makes a guest's cart of each of these lines.
pub async fn fill(db: &Store, now: i64, wanted: &[Line]) -> Result<Vec<Filled>> {
    let draft = serde_json::to_string(&Draft::default())?;
    let mut filled = Vec::with_capacity(wanted.len());
    for wanted in wanted.chunks(BATCH) {
        let carts: Vec<Filled> = wanted
            .iter()
            .map(|_| Filled {
                token: token::new_guests(),
                checkout_key: new_checkout_key(),
            })
            .collect();
        let stored = wanted.iter().map(std::slice::from_ref).map(lines::to_json);
        let stored = stored.collect::<Result<Vec<_>>>()?;
        let all = || carts.iter();
        let mut rows = Rows::default();
        rows.text("id", all().map(|_| new_id()))
            .text("token_hash", all().map(|cart| token::key(&cart.token)))
            .text("lines", stored)
            .int("lines_at", all().map(|_| now))
            .text("checkout_key", all().map(|cart| &cart.checkout_key))
            .text("draft", all().map(|_| &draft))
            .int("draft_at", all().map(|_| now))
            .int("created_at", all().map(|_| now))
            .int("expires_at", all().map(|_| now + DAY));
        let dialect = db.dialect();
        let mut tx = db.begin().await?;
        Sql::insert(dialect, "carts", rows)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        filled.extend(carts);
    }
    Ok(filled)
}
