//! Accounts as the database has them.

mod sessions;
mod set_up;

use app::{
    account::types::Profile,
    error::ShopError,
    identity::{Account, Role},
    locale::{Locale, locale},
};

pub(super) use self::sessions::{confirm_session, has_ended, holds, insert_session};
pub use self::{
    sessions::{Opened, Session, began_before, close_session, drop_expired, open_session, session},
    set_up::{end_set_up, has_admin, new_setup_token, set_up, setup_is_open},
};
use super::text::Text;
use crate::{
    db::{FromRow, PartIndex, Sql, Tx, from_row, stored_words},
    error::{Error, Result},
    ids::new_id,
    store::Store,
    text::{email_key, search_key},
};

stored_words!(Role);

/// Accounts by parts of their addresses and names.
pub const ACCOUNTS_BY_PART: PartIndex = PartIndex {
    table: "account_search",
    id: "account_id",
    trigrams: "account_trigrams",
};

from_row!(Account {
    id,
    email,
    name,
    role
});

/// The account with this address, as it was typed, and its password hash. A mailbox may have two
/// accounts from before addresses had one spelling: then it is the one with just this spelling.
pub async fn by_email(db: &Store, typed: &str) -> Result<Option<(Account, String)>> {
    // One statement, whether or not the spellings differ: nothing is learnt from the time it takes.
    let row = sqlx::query(
        "SELECT id, email, name, role, password_hash FROM accounts WHERE email IN ($1, $2) \
         ORDER BY CASE WHEN email = $1 THEN 0 ELSE 1 END LIMIT 1",
    )
    .bind(typed.trim().to_lowercase())
    .bind(email_key(typed))
    .fetch_optional(db.reader())
    .await?;
    let found = row.as_ref().map(Known::from_row).transpose()?;
    Ok(found.map(|found| (found.account, found.password_hash)))
}

struct Known {
    account: Account,
    password_hash: String,
}

from_row!(Known {
    account: row,
    password_hash,
});

pub async fn by_id(db: &Store, id: &str) -> Result<Option<Account>> {
    sqlx::query("SELECT id, email, name, role FROM accounts WHERE id = $1")
        .bind(id)
        .fetch_optional(db.reader())
        .await?
        .map(|row| Account::from_row(&row))
        .transpose()
}

pub async fn profile(db: &Store, id: &str) -> Result<Option<Profile>> {
    let mut sql = Sql::new("SELECT email, name, verified_at, created_at FROM accounts WHERE id = ");
    sql.text(id);
    sql.fetch_optional_as(db.reader()).await
}

from_row!(Profile {
    email,
    name,
    is_verified: is_set "verified_at",
    created_at,
});

pub(super) async fn by_id_in(tx: &mut Tx, id: &str) -> Result<Option<Account>> {
    sqlx::query("SELECT id, email, name, role FROM accounts WHERE id = $1")
        .bind(id)
        .fetch_optional(&mut **tx)
        .await?
        .map(|row| Account::from_row(&row))
        .transpose()
}

/// Makes an account. It has the address in the one spelling of its mailbox, however it comes here.
pub async fn insert(tx: &mut Tx, now: i64, typed: &str, hash: &str, role: Role) -> Result<Account> {
    let (id, email) = (new_id(), email_key(typed));
    let inserted = sqlx::query(
        "INSERT INTO accounts (id, email, search_key, password_hash, role, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(&id)
    .bind(&email)
    .bind(search_key(&[&email, ""]))
    .bind(hash)
    .bind(role.as_str())
    .bind(now)
    .execute(&mut **tx)
    .await
    .map_err(Error::from);
    match inserted {
        Err(error) if error.is_unique_violation() => {
            let words = Text::from(locale()).account_exists();
            Err(ShopError::field("email", words).into())
        }
        Err(error) => Err(error),
        Ok(_) if role == Role::Admin => {
            sqlx::query("DELETE FROM setup_tokens")
                .execute(&mut **tx)
                .await?;
            Ok(Account {
                id,
                email,
                name: String::new(),
                role,
            })
        }
        Ok(_) => Ok(Account {
            id,
            email,
            name: String::new(),
            role,
        }),
    }
}

pub async fn set_name(tx: &mut Tx, account_id: &str, name: &str) -> Result<()> {
    sqlx::query("UPDATE accounts SET name = $1 WHERE id = $2")
        .bind(name)
        .bind(account_id)
        .execute(&mut **tx)
        .await?;
    refresh_search(tx, account_id).await
}

/// The language an account has chosen; `None` if it has chosen none, or there is no such account.
/// What it is sent is in [`app::locale::Languages::of_account`] of that.
pub async fn language(db: &Store, account_id: &str) -> Result<Option<Locale>> {
    let mut sql = Sql::new("SELECT language FROM accounts WHERE id = ");
    sql.text(account_id);
    let code: Option<Option<String>> = sql.fetch_optional_value(db.reader()).await?;
    Ok(code.flatten().and_then(|code| Locale::of_code(&code)))
}

pub(super) async fn set_language(tx: &mut Tx, account_id: &str, language: Locale) -> Result<()> {
    sqlx::query("UPDATE accounts SET language = $1 WHERE id = $2")
        .bind(language.code())
        .bind(account_id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Sets the language of an account that has chosen none.
pub(super) async fn begin_language(tx: &mut Tx, account_id: &str, language: Locale) -> Result<()> {
    sqlx::query("UPDATE accounts SET language = $1 WHERE id = $2 AND language IS NULL")
        .bind(language.code())
        .bind(account_id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Brings what staff find an account by in line with its address and name.
pub(super) async fn refresh_search(tx: &mut Tx, account_id: &str) -> Result<()> {
    let mut sql = Sql::new("SELECT email, name FROM accounts WHERE id = ");
    sql.text(account_id);
    let found: Option<(String, String)> = sql.fetch_optional_as(&mut **tx).await?;
    let Some((email, name)) = found else {
        return Ok(());
    };
    sqlx::query("UPDATE accounts SET search_key = $1 WHERE id = $2")
        .bind(search_key(&[&email, &name]))
        .bind(account_id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Notes that the account's mailbox has proven itself.
pub async fn verify(tx: &mut Tx, now: i64, account_id: &str) -> Result<()> {
    sqlx::query("UPDATE accounts SET verified_at = COALESCE(verified_at, $1) WHERE id = $2")
        .bind(now)
        .bind(account_id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

pub async fn set_role(tx: &mut Tx, account_id: &str, role: Role) -> Result<()> {
    sqlx::query("UPDATE accounts SET role = $1 WHERE id = $2")
        .bind(role.as_str())
        .bind(account_id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
