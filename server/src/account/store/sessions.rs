//! Sessions: opened by a password, looked up by each request, ended by time.

use std::time::Duration;

use app::{
    identity::{Account, Role},
    locale::Locale,
    visitor::Proof,
};

use super::super::second_factor::{self, pending};
use crate::{
    db::{Dialect, Ending, FromRow, Sql, Tx, from_row},
    error::{Error, Result},
    ids::{hash_secret, is_secret, new_secret},
    store::Store,
};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// No session is longer than a shopper's.
const LONGEST_MS: i64 = absolute_ms(Role::Customer);
const LONGEST_IDLE_MS: i64 = idle_ms(Role::Customer);
/// How long it is known from where an account was signed in.
const NETWORK_MS: i64 = 180 * DAY_MS;
/// A session's last use is noted at most this often, so that reading pages does not mean writing.
const TOUCH_MS: i64 = 10 * 60 * 1000;
/// How long a request waits for that to be noted.
const TOUCH_PATIENCE: Duration = Duration::from_millis(500);
/// A code that was entered in a session counts as fresh this long.
const CODE_MS: i64 = 15 * 60 * 1000;

/// A session ends after this long at the latest, whatever happens in it, in milliseconds. What
/// staff may do is worth more to a thief.
const fn absolute_ms(role: Role) -> i64 {
    match role {
        Role::Customer => 60 * DAY_MS,
        Role::Staff | Role::Admin => 14 * DAY_MS,
    }
}

/// A session ends after this long without a request, in milliseconds.
const fn idle_ms(role: Role) -> i64 {
    match role {
        Role::Customer => 14 * DAY_MS,
        Role::Staff | Role::Admin => DAY_MS,
    }
}

/// Whether a session is over, by when it was opened and when it was last used.
pub(in crate::account) const fn has_ended(
    role: Role,
    created_at: i64,
    last_seen_at: i64,
    now: i64,
) -> bool {
    created_at + absolute_ms(role) <= now || last_seen_at + idle_ms(role) <= now
}

/// What the right password opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// A session, by the value for its cookie.
    Session(String),
    /// The account has a second factor: a sign-in that waits for its code.
    CodeNeeded(String),
}

/// Opens a session for one who proved to know the password that `hash` is of, or a sign-in that waits
/// for a code. `None` if the account has another password meanwhile, or is gone: looking at a password
/// takes long enough for that.
pub async fn open_session(
    db: &Store,
    now: i64,
    account_id: &str,
    hash: &str,
) -> Result<Option<Opened>> {
    let mut tx = db.begin().await?;
    if !holds(&mut tx, db.dialect(), account_id, hash).await? {
        return Ok(None);
    }
    let opened = match second_factor::store::is_on(&mut tx, account_id).await? {
        true => Opened::CodeNeeded(pending::begin(&mut tx, now, account_id).await?),
        false => Opened::Session(insert_session(&mut tx, now, account_id, None).await?),
    };
    tx.commit().await?;
    Ok(Some(opened))
}

/// Whether this is the hash of the account's password; it stays so until the transaction ends. It
/// waits for a change of the password, or of the second factor, that is under way: either that one
/// ends what is opened here, or what is opened here sees what it has changed.
pub(in crate::account) async fn holds(
    tx: &mut Tx,
    dialect: Dialect,
    account_id: &str,
    hash: &str,
) -> Result<bool> {
    let mut sql = Sql::new("SELECT id FROM accounts WHERE id = ");
    sql.text(account_id).push(" AND password_hash = ");
    sql.text(hash).push(dialect.for_update());
    Ok(sql.fetch_optional(&mut **tx).await?.is_some())
}

/// A new session's token. The caller has locked the account; `confirmed_at` is when a code was
/// entered, if one was.
pub(in crate::account) async fn insert_session(
    tx: &mut Tx,
    now: i64,
    account_id: &str,
    confirmed_at: Option<i64>,
) -> Result<String> {
    let token = new_secret();
    sqlx::query(
        "INSERT INTO sessions \
         (token_hash, account_id, created_at, last_seen_at, expires_at, confirmed_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(hash_secret(&token))
    .bind(account_id)
    .bind(now)
    .bind(now)
    .bind(now + LONGEST_MS)
    .bind(confirmed_at)
    .execute(&mut **tx)
    .await?;
    Ok(token)
}

/// Notes that a code was entered in a session.
pub(in crate::account) async fn confirm_session(tx: &mut Tx, now: i64, token: &str) -> Result<()> {
    sqlx::query("UPDATE sessions SET confirmed_at = $1 WHERE token_hash = $2")
        .bind(now)
        .bind(hash_secret(token))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Who is signed in, and by what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub account: Account,
    pub proof: Proof,
    /// What the account has chosen.
    pub language: Option<Locale>,
}

/// When a session was used, and how it was opened.
struct Used {
    created_at: i64,
    last_seen_at: i64,
    /// When a code was last entered in it.
    code_at: Option<i64>,
    /// Since when the account has a second factor.
    factor_since: Option<i64>,
}

from_row!(Used {
    created_at,
    last_seen_at,
    code_at,
    factor_since,
});

struct Row {
    account: Account,
    /// The code of it.
    language: Option<String>,
    used: Used,
}

from_row!(Row {
    account: row,
    language,
    used: row,
});

/// Whose session this is, if it is still good.
pub async fn session(db: &Store, now: i64, token: &str) -> Result<Option<Session>> {
    if !is_secret(token) {
        return Ok(None);
    }
    let hash = hash_secret(token);
    let mut sql = Sql::new(
        "SELECT a.id, a.email, a.name, a.role, a.language, s.last_seen_at, s.created_at, \
         s.confirmed_at AS code_at, f.confirmed_at AS factor_since \
         FROM sessions s JOIN accounts a ON a.id = s.account_id \
         LEFT JOIN second_factors f ON f.account_id = a.id \
         WHERE s.token_hash = ",
    );
    sql.text(&hash).push(" AND s.expires_at > ").int(now);
    let row: Option<Row> = sql.fetch_optional_as(db.reader()).await?;
    let Some(Row {
        account: found,
        language,
        used,
    }) = row
    else {
        return Ok(None);
    };
    // By the role as it is now: who was made staff since is held to what holds for staff.
    if has_ended(found.role, used.created_at, used.last_seen_at, now) {
        return Ok(None);
    }
    if used.last_seen_at < now - TOUCH_MS {
        // A page that is only read does not fail, or wait for long, because this cannot be written.
        let touching = tokio::spawn(touch(db.clone(), now, hash));
        if tokio::time::timeout(TOUCH_PATIENCE, touching)
            .await
            .is_err()
        {
            tracing::debug!(
                "recording a session's last use is slow and continues in the \
                             background"
            );
        }
    }
    let proof = match (used.factor_since, used.code_at) {
        (None, _) => Proof::Password,
        (Some(_), Some(at)) if now - at < CODE_MS => Proof::FreshCode,
        (Some(_), _) => Proof::Code,
    };
    Ok(Some(Session {
        account: found,
        proof,
        language: language.and_then(|code| Locale::of_code(&code)),
    }))
}

async fn touch(db: Store, now: i64, hash: String) {
    let touched: Result<()> = async {
        let mut tx = db.begin().await?;
        sqlx::query("UPDATE sessions SET last_seen_at = $1 WHERE token_hash = $2")
            .bind(now)
            .bind(&hash)
            .execute(&mut *tx)
            .await?;
        tx.commit().await.map_err(Error::from)
    }
    .await;
    if let Err(error) = touched {
        tracing::warn!(%error, "a session's last use could not be recorded");
    }
}

/// Whether this session began before a time.
pub async fn began_before(db: &Store, token: &str, time: i64) -> Result<bool> {
    let mut sql = Sql::new("SELECT 1 AS n FROM sessions WHERE token_hash = ");
    sql.text(hash_secret(token));
    sql.push(" AND created_at < ").int(time);
    Ok(sql.fetch_optional(db.reader()).await?.is_some())
}

/// Ends a session; whose it was, if there was one.
pub async fn close_session(db: &Store, token: &str) -> Result<Option<Account>> {
    let hash = hash_secret(token);
    let mut tx = db.begin().await?;
    let row = sqlx::query(
        "SELECT a.id, a.email, a.name, a.role FROM sessions s JOIN accounts a ON a.id = s.account_id \
         WHERE s.token_hash = $1",
    )
    .bind(&hash)
    .fetch_optional(&mut *tx)
    .await?;
    sqlx::query("DELETE FROM sessions WHERE token_hash = $1")
        .bind(&hash)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    row.as_ref().map(Account::from_row).transpose()
}

/// By when they end, and by when they were last used.
const SESSIONS: [Ending; 2] = [
    ending("sessions", "token_hash", "expires_at"),
    ending("sessions", "token_hash", "last_seen_at"),
];
const NETWORKS: Ending = ending("account_networks", "account_id, network_hash", "seen_at");
/// What else ends at a time that is written on it.
const OTHERS: [Ending; 4] = [
    ending("mail_links", "token_hash", "expires_at"),
    ending("staff_invitations", "id", "expires_at"),
    ending("pending_sign_ins", "token_hash", "expires_at"),
    ending("chosen_passwords", "token_hash", "expires_at"),
];

const fn ending(table: &'static str, key: &'static str, at: &'static str) -> Ending {
    Ending { table, key, at }
}

/// Forgets what has ended, found by indexes: however many sessions there are, those that go on are not read.
pub async fn drop_expired(db: &Store, now: i64) -> Result<()> {
    let [ended, idle] = SESSIONS;
    ended.drop_until(db, now).await?;
    idle.drop_until(db, now - LONGEST_IDLE_MS).await?;
    for others in OTHERS {
        others.drop_until(db, now).await?;
    }
    NETWORKS.drop_until(db, now - NETWORK_MS).await?;
    let mut tx = db.begin().await?;
    idle_staff(now).execute(&mut *tx).await?;
    second_factor::store::drop_unfinished(&mut tx, now).await?;
    // One, for the first admin.
    sqlx::query("DELETE FROM setup_tokens WHERE expires_at <= $1")
        .bind(now)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(())
}

/// The staff's, which end sooner, by who is of the staff.
fn idle_staff(now: i64) -> Sql {
    let mut sql = Sql::new(
        "DELETE FROM sessions WHERE account_id IN (SELECT a.id FROM accounts a WHERE a.role <> 'customer') \
         AND last_seen_at <= ",
    );
    sql.int(now - idle_ms(Role::Staff));
    sql
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::explain::Planner;

    #[tokio::test]
    async fn what_has_ended_is_found_by_an_index() {
        let planner = Planner::new().await;
        for (sql, index) in [
            (SESSIONS[0].dropping(1), "sessions_expiry (expires_at<?)"),
            (
                SESSIONS[1].dropping(1),
                "sessions_last_seen (last_seen_at<?)",
            ),
            (OTHERS[0].dropping(1), "mail_links_expiry (expires_at<?)"),
            (
                OTHERS[1].dropping(1),
                "staff_invitations_expiry (expires_at<?)",
            ),
            (
                OTHERS[2].dropping(1),
                "pending_sign_ins_expiry (expires_at<?)",
            ),
            (
                OTHERS[3].dropping(1),
                "chosen_passwords_by_end (expires_at<?)",
            ),
            (NETWORKS.dropping(1), "account_networks_seen (seen_at<?)"),
            (idle_staff(1), "accounts_staff"),
        ] {
            let steps = planner.by_index(sql, index).await;
            // The index of the staff holds nobody else.
            let scans =
                |step: &String| step.starts_with("SCAN") && !step.contains("accounts_staff");
            assert!(!steps.iter().any(scans), "{index}: {steps:#?}");
        }
        planner.db.close().await;
    }
}
