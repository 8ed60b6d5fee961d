//! Second factors and recovery codes in the database. What is used once is used by a conditional
//! update: of two nodes that are given the same code, one gets a row.

use super::{recovery, totp};
use crate::{
    db::{Dialect, Sql, Tx, from_row},
    error::Result,
    store::Store,
};

/// How long it is remembered that someone began to set one up, in milliseconds.
const SET_UP_MS: i64 = 24 * 60 * 60 * 1000;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Factor {
    pub secret: String,
    /// None while it is being set up.
    pub confirmed_at: Option<i64>,
    pub codes_left: i64,
}

from_row!(Factor {
    secret,
    confirmed_at,
    codes_left
});

pub async fn read(db: &Store, account_id: &str) -> Result<Option<Factor>> {
    let mut sql = Sql::new(
        "SELECT f.secret, f.confirmed_at, (SELECT COUNT(*) FROM recovery_codes c \
         WHERE c.account_id = f.account_id) AS codes_left FROM second_factors f \
         WHERE f.account_id = ",
    );
    sql.text(account_id);
    sql.fetch_optional_as(db.reader()).await
}

/// Until the transaction ends nobody else changes how the account is signed in to.
pub async fn lock(tx: &mut Tx, dialect: Dialect, account_id: &str) -> Result<()> {
    let mut sql = Sql::new("SELECT id FROM accounts WHERE id = ");
    sql.text(account_id).push(dialect.for_update());
    sql.fetch_optional(&mut **tx).await?;
    Ok(())
}

/// Whether the account has a second factor. The caller has locked the account.
pub async fn is_on(tx: &mut Tx, account_id: &str) -> Result<bool> {
    let mut sql = Sql::new(
        "SELECT account_id FROM second_factors WHERE confirmed_at IS NOT NULL AND account_id = ",
    );
    sql.text(account_id);
    Ok(sql.fetch_optional(&mut **tx).await?.is_some())
}

/// Notes a secret that no code has proven yet, in place of another such. `false` if the account has a
/// second factor already.
pub async fn begin(tx: &mut Tx, now: i64, account_id: &str, secret: &str) -> Result<bool> {
    let begun = sqlx::query(
        "INSERT INTO second_factors (account_id, secret, created_at) VALUES ($1, $2, $3) \
         ON CONFLICT (account_id) DO UPDATE SET secret = excluded.secret, \
         created_at = excluded.created_at WHERE second_factors.confirmed_at IS NULL",
    )
    .bind(account_id)
    .bind(secret)
    .bind(now)
    .execute(&mut **tx)
    .await?;
    Ok(begun.rows_affected() > 0)
}

/// A code of `step` has proven the secret. `false` if that is not the one being set up any more.
pub async fn switch_on(
    tx: &mut Tx,
    now: i64,
    account_id: &str,
    secret: &str,
    step: i64,
) -> Result<bool> {
    let switched = sqlx::query(
        "UPDATE second_factors SET confirmed_at = $1, last_step = $2 \
         WHERE account_id = $3 AND secret = $4 AND confirmed_at IS NULL",
    )
    .bind(now)
    .bind(step)
    .bind(account_id)
    .bind(secret)
    .execute(&mut **tx)
    .await?;
    Ok(switched.rows_affected() > 0)
}

/// Removes the account's second factor with its recovery codes; tells whether it had one.
pub async fn switch_off(tx: &mut Tx, account_id: &str) -> Result<bool> {
    let switched = sqlx::query(
        "DELETE FROM second_factors WHERE account_id = $1 AND confirmed_at IS NOT NULL",
    )
    .bind(account_id)
    .execute(&mut **tx)
    .await?;
    Ok(switched.rows_affected() > 0)
}

/// New recovery codes in place of those there are.
pub async fn renew_codes(tx: &mut Tx, account_id: &str) -> Result<Vec<String>> {
    sqlx::query("DELETE FROM recovery_codes WHERE account_id = $1")
        .bind(account_id)
        .execute(&mut **tx)
        .await?;
    let codes = recovery::new_codes();
    for code in &codes {
        sqlx::query("INSERT INTO recovery_codes (account_id, code_hash) VALUES ($1, $2)")
            .bind(account_id)
            .bind(recovery::hash(account_id, code))
            .execute(&mut **tx)
            .await?;
    }
    Ok(codes)
}

/// What someone entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeUsed {
    OfApp,
    /// `left` more can be used.
    Recovery {
        left: i64,
    },
}

/// Uses a code of the account's app up, or one of its recovery codes. `None` if it is neither, or
/// was used before.
pub async fn take(
    tx: &mut Tx,
    now: i64,
    account_id: &str,
    typed: &str,
) -> Result<Option<CodeUsed>> {
    let mut sql = Sql::new(
        "SELECT secret FROM second_factors WHERE confirmed_at IS NOT NULL AND account_id = ",
    );
    sql.text(account_id);
    let secret: Option<String> = sql.fetch_optional_value(&mut **tx).await?;
    let Some(secret) = secret else {
        return Ok(None);
    };
    if let Some(step) = totp::step_of(&secret, typed, now) {
        let taken = sqlx::query(
            "UPDATE second_factors SET last_step = $1 \
             WHERE account_id = $2 AND secret = $3 AND last_step < $4",
        )
        .bind(step)
        .bind(account_id)
        .bind(&secret)
        .bind(step)
        .execute(&mut **tx)
        .await?;
        return Ok((taken.rows_affected() > 0).then_some(CodeUsed::OfApp));
    }
    let Some(hash) = recovery::hash(account_id, typed) else {
        return Ok(None);
    };
    let taken = sqlx::query("DELETE FROM recovery_codes WHERE account_id = $1 AND code_hash = $2")
        .bind(account_id)
        .bind(hash)
        .execute(&mut **tx)
        .await?;
    if taken.rows_affected() == 0 {
        return Ok(None);
    }
    let mut sql = Sql::new("SELECT COUNT(*) AS n FROM recovery_codes WHERE account_id = ");
    sql.text(account_id);
    let left = sql.fetch_value(&mut **tx).await?;
    Ok(Some(CodeUsed::Recovery { left }))
}

/// Forgets what was begun and never finished.
pub async fn drop_unfinished(tx: &mut Tx, now: i64) -> Result<()> {
    sqlx::query("DELETE FROM second_factors WHERE confirmed_at IS NULL AND created_at <= $1")
        .bind(now - SET_UP_MS)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
