//! Kept forms in the database.

use app::{identity::Account, kept_forms::LIFETIME, ui::form::FormState};

use super::{
    BYTES_IN_ALL, IN_ALL, MAX_BYTES, MAX_BYTES_OF_STAFF, OF_BROWSER, OF_NETWORK, is_theirs,
};
use crate::{
    db::{Connection, FromRow, Sql, Tx, from_row},
    error::Result,
    ids::{hash_secret, new_short_key},
    store::Store,
};

/// Whose form it is: nobody else is shown it.
#[derive(Debug, Clone, Copy)]
pub struct Sender<'a> {
    /// The secret in the browser's cookie.
    pub browser: &'a str,
    /// Who is signed in.
    pub account: Option<&'a Account>,
    /// Network of the client, to count by.
    pub network: &'a str,
}

impl Sender<'_> {
    fn most_bytes(&self) -> usize {
        match self.account {
            Some(account) if account.is_staff() => MAX_BYTES_OF_STAFF,
            _ => MAX_BYTES,
        }
    }

    fn account_id(&self) -> Option<&str> {
        self.account.map(|account| account.id.as_str())
    }
}

/// Keeps a form of the page at this address; the key it is found by, or nothing if there is no room.
pub async fn keep(
    db: &Store,
    now: i64,
    sender: &Sender<'_>,
    page: &str,
    form: &FormState,
) -> Result<Option<String>> {
    let stored = serde_json::to_string(form)?;
    if stored.len() > sender.most_bytes() {
        return Ok(None);
    }
    let bytes = stored.len() as i64;
    let (owner, network) = (hash_secret(sender.browser), hash_secret(sender.network));
    // Before SQLite's only writer is taken: what finds no room costs nobody their turn.
    if !may_have_room(db, &owner, &network, bytes).await? {
        return Ok(None);
    }
    let mut tx = db.begin().await?;
    keep_newest(&mut tx, &owner, OF_BROWSER - 1).await?;
    if !kept(&mut tx, &network).await?.have_room(bytes) {
        return Ok(None);
    }
    let key = new_short_key();
    sqlx::query(
        "INSERT INTO kept_forms (owner, key, account_id, network, page, action, bytes, kept_at, \
         expires_at, form) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(owner)
    .bind(&key)
    .bind(sender.account_id().map(str::to_owned))
    .bind(network)
    // An address may hold a token.
    .bind(hash_secret(page))
    .bind(&form.action)
    .bind(bytes)
    .bind(now)
    .bind(now + LIFETIME * 1000)
    .bind(stored)
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(Some(key))
}

async fn keep_newest(tx: &mut Tx, owner: &str, count: i64) -> Result<()> {
    sqlx::query(
        "DELETE FROM kept_forms WHERE owner = $1 AND key NOT IN \
         (SELECT key FROM kept_forms WHERE owner = $1 ORDER BY kept_at DESC, key LIMIT $2)",
    )
    .bind(owner.to_owned())
    .bind(count)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What is kept. What has expired counts until it is gone: so nothing is kept beyond.
struct Kept {
    forms: i64,
    of_network: i64,
    bytes: i64,
}

from_row!(Kept {
    forms,
    of_network,
    bytes
});

impl Kept {
    /// Whether one more fits in.
    fn have_room(&self, bytes: i64) -> bool {
        self.forms < IN_ALL && self.of_network < OF_NETWORK && self.bytes + bytes <= BYTES_IN_ALL
    }
}

async fn kept(connection: &mut Connection, network: &str) -> Result<Kept> {
    let row = sqlx::query(
        "SELECT COUNT(*) AS forms, CAST(COALESCE(SUM(bytes), 0) AS BIGINT) AS bytes, \
         COUNT(CASE WHEN network = $1 THEN 1 END) AS of_network FROM kept_forms",
    )
    .bind(network.to_owned())
    .fetch_one(connection)
    .await?;
    Kept::from_row(&row)
}

/// Whether there is room, or may be once the oldest forms of the same browser are gone.
async fn may_have_room(db: &Store, owner: &str, network: &str, bytes: i64) -> Result<bool> {
    let mut reader = db.connection().await?;
    let all = kept(&mut reader, network).await?;
    if all.have_room(bytes) {
        return Ok(true);
    }
    let mut sql = Sql::new(
        "SELECT COUNT(*) AS forms, \
         CAST(COALESCE(SUM(bytes), 0) AS BIGINT) AS bytes FROM kept_forms WHERE owner = ",
    );
    sql.text(owner);
    let (own_forms, own_bytes): (i64, i64) = sql.fetch_one_as(&mut *reader).await?;
    let leave = own_forms - (OF_BROWSER - 1);
    let others = Kept {
        forms: all.forms - leave,
        of_network: all.of_network - leave,
        bytes: all.bytes - own_bytes,
    };
    Ok(leave > 0 && others.have_room(bytes))
}

/// The form of this key, if it is this sender's and has not expired.
pub async fn find(
    db: &Store,
    now: i64,
    sender: &Sender<'_>,
    key: &str,
) -> Result<Option<FormState>> {
    let row = sqlx::query(
        "SELECT account_id, form FROM kept_forms WHERE owner = $1 AND key = $2 AND expires_at > $3",
    )
    .bind(hash_secret(sender.browser))
    .bind(key.to_owned())
    .bind(now)
    .fetch_optional(db.reader())
    .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let found = Found::from_row(&row)?;
    // Someone else may have signed in at the same browser.
    let is_theirs = is_theirs(found.account_id.as_deref(), sender.account, &found.form);
    Ok(is_theirs.then_some(found.form))
}

struct Found {
    account_id: Option<String>,
    form: FormState,
}

from_row!(Found {
    account_id,
    form: json,
});

/// A form was taken: what was refused of it before is not shown again.
pub async fn forget(db: &Store, browser: &str, action: &str, page: &str) -> Result<()> {
    let mut tx = db.begin().await?;
    sqlx::query("DELETE FROM kept_forms WHERE owner = $1 AND action = $2 AND page = $3")
        .bind(hash_secret(browser))
        .bind(action.to_owned())
        .bind(hash_secret(page))
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(())
}

/// There are no more of them than [`IN_ALL`].
pub async fn drop_expired(db: &Store, now: i64) -> Result<()> {
    let mut tx = db.begin().await?;
    sqlx::query("DELETE FROM kept_forms WHERE expires_at <= $1")
        .bind(now)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(())
}
