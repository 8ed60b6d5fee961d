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
    db::from_row,
    error::Result,
    ids::{new_checkout_key, new_id},
    store::{ChangeSet, Store},
};

/// How long the old token leads to the copy, in milliseconds: as long as someone may look for a
/// cart whose answer was lost.
pub(super) const COPY_MS: i64 = 60 * 60 * 1000;

/// Whether the token may be known to others: an account's cart has none.
pub fn is_guests(token: &str) -> bool {
    account_of(token).is_none()
}

/// Stores what was `typed` in the cart and gives it a new token, which is returned. `None`, and nothing is
/// done, if this token names another cart meanwhile: someone else renewed it.
pub(super) async fn renew(
    db: &Store,
    now: i64,
    token: &str,
    cart_id: &str,
    typed: &Draft,
) -> Result<Option<String>> {
    let (old, new_token) = (key(token), renewed(token));
    let new = key(&new_token);
    let mut sql = draft::writing(now, typed)?;
    sql.push(", token_hash = ").text(&new);
    sql.push(", is_copy = 0 WHERE id = ").text(cart_id);
    sql.push(" AND token_hash = ").text(&old);
    sql.push(" RETURNING expires_at, lines, lines_at");
    let mut tx = db.begin().await?;
    let found: Option<Left> = sql.fetch_optional_as(&mut *tx).await?;
    let Some(left) = found else {
        return Ok(None);
    };
    let copy_ends = left.expires_at.min(now + COPY_MS);
    sqlx::query(
        "INSERT INTO carts (id, token_hash, is_copy, lines, lines_at, checkout_key, draft, draft_at, \
         created_at, expires_at) VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $7, $8)",
    )
    .bind(new_id())
    .bind(&old)
    .bind(left.lines)
    .bind(left.lines_at)
    .bind(new_checkout_key())
    .bind(serde_json::to_string(&impersonal(typed))?)
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

/// What a copy keeps of what was typed. How the parcel travels says nothing about anybody.
pub(super) fn impersonal(typed: &Draft) -> Draft {
    Draft {
        contact: None,
        particulars: Particulars::default(),
        payment: None,
        ..typed.clone()
    }
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
