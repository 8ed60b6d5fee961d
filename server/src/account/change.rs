//! What changes an account itself, each in one transaction.

use app::{
    error::{ErrorKind, ShopError},
    identity::{Account, Role},
    locale::locale,
};

use super::{
    chosen,
    links::{self, Purpose},
    networks, session_list, store,
    text::Text,
};
use serde_json::json;

use crate::{
    audit_log,
    db::{Sql, Tx, from_row},
    error::{Error, Result},
    feature::{self, Person},
    outbox::{Mail, queue},
    security_events::{Kind, record},
    store::{ChangeSet, Store},
    text::email_key,
};

/// Makes the account that a mailed link is for. `None` if the link is not good (any more).
pub async fn sign_up(
    db: &Store,
    now: i64,
    token: &str,
    name: &str,
    hash: &str,
) -> Result<Option<Account>> {
    let mut tx = db.begin().await?;
    let Some(link) = links::redeem(&mut tx, now, Purpose::SignUp, token).await? else {
        return Ok(None);
    };
    let account = store::insert(&mut tx, now, &link.email, hash, Role::Customer).await?;
    store::set_name(&mut tx, &account.id, name).await?;
    // It has another password.
    chosen::forget(&mut tx, &link.email).await?;
    // The mailbox has just proven itself.
    sqlx::query("UPDATE accounts SET verified_at = $1 WHERE id = $2")
        .bind(now)
        .bind(&account.id)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(Some(Account {
        name: name.to_owned(),
        ..account
    }))
}

/// Sets a new password with a mailed link; whose it is. `None` if the link is not good (any more).
/// The person who did it reads the account's mail, so `client` may sign in, however many others try.
pub async fn reset(
    db: &Store,
    now: i64,
    client: &str,
    token: &str,
    hash: &str,
) -> Result<Option<Account>> {
    let mut tx = db.begin().await?;
    let link = links::redeem(&mut tx, now, Purpose::Reset, token).await?;
    let Some((account_id, email)) = link.and_then(|link| Some((link.account_id?, link.email)))
    else {
        return Ok(None);
    };
    let mut sql = Sql::new("SELECT id, email, name, role FROM accounts WHERE id = ");
    sql.text(&account_id).push(db.dialect().for_update());
    let account: Option<Account> = sql.fetch_optional_as(&mut *tx).await?;
    let Some(account) = account else {
        return Ok(None);
    };
    // The mailbox has just proven itself, if it still is the account's.
    if email_key(&account.email) == email {
        sqlx::query("UPDATE accounts SET verified_at = COALESCE(verified_at, $1) WHERE id = $2")
            .bind(now)
            .bind(&account_id)
            .execute(&mut *tx)
            .await?;
    }
    replace_password(&mut tx, db, now, &account_id, hash).await?;
    networks::remember(&mut tx, now, &account_id, client).await?;
    record(&mut tx, now, Kind::ResetUsed, &account).await?;
    tx.commit().await?;
    Ok(Some(account))
}

/// Sets another password: what was signed in with the old one, or mailed before, ends. Returns a
/// new session; `None`, and nothing is changed, if `old_hash` is not the account's any more.
pub async fn set_password(
    db: &Store,
    now: i64,
    account: &Account,
    old_hash: &str,
    hash: &str,
) -> Result<Option<String>> {
    let account_id = account.id.as_str();
    let mut tx = db.begin().await?;
    if !store::holds(&mut tx, db.dialect(), account_id, old_hash).await? {
        return Ok(None);
    }
    replace_password(&mut tx, db, now, account_id, hash).await?;
    let session = store::insert_session(&mut tx, now, account_id, None).await?;
    record(&mut tx, now, Kind::PasswordChanged, account).await?;
    tx.commit().await?;
    Ok(Some(session))
}

/// Keeps the same password under another hash; nothing ends. `false`, and nothing is changed, if
/// `old` is not the hash of the account's password any more.
pub async fn rehash(db: &Store, account_id: &str, old: &str, new: &str) -> Result<bool> {
    let mut tx = db.begin().await?;
    let replaced =
        sqlx::query("UPDATE accounts SET password_hash = $1 WHERE id = $2 AND password_hash = $3")
            .bind(new)
            .bind(account_id)
            .bind(old)
            .execute(&mut *tx)
            .await?;
    tx.commit().await?;
    Ok(replaced.rows_affected() > 0)
}

async fn replace_password(
    tx: &mut Tx,
    db: &Store,
    now: i64,
    account_id: &str,
    hash: &str,
) -> Result<()> {
    sqlx::query("UPDATE accounts SET password_hash = $1 WHERE id = $2")
        .bind(hash)
        .bind(account_id)
        .execute(&mut **tx)
        .await?;
    session_list::end_all(tx, account_id).await?;
    links::void_all(tx, account_id).await?;
    let account_id = account_id.to_owned();
    queue(tx, db.dialect(), now, &Mail::PasswordChanged { account_id }).await
}

/// What a mailed link proved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verified {
    /// The address that the account has.
    Confirmed,
    /// Another one, which is the account's from now on.
    Moved,
}

struct Before {
    account: Account,
    is_verified: bool,
}

from_row!(Before {
    account: row,
    is_verified: is_set "verified_at",
});

/// Makes the address a mailed link went to the proven one of the account that asked for it.
/// `None` if the link is not good (any more), or another account's.
pub async fn verify(
    db: &Store,
    now: i64,
    account_id: &str,
    token: &str,
) -> Result<Option<Verified>> {
    let mut tx = db.begin().await?;
    let Some(link) = links::redeem(&mut tx, now, Purpose::Verify, token).await? else {
        return Ok(None);
    };
    // Or someone could mail a link of theirs to a stranger, and get the stranger's orders shown.
    if link.account_id.as_deref() != Some(account_id) {
        tx.rollback().await?;
        return Ok(None);
    }
    let mut sql = Sql::new("SELECT id, email, name, role, verified_at FROM accounts WHERE id = ");
    sql.text(account_id);
    let Before {
        account,
        is_verified,
    } = sql.fetch_one_as(&mut *tx).await?;
    let old = account.email.clone();
    // An account may have another spelling of its own mailbox, while a second one has the usual one.
    let (verified, email) = match email_key(&old) == link.email {
        true => (Verified::Confirmed, old.clone()),
        false => (Verified::Moved, link.email),
    };
    if verified == Verified::Moved {
        if is_verified {
            keep_orders(&mut tx, account_id, &old).await?;
        }
        // Its owner hears of it, who may not have done it.
        let mail = Mail::AddressChanged {
            account_id: account_id.to_owned(),
            old,
        };
        queue(&mut tx, db.dialect(), now, &mail).await?;
    }
    let changed = sqlx::query("UPDATE accounts SET email = $1, verified_at = $2 WHERE id = $3")
        .bind(&email)
        .bind(now)
        .bind(account_id)
        .execute(&mut *tx)
        .await
        .map_err(Error::from);
    match changed {
        Err(error) if error.is_unique_violation() => {
            let words = Text::from(locale()).address_is_taken();
            Err(ShopError::new(ErrorKind::Conflict, words).into())
        }
        Err(error) => Err(error),
        Ok(_) => {
            store::refresh_search(&mut tx, account_id).await?;
            links::void_all(&mut tx, account_id).await?;
            if verified == Verified::Moved {
                record(&mut tx, now, Kind::EmailChanged, &account).await?;
            }
            tx.commit().await?;
            Ok(Some(verified))
        }
    }
}

/// The orders that an account finds by its proven address become its own.
async fn keep_orders(tx: &mut Tx, account_id: &str, email: &str) -> Result<()> {
    sqlx::query("UPDATE orders SET account_id = $1 WHERE account_id IS NULL AND email_key = $2")
        .bind(account_id)
        .bind(email)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Erases an account: sessions, addresses, links and cart go with it. Its orders stay, as the
/// books must, and are nobody's account's. `false`, and nothing is done, if `hash` is not that of its
/// password any more.
pub async fn close(db: &Store, now: i64, account: &Account, hash: &str) -> Result<bool> {
    let account_id = account.id.as_str();
    let mut tx = db.begin().await?;
    let mut changes = ChangeSet::default();
    // Of the mailbox nothing is forgotten: orders and what else was left without an account stay.
    let person = Person {
        account_id: Some(account_id),
        guest_email: None,
        orders: &[],
    };
    // The cart first, as placing an order does.
    feature::forget(&mut tx, db, &person, &mut changes).await?;
    let mut sql = Sql::new("SELECT id FROM accounts WHERE role = 'admin' ORDER BY id");
    sql.push(db.dialect().for_update());
    let admins: Vec<String> = sql.fetch_values(&mut *tx).await?;
    let is_last_admin = matches!(admins.as_slice(), [only] if only == account_id);
    if is_last_admin {
        let words = Text::from(locale()).only_admin();
        return Err(ShopError::new(ErrorKind::Conflict, words).into());
    }
    if !store::holds(&mut tx, db.dialect(), account_id, hash).await? {
        return Ok(false);
    }
    remove(&mut tx, account_id).await?;
    if account.role > Role::Customer {
        audit_log::record(
            &mut tx,
            now,
            &account.email,
            "account.close",
            ("account", account_id),
            Some(json!({ "role": account.role.as_str() })),
            None,
        )
        .await?;
    }
    changes.commit(tx, db).await?;
    Ok(true)
}

/// Removes an account with its sessions, addresses and links. What features keep besides is the
/// caller's to remove, before.
pub async fn remove(tx: &mut Tx, account_id: &str) -> Result<()> {
    sqlx::query("DELETE FROM accounts WHERE id = $1")
        .bind(account_id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
