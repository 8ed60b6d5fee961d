//! The rows of carts: found, made, locked and ended.

use super::{
    lines::LockedCart,
    token::{account_of, is_token, key, new_guests},
};
use crate::{
    db::{Ending, FromRow, Sql, Tx},
    error::Result,
    ids::new_id,
    settings::cart_lifetime,
    store::{ChangeSet, Store},
};

/// The cart behind a cookie, unless it has expired.
pub async fn id_of(db: &Store, token: Option<&str>, now: i64) -> Result<Option<String>> {
    match token.filter(|token| is_token(token)) {
        Some(token) => find(db.reader(), token, now).await,
        None => Ok(None),
    }
}

/// Whether the cart behind a cookie was made before a time.
pub async fn began_before(db: &Store, token: &str, time: i64) -> Result<bool> {
    let mut sql = Sql::new("SELECT 1 AS n FROM carts WHERE token_hash = ");
    sql.text(key(token));
    sql.push(" AND created_at < ").int(time);
    Ok(sql.fetch_optional(db.reader()).await?.is_some())
}

/// Locks the cart for a change and tells its token. Where there is none, it is a new one: a token that someone made up
/// is never adopted.
pub(super) async fn lock_or_begin(
    db: &Store,
    tx: &mut Tx,
    token: Option<&str>,
    now: i64,
) -> Result<(String, LockedCart)> {
    if let Some(cart) = lock(db, tx, token, now).await? {
        return Ok((token.unwrap_or_default().to_owned(), cart));
    }
    // An account's cart has one name; a guest's gets a secret of its own.
    if let Some(own) = token.filter(|token| account_of(token).is_some()) {
        return Ok((own.to_owned(), open(tx, own, now).await?));
    }
    let token = new_guests();
    let cart = LockedCart::new(key(&token));
    Ok((token, cart))
}

/// Makes the cart of this token, unless it is there already.
async fn open(tx: &mut Tx, token: &str, now: i64) -> Result<LockedCart> {
    let row = sqlx::query(concat!(
        "INSERT INTO carts (id, token_hash, created_at, expires_at) VALUES ($1, $2, $3, $3 + ",
        cart_lifetime!(),
        ") ON CONFLICT (token_hash) DO UPDATE SET expires_at = excluded.expires_at, is_copy = 0 \
         RETURNING id, lines"
    ))
    .bind(new_id())
    .bind(key(token))
    .bind(now)
    .fetch_one(&mut **tx)
    .await?;
    LockedCart::from_row(&row)
}

/// Makes the cart of this token unless it is there already, without locking one that is.
pub(super) async fn ensure(tx: &mut Tx, token: &str, now: i64) -> Result<()> {
    sqlx::query(concat!(
        "INSERT INTO carts (id, token_hash, created_at, expires_at) VALUES ($1, $2, $3, $3 + ",
        cart_lifetime!(),
        ") ON CONFLICT (token_hash) DO NOTHING"
    ))
    .bind(new_id())
    .bind(key(token))
    .bind(now)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The id of a cart that has not expired.
pub(super) async fn find(
    read: impl sqlx::Executor<'_, Database = sqlx::Any>,
    token: &str,
    now: i64,
) -> Result<Option<String>> {
    let mut sql = Sql::new("SELECT id FROM carts WHERE token_hash = ");
    sql.text(key(token)).push(" AND expires_at > ").int(now);
    sql.fetch_optional_value(read).await
}

/// Locks the cart for a change.
pub(super) async fn lock(
    db: &Store,
    tx: &mut Tx,
    token: Option<&str>,
    now: i64,
) -> Result<Option<LockedCart>> {
    let Some(token) = token.filter(|token| is_token(token)) else {
        return Ok(None);
    };
    let mut sql = Sql::new("SELECT id, lines FROM carts WHERE token_hash = ");
    sql.text(key(token))
        .push(" AND expires_at > ")
        .int(now)
        .push(db.dialect().for_update());
    sql.fetch_optional_as(&mut **tx).await
}

pub(super) async fn commit(tx: Tx, db: &Store, token: Option<&str>) -> Result<()> {
    let mut changes = ChangeSet::default();
    if let Some(token) = token {
        changes.cart(&key(token));
    }
    changes.commit(tx, db).await.map(drop)
}

const CARTS: Ending = Ending {
    table: "carts",
    key: "id",
    at: "expires_at",
};

/// Forgets carts that have expired. Returns how many.
pub async fn drop_expired(db: &Store, now: i64) -> Result<u64> {
    CARTS.drop_until(db, now).await
}
