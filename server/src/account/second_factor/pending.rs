//! Sign-ins whose password was right, and whose code is yet to come.

use crate::{
    db::{Sql, Tx},
    error::Result,
    ids::{hash_secret, is_secret, new_secret},
    store::Store,
};

/// How long someone may look for the phone, in milliseconds.
const LIFETIME: i64 = 10 * 60 * 1000;

/// Notes a sign-in and names it.
pub async fn begin(tx: &mut Tx, now: i64, account_id: &str) -> Result<String> {
    let token = new_secret();
    sqlx::query(
        "INSERT INTO pending_sign_ins (token_hash, account_id, expires_at) VALUES ($1, $2, $3)",
    )
    .bind(hash_secret(&token))
    .bind(account_id)
    .bind(now + LIFETIME)
    .execute(&mut **tx)
    .await?;
    Ok(token)
}

/// Whose sign-in it is, if it is still good.
pub async fn account_id(db: &Store, now: i64, token: &str) -> Result<Option<String>> {
    if !is_secret(token) {
        return Ok(None);
    }
    let mut sql = Sql::new("SELECT account_id FROM pending_sign_ins WHERE token_hash = ");
    sql.text(hash_secret(token))
        .push(" AND expires_at > ")
        .int(now);
    sql.fetch_optional_value(db.reader()).await
}

/// Uses a sign-in up; tells whether it was still good. The caller has locked the account: whatever
/// voids its sign-ins has done so, or comes later.
pub async fn finish(tx: &mut Tx, now: i64, account_id: &str, token: &str) -> Result<bool> {
    let used = sqlx::query(
        "DELETE FROM pending_sign_ins WHERE token_hash = $1 AND account_id = $2 \
         AND expires_at > $3",
    )
    .bind(hash_secret(token))
    .bind(account_id)
    .bind(now)
    .execute(&mut **tx)
    .await?;
    Ok(used.rows_affected() > 0)
}

/// Voids all sign-ins of the account.
pub async fn void_all(tx: &mut Tx, account_id: &str) -> Result<()> {
    sqlx::query("DELETE FROM pending_sign_ins WHERE account_id = $1")
        .bind(account_id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
