//! The sessions of an account, as its owner sees and ends them.

use app::{
    account::types::SessionRow,
    identity::{Account, Role},
};

use super::{second_factor::pending, store};
use crate::{
    db::{FromRow, Tx, from_row},
    error::Result,
    ids::hash_secret,
    security_events::{Kind, record},
    store::Store,
};

/// Longest description of a device that is kept, in characters.
const MAX_DEVICE: usize = 80;

/// Notes which device a session is on.
pub async fn set_device(tx: &mut Tx, token: &str, device: &str) -> Result<()> {
    sqlx::query("UPDATE sessions SET device = $1 WHERE token_hash = $2")
        .bind(device.chars().take(MAX_DEVICE).collect::<String>())
        .bind(hash_secret(token))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

struct Stored {
    token_hash: String,
    device: String,
    role: Role,
    created_at: i64,
    last_seen_at: i64,
    expires_at: i64,
}

from_row!(Stored {
    token_hash,
    device,
    role,
    created_at,
    last_seen_at,
    expires_at,
});

/// Newest use first. `current` is the token of the session that asks. What has ended, but is not
/// cleared away yet, is left out.
pub async fn list(
    db: &Store,
    now: i64,
    account_id: &str,
    current: &str,
) -> Result<Vec<SessionRow>> {
    let current = hash_secret(current);
    let rows = sqlx::query(
        "SELECT s.token_hash, s.device, s.created_at, s.last_seen_at, s.expires_at, \
         a.role FROM sessions s JOIN accounts a ON a.id = s.account_id \
         WHERE s.account_id = $1 ORDER BY s.last_seen_at DESC, s.token_hash",
    )
    .bind(account_id)
    .fetch_all(db.reader())
    .await?;
    let mut sessions = Vec::new();
    for row in &rows {
        let Stored {
            token_hash: id,
            device,
            role,
            created_at,
            last_seen_at,
            expires_at,
        } = Stored::from_row(row)?;
        if expires_at <= now || store::has_ended(role, created_at, last_seen_at, now) {
            continue;
        }
        sessions.push(SessionRow {
            is_this: id == current,
            device,
            created_at,
            last_seen_at,
            id,
        });
    }
    Ok(sessions)
}

/// Ends one session of the account; tells whether there was one.
pub async fn end(db: &Store, now: i64, account: &Account, id: &str) -> Result<bool> {
    let mut tx = db.begin().await?;
    let ended = sqlx::query("DELETE FROM sessions WHERE account_id = $1 AND token_hash = $2")
        .bind(&account.id)
        .bind(id)
        .execute(&mut *tx)
        .await?
        .rows_affected();
    if ended > 0 {
        record(&mut tx, now, Kind::SessionEnded, account).await?;
    }
    tx.commit().await?;
    Ok(ended > 0)
}

/// Ends all sessions of the account but the one with this token; how many there were.
pub async fn end_others(db: &Store, now: i64, account: &Account, current: &str) -> Result<u64> {
    let mut tx = db.begin().await?;
    let ended = end_others_in(&mut tx, &account.id, current).await?;
    if ended > 0 {
        record(&mut tx, now, Kind::SessionEnded, account).await?;
    }
    tx.commit().await?;
    Ok(ended)
}

/// The same within a transaction.
pub async fn end_others_in(tx: &mut Tx, account_id: &str, current: &str) -> Result<u64> {
    let ended = sqlx::query("DELETE FROM sessions WHERE account_id = $1 AND token_hash <> $2")
        .bind(account_id)
        .bind(hash_secret(current))
        .execute(&mut **tx)
        .await?
        .rows_affected();
    Ok(ended)
}

/// Ends all sessions of the account, and sign-ins that wait for a code; how many sessions there were.
pub async fn end_all(tx: &mut Tx, account_id: &str) -> Result<u64> {
    let ended = sqlx::query("DELETE FROM sessions WHERE account_id = $1")
        .bind(account_id)
        .execute(&mut **tx)
        .await?
        .rows_affected();
    pending::void_all(tx, account_id).await?;
    Ok(ended)
}
