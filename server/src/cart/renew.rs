//! A new token for a cart in which someone types who they are.
//!
//! A cookie may have been put into the browser by someone else who knows its token. So whenever
//! other contact details come into a guest's cart, the cart goes on under a new token that only this
//! browser is told.
//!
//! The answer that tells it may be lost: a second click, a broken connection. So the old token leads
//! to a copy of the lines for a while. It holds nothing of what was typed about the person, and the
//! same form can be sent again from there. Both tokens count as one cart where it is counted how fast
//! someone is.

use app::{checkout::types::Draft, orders::details::Particulars};

use super::{
    draft,
    token::{account_of, key, renewed},
};
use crate::{
    db::{Sql, from_row},
    error::Result,
    ids::{new_checkout_key, new_id},
    store::{ChangeSet, Store},
};

/// How long the old token leads to the copy, in milliseconds: as long as someone may look for a
/// cart whose answer was lost.
const COPY_MS: i64 = 60 * 60 * 1000;

/// Whether the token may be known to others: an account's cart has none.
pub fn is_guests(token: &str) -> bool {
    account_of(token).is_none()
}

/// Whether this is the copy that an old token leads to.
pub async fn is_copy(db: &Store, cart_id: &str) -> Result<bool> {
    let mut sql = Sql::new("SELECT id FROM carts WHERE is_copy = 1 AND id = ");
    sql.text(cart_id);
    Ok(sql.fetch_optional(db.reader()).await?.is_some())
}

/// Stores what was `typed` in the cart and gives it a new token, which is returned. `None`, and nothing is
/// done, if this token names another cart meanwhile: someone else renewed it.
pub async fn renew(
    db: &Store,
    now: i64,
    token: &str,
    cart_id: &str,
    typed: &Draft,
) -> Result<Option<String>> {
    let (old, new_token) = (key(token), renewed(token));
    let new = key(&new_token);
    let mut tx = db.begin().await?;
    let mut sql = Sql::new("SELECT expires_at, lines, lines_at FROM carts WHERE id = ");
    sql.text(cart_id).push(" AND token_hash = ").text(&old);
    sql.push(db.dialect().for_update());
    let found: Option<Left> = sql.fetch_optional_as(&mut *tx).await?;
    let Some(left) = found else {
        return Ok(None);
    };
    let copy_ends = left.expires_at.min(now + COPY_MS);
    draft::write(&mut tx, now, cart_id, typed).await?;
    sqlx::query("UPDATE carts SET token_hash = $1, is_copy = 0 WHERE id = $2")
        .bind(&new)
        .bind(cart_id)
        .execute(&mut *tx)
        .await?;
    // How the parcel travels says nothing about anybody.
    let impersonal = Draft {
        contact: None,
        particulars: Particulars::default(),
        payment: None,
        ..typed.clone()
    };
    sqlx::query(
        "INSERT INTO carts (id, token_hash, is_copy, lines, lines_at, checkout_key, draft, draft_at, \
         created_at, expires_at) VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $7, $8)",
    )
    .bind(new_id())
    .bind(&old)
    .bind(left.lines)
    .bind(left.lines_at)
    .bind(new_checkout_key())
    .bind(serde_json::to_string(&impersonal)?)
    .bind(now)
    .bind(copy_ends)
    .execute(&mut *tx)
    .await?;
    let mut changes = ChangeSet::default();
    changes.cart(&old);
    changes.cart(&new);
    changes.commit(tx, db).await?;
    Ok(Some(new_token))
}

/// What the old token leads to.
struct Left {
    expires_at: i64,
    lines: String,
    lines_at: i64,
}

from_row!(Left {
    expires_at,
    lines,
    lines_at,
});
