//! The one-time address at which the first admin is made.

use app::identity::{Account, Role};

use super::insert;
use crate::{
    db::Tx,
    error::Result,
    ids::{hash_secret, is_secret, new_secret},
    store::Store,
};

/// How long that address is good, in milliseconds.
const SETUP_MS: i64 = 24 * 60 * 60 * 1000;

pub async fn has_admin(db: &Store) -> Result<bool> {
    Ok(
        sqlx::query("SELECT id FROM accounts WHERE role = 'admin' LIMIT 1")
            .fetch_optional(db.reader())
            .await?
            .is_some(),
    )
}

/// A new one-time token for the first admin; older ones end.
pub async fn new_setup_token(db: &Store, now: i64) -> Result<String> {
    let token = new_secret();
    let mut tx = db.begin().await?;
    sqlx::query("DELETE FROM setup_tokens")
        .execute(&mut *tx)
        .await?;
    sqlx::query("INSERT INTO setup_tokens (token_hash, expires_at) VALUES ($1, $2)")
        .bind(hash_secret(&token))
        .bind(now + SETUP_MS)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(token)
}

pub async fn setup_is_open(db: &Store, now: i64, token: &str) -> Result<bool> {
    if !is_secret(token) {
        return Ok(false);
    }
    Ok(
        sqlx::query(
            "SELECT token_hash FROM setup_tokens WHERE token_hash = $1 AND expires_at > $2",
        )
        .bind(hash_secret(token))
        .bind(now)
        .fetch_optional(db.reader())
        .await?
        .is_some(),
    )
}

/// Uses up the token and makes the admin; `None` if someone else has used it.
pub async fn set_up(
    db: &Store,
    now: i64,
    token: &str,
    email: &str,
    hash: &str,
) -> Result<Option<Account>> {
    let mut tx = db.begin().await?;
    let used = sqlx::query("DELETE FROM setup_tokens WHERE token_hash = $1 AND expires_at > $2")
        .bind(hash_secret(token))
        .bind(now)
        .execute(&mut *tx)
        .await?
        .rows_affected();
    // A shop with an admin needs no first one: an address printed before that is void.
    let has_admin = sqlx::query("SELECT id FROM accounts WHERE role = 'admin' LIMIT 1")
        .fetch_optional(&mut *tx)
        .await?
        .is_some();
    if used == 0 || has_admin {
        return Ok(None);
    }
    let account = insert(&mut tx, now, email, hash, Role::Admin).await?;
    tx.commit().await?;
    Ok(Some(account))
}

/// There is an admin now: no set-up address is good any more.
pub async fn end_set_up(tx: &mut Tx) -> Result<()> {
    sqlx::query("DELETE FROM setup_tokens")
        .execute(&mut **tx)
        .await?;
    Ok(())
}
