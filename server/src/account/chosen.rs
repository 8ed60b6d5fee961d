//! Passwords that were chosen with an order, for accounts that are made once their address is proven.
//!
//! Who orders with someone else's address could choose a password as well, and wait for its owner to open the
//! mail. So the password counts only in the browser it was chosen in: a secret in its cookie names it. In any other
//! the mailed link asks for a password as it always does.

use app::identity::{Account, Role};

use super::{
    links::{self, Purpose},
    store,
};
use crate::{
    db::{Sql, Tx, from_row},
    error::Result,
    ids::{hash_secret, is_secret, new_secret},
    store::Store,
    text::email_key,
};

/// As long as the mailed link, in milliseconds.
const LIFETIME: i64 = 24 * 60 * 60 * 1000;
/// How many are kept for one address: of more the oldest ends.
const MOST: i64 = 5;

/// What someone wants for an account.
#[derive(Debug, Clone, Copy)]
pub struct NewAccount<'a> {
    pub email: &'a str,
    /// May be empty.
    pub name: &'a str,
    pub password_hash: &'a str,
}

struct Chosen {
    name: String,
    password_hash: String,
}

from_row!(Chosen {
    name,
    password_hash
});

/// Keeps a password and names it.
pub async fn keep(tx: &mut Tx, now: i64, wanted: NewAccount<'_>) -> Result<String> {
    let (token, email) = (new_secret(), email_key(wanted.email));
    sqlx::query(
        "INSERT INTO chosen_passwords (token_hash, email, name, password_hash, created_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(hash_secret(&token))
    .bind(&email)
    .bind(wanted.name)
    .bind(wanted.password_hash)
    .bind(now)
    .bind(now + LIFETIME)
    .execute(&mut **tx)
    .await?;
    let mut sql = Sql::new("DELETE FROM chosen_passwords WHERE email = ");
    sql.text(&email)
        .push(" AND token_hash NOT IN (SELECT token_hash FROM chosen_passwords WHERE email = ")
        .text(&email)
        .push(" ORDER BY created_at DESC, token_hash LIMIT ")
        .int(MOST)
        .push(")");
    sql.execute(&mut **tx).await?;
    Ok(token)
}

fn select(now: i64, token: &str, email: &str) -> Sql {
    let mut sql = Sql::new("SELECT name, password_hash FROM chosen_passwords WHERE token_hash = ");
    sql.text(hash_secret(token));
    sql.push(" AND email = ").text(email_key(email));
    sql.push(" AND expires_at > ").int(now);
    sql
}

/// Whether the browser with this secret has chosen a password for the address.
pub async fn is_there(db: &Store, now: i64, token: &str, email: &str) -> Result<bool> {
    if !is_secret(token) {
        return Ok(false);
    }
    let found = select(now, token, email)
        .fetch_optional(db.reader())
        .await?;
    Ok(found.is_some())
}

/// An account that was made, and the hash of its password.
pub struct CreatedAccount {
    pub account: Account,
    pub hash: String,
}

/// Makes the account that a mailed link is for, with what was chosen in the browser with this secret. `None`,
/// and nothing is used up, if either is not good (any more).
pub async fn sign_up(
    db: &Store,
    now: i64,
    link: &str,
    token: &str,
) -> Result<Option<CreatedAccount>> {
    if !is_secret(token) {
        return Ok(None);
    }
    let mut tx = db.begin().await?;
    let Some(link) = links::redeem(&mut tx, now, Purpose::SignUp, link).await? else {
        return Ok(None);
    };
    let found: Option<Chosen> = select(now, token, &link.email)
        .fetch_optional_as(&mut *tx)
        .await?;
    let Some(chosen) = found else {
        tx.rollback().await?;
        return Ok(None);
    };
    let hash = chosen.password_hash;
    let account = store::insert(&mut tx, now, &link.email, &hash, Role::Customer).await?;
    store::set_name(&mut tx, &account.id, &chosen.name).await?;
    store::verify(&mut tx, now, &account.id).await?;
    forget(&mut tx, &link.email).await?;
    tx.commit().await?;
    let account = Account {
        name: chosen.name,
        ..account
    };
    Ok(Some(CreatedAccount { account, hash }))
}

/// Forgets all that was chosen for an address.
pub async fn forget(tx: &mut Tx, email: &str) -> Result<()> {
    sqlx::query("DELETE FROM chosen_passwords WHERE email = $1")
        .bind(email_key(email))
        .execute(&mut **tx)
        .await?;
    Ok(())
}
