//! From where accounts were signed in: one who guesses an account's password from all over the
//! world does not hold up its owner at home.

use crate::{
    db::{Sql, Tx},
    error::Result,
    ids::hash_secret,
    store::Store,
};

fn hash(account_id: &str, client: &str) -> String {
    hash_secret(&format!("{account_id} {client}"))
}

/// Notes that the account was signed in from this client's network.
pub async fn remember(tx: &mut Tx, now: i64, account_id: &str, client: &str) -> Result<()> {
    if client.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO account_networks (account_id, network_hash, seen_at) VALUES ($1, $2, $3) \
         ON CONFLICT (account_id, network_hash) DO UPDATE SET seen_at = excluded.seen_at",
    )
    .bind(account_id)
    .bind(hash(account_id, client))
    .bind(now)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Whether the account was signed in from there. Without an account it takes as long to say no.
pub async fn is_known(db: &Store, account_id: Option<&str>, client: &str) -> Result<bool> {
    let account_id = account_id.unwrap_or_default();
    let mut sql = Sql::new("SELECT 1 AS n FROM account_networks WHERE account_id = ");
    sql.text(account_id).push(" AND network_hash = ");
    sql.text(hash(account_id, client));
    Ok(sql.fetch_optional(db.reader()).await?.is_some())
}
