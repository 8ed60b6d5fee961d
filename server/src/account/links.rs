//! One-time addresses that are mailed: the one who opens it reads the mailbox it went to.

use crate::{
    db::{FromRow, Sql, Tx, from_row, stored_words},
    error::Result,
    ids::{hash_secret, is_secret, new_secret},
    store::Store,
    text::email_key,
};

const HOUR_MS: i64 = 60 * 60 * 1000;
/// Good links of one kind for one account that one mailbox may hold. Who asks for more has them in
/// the mailbox, so nobody is locked out by others who ask, and no mailbox is flooded.
const MAX_GOOD: i64 = 5;
/// The same for all accounts together. An account's first link is good beyond this: links that
/// strangers had mailed for accounts of theirs keep nobody from confirming their own.
const MAX_OF_MAILBOX: i64 = 15;

app::words! {
    pub enum Purpose {
        /// Makes an account.
        SignUp = "sign_up",
        /// Sets a new password.
        Reset = "reset",
        /// Proves an account's address.
        Verify = "verify",
    }
}

stored_words!(Purpose);

impl Purpose {
    /// How long a link is good, in milliseconds.
    const fn lifetime(self) -> i64 {
        match self {
            Self::Reset => HOUR_MS,
            Self::SignUp | Self::Verify => 24 * HOUR_MS,
        }
    }
}

/// A link as it is found again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// In the one spelling of the mailbox, also where an older version has stored another.
    pub email: String,
    pub account_id: Option<String>,
}

/// What a link is to be made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkRequest<'a> {
    /// The mail that is to hold it.
    pub mail_id: &'a str,
    pub purpose: Purpose,
    pub email: &'a str,
    pub account_id: Option<&'a str>,
}

/// How many links are good.
struct Good {
    of_account: i64,
    of_mailbox: i64,
}

from_row!(Good {
    of_account,
    of_mailbox
});

/// A new link's secret, which only the mail gets to hold; a mail that is tried again gets a new one
/// in place of its old one. `None` if the mailbox holds enough.
pub async fn issue(db: &Store, now: i64, wanted: LinkRequest<'_>) -> Result<Option<String>> {
    let LinkRequest {
        mail_id,
        purpose,
        email,
        account_id,
    } = wanted;
    let email = &email_key(email);
    let mut tx = db.begin().await?;
    // Or of several at once, all would find the same room.
    if let Some(turn) = db.dialect().advisory_lock() {
        sqlx::query(turn)
            .bind(format!("mail link {email}"))
            .execute(&mut *tx)
            .await?;
    }
    let good = sqlx::query(
        "SELECT COUNT(*) AS of_mailbox, \
         COUNT(CASE WHEN COALESCE(account_id, '') = $1 THEN 1 END) AS of_account \
         FROM mail_links WHERE email = $2 AND purpose = $3 AND expires_at > $4 AND mail_id <> $5",
    )
    .bind(account_id.unwrap_or_default())
    .bind(email)
    .bind(purpose.as_str())
    .bind(now)
    .bind(mail_id)
    .fetch_one(&mut *tx)
    .await?;
    let Good {
        of_account,
        of_mailbox,
    } = Good::from_row(&good)?;
    if of_account >= MAX_GOOD || (of_account > 0 && of_mailbox >= MAX_OF_MAILBOX) {
        return Ok(None);
    }
    let token = new_secret();
    sqlx::query(
        "INSERT INTO mail_links (token_hash, mail_id, purpose, email, account_id, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (mail_id) DO UPDATE \
         SET token_hash = excluded.token_hash, expires_at = excluded.expires_at",
    )
    .bind(hash_secret(&token))
    .bind(mail_id)
    .bind(purpose.as_str())
    .bind(email)
    .bind(account_id)
    .bind(now + purpose.lifetime())
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(Some(token))
}

/// What a link is for, without using it up.
pub async fn find(db: &Store, now: i64, purpose: Purpose, token: &str) -> Result<Option<Link>> {
    if !is_secret(token) {
        return Ok(None);
    }
    let mut sql = Sql::new("SELECT email, account_id FROM mail_links WHERE token_hash = ");
    sql.text(hash_secret(token));
    sql.push(" AND purpose = ").text(purpose.as_str());
    sql.push(" AND expires_at > ").int(now);
    let found: Option<Stored> = sql.fetch_optional_as(db.reader()).await?;
    Ok(found.map(Link::from))
}

impl From<Stored> for Link {
    fn from(stored: Stored) -> Self {
        Self {
            email: email_key(&stored.email),
            account_id: stored.account_id,
        }
    }
}

struct Stored {
    email: String,
    account_id: Option<String>,
}

from_row!(Stored { email, account_id });

/// Uses a link up, and with it all others of its kind for the same mailbox. Only one caller gets
/// it.
pub async fn redeem(tx: &mut Tx, now: i64, purpose: Purpose, token: &str) -> Result<Option<Link>> {
    if !is_secret(token) {
        return Ok(None);
    }
    let mut sql = Sql::new("DELETE FROM mail_links WHERE token_hash = ");
    sql.text(hash_secret(token));
    sql.push(" AND purpose = ").text(purpose.as_str());
    sql.push(" AND expires_at > ").int(now);
    sql.push(" RETURNING email, account_id");
    let stored: Option<Stored> = sql.fetch_optional_as(&mut **tx).await?;
    let Some(stored) = stored else {
        return Ok(None);
    };
    let as_stored = stored.email.clone();
    let found = Link::from(stored);
    sqlx::query("DELETE FROM mail_links WHERE email IN ($1, $2) AND purpose = $3")
        .bind(&found.email)
        .bind(as_stored)
        .bind(purpose.as_str())
        .execute(&mut **tx)
        .await?;
    Ok(Some(found))
}

/// Voids everything that was mailed for an account.
pub async fn void_all(tx: &mut Tx, account_id: &str) -> Result<()> {
    sqlx::query("DELETE FROM mail_links WHERE account_id = $1")
        .bind(account_id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Voids what was mailed to an address.
pub async fn void_to(tx: &mut Tx, email: &str) -> Result<()> {
    sqlx::query("DELETE FROM mail_links WHERE email = $1")
        .bind(email)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
