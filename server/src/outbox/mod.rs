//! The outbox: mails wait in a table until one of the nodes has sent them.

mod mail;

use app::locale::{self, Locale};
use lettre::message::Mailbox;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{
    db::{Column, Connection, Db, Dialect, Ending, Rows, Sql, Tx, from_row, stored_words},
    error::{Error, Result},
    ids::new_id,
};

pub use mail::{Afterwards, CausedBy, FactorChange, Mail, Payback, Trouble};

/// How long a worker that claimed an e-mail may take before it is taken for dead, in milliseconds.
const LEASE_MS: i64 = 5 * 60 * 1000;
/// Pause after the first failure, in milliseconds; it doubles with every further one.
const FIRST_PAUSE_MS: i64 = 60 * 1000;
const LONGEST_PAUSE_MS: i64 = 6 * 60 * 60 * 1000;
/// After this many tries, about two days, a mail is given up.
const MAX_TRIES: i64 = 16;
/// How long it is remembered what became of a mail, in milliseconds.
const KEPT_MS: i64 = 30 * 24 * 60 * 60 * 1000;

app::words! {
    /// The state of an e-mail.
    pub enum MailState {
        /// It is sent when it is due, the first time or again.
        Waiting = "waiting",
        /// A node has it.
        Sending = "sending",
        Sent = "sent",
        /// There was nobody to tell any more.
        Dropped = "dropped",
        /// It was given up.
        Failed = "failed",
    }
}

stored_words!(MailState);

/// A mail as it is stored.
#[derive(Serialize)]
struct Noted<'a> {
    #[serde(flatten)]
    mail: &'a Mail,
    /// What the request that caused it was asked in.
    #[serde(skip_serializing_if = "Option::is_none")]
    asked_in: Option<Locale>,
}

/// The same, as it is read. One from before says no language.
#[derive(Deserialize)]
struct Stored {
    #[serde(flatten)]
    mail: Mail,
    #[serde(default)]
    asked_in: Option<Locale>,
}

/// Notes a mail in the caller's transaction: it is sent if and when that commits. `now` in
/// milliseconds since 1970.
pub async fn queue(tx: &mut Tx, dialect: Dialect, now: i64, mail: &Mail) -> Result<()> {
    queue_all(tx, dialect, now, std::slice::from_ref(mail)).await
}

/// Notes any number of mails with one statement.
pub async fn queue_all(tx: &mut Tx, dialect: Dialect, now: i64, mails: &[Mail]) -> Result<()> {
    if let Some(sql) = queueing(dialect, now, mails)? {
        sql.execute(&mut **tx).await?;
    }
    Ok(())
}

/// The statement for it; nothing if there are none.
pub fn queueing(dialect: Dialect, now: i64, mails: &[Mail]) -> Result<Option<Sql>> {
    if mails.is_empty() {
        return Ok(None);
    }
    let asked_in = locale::asked_in().map(|language| language.locale);
    let about = mails
        .iter()
        .map(|mail| Ok(serde_json::to_string(&Noted { mail, asked_in })?))
        .collect::<Result<Vec<_>>>()?;
    let all = || mails.iter();
    let mut rows = Rows::default();
    rows.text("id", all().map(|_| new_id()))
        .text("kind", all().map(Mail::kind))
        .text("about", about)
        .maybe_text("order_id", all().map(Mail::order_id))
        .text("state", all().map(|_| MailState::Waiting.as_str()))
        .int("next_try_at", all().map(|_| now))
        .int("created_at", all().map(|_| now));
    Ok(Some(Sql::insert(dialect, "mails", rows)))
}

/// What has become of the last test e-mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastTest {
    pub state: MailState,
    /// Milliseconds since 1970.
    pub created_at: i64,
    /// What was wrong the last time; empty if nothing was.
    pub error: String,
}

from_row!(LastTest {
    state,
    created_at,
    error
});

/// The kind is written out, or neither database would use the index that holds test e-mails alone.
pub const LAST_TEST: &str = "SELECT state, created_at, error FROM mails WHERE kind = 'test_mail' \
     ORDER BY created_at DESC, id DESC LIMIT 1";

/// See [`LastTest`]; none if there was none in the last month.
pub async fn last_test(connection: &mut Connection) -> Result<Option<LastTest>> {
    Sql::new(LAST_TEST).fetch_optional_as(connection).await
}

/// A mail that this node, and no other, is to send now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    pub id: String,
    pub mail: Mail,
    /// What the request that caused it was asked in; `None` if there was none.
    pub asked_in: Option<Locale>,
    claim: String,
    tries: i64,
}

/// What became of a claimed mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Sent,
    /// There is nobody (any more) to tell.
    Dropped,
    /// Its mailbox has got so many that this one waits; it was no try.
    Later {
        wait_ms: i64,
    },
    /// It is tried again later, unless it has been tried often enough.
    Failed {
        error: String,
    },
    /// No further try can do better.
    Impossible {
        error: String,
    },
}

struct Due {
    id: String,
    about: String,
    tries: i64,
}

from_row!(Due { id, about, tries });

/// Takes up to `limit` mails that are due. Each goes to one caller; should that one die, to
/// another after five minutes.
pub async fn claim(db: &Db, now: i64, limit: i64) -> Result<Vec<Claimed>> {
    // Most of the time there is nothing to do: that is found out without a lock.
    let due = sqlx::query(
        "SELECT id FROM mails WHERE state IN ('waiting', 'sending') AND next_try_at <= $1 LIMIT 1",
    )
    .bind(now)
    .fetch_optional(db.reader())
    .await?;
    if due.is_none() {
        return Ok(Vec::new());
    }
    let claim = new_id();
    let dialect = db.dialect();
    let mut tx = db.begin().await?;
    let mut sql = Sql::new("UPDATE mails SET state = 'sending', tries = tries + 1, claim = ");
    sql.text(&claim)
        .push(", next_try_at = ")
        .int(now + LEASE_MS);
    sql.push(
        " WHERE id IN (SELECT id FROM mails WHERE state IN ('waiting', 'sending') \
         AND next_try_at <= ",
    )
    .int(now)
    .push(" ORDER BY next_try_at, id LIMIT ")
    .int(limit)
    .push(dialect.for_update())
    .push(dialect.skip_locked())
    .push(") RETURNING id, about, tries");
    let rows = sql.fetch_all_as::<Due>(&mut *tx).await?;
    let (mut claimed, mut unreadable) = (Vec::new(), Vec::new());
    for Due { id, about, tries } in rows {
        match serde_json::from_str(&about) {
            Ok(Stored { mail, asked_in }) => claimed.push(Claimed {
                id,
                mail,
                asked_in,
                claim: claim.clone(),
                tries,
            }),
            // A newer node may have written it: it is left to such a one for a while, and stops no
            // other mail.
            Err(error) => {
                tracing::error!(%error, mail = %id, "an e-mail cannot be read");
                if tries >= MAX_TRIES {
                    unreadable.push(id);
                }
            }
        }
    }
    for id in unreadable {
        let mut sql =
            Sql::new("UPDATE mails SET state = 'failed', error = 'unreadable', ended_at = ");
        sql.int(now).push(" WHERE id = ").text(&id);
        sql.execute(&mut *tx).await?;
    }
    tx.commit().await.map_err(Error::from)?;
    claimed.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(claimed)
}

/// Notes what became of claimed mails, all with one statement. One that another node has claimed since is
/// left to them.
pub async fn finish(db: &Db, now: i64, done: &[(Claimed, Outcome)]) -> Result<()> {
    let rows: Vec<Value> = done
        .iter()
        .map(|(claimed, outcome)| became(now, claimed, outcome))
        .collect();
    let ids: Vec<&str> = done
        .iter()
        .map(|(claimed, _)| claimed.id.as_str())
        .collect();
    let dialect = db.dialect();
    let given = dialect.rows(
        1,
        &[
            ("mail", Column::Text),
            ("held", Column::Text),
            ("becomes", Column::Text),
            ("said", Column::Text),
            ("untried", Column::Int),
            ("again_at", Column::Int),
            ("over_at", Column::Int),
        ],
    );
    let mut sql = Sql::new(&format!(
        "UPDATE mails SET claim = '', state = t.becomes, error = t.said, tries = tries - t.untried, \
         next_try_at = COALESCE(t.again_at, next_try_at), \
         about = CASE WHEN t.over_at IS NULL THEN about ELSE '' END, \
         ended_at = COALESCE(t.over_at, ended_at) \
         FROM {given} AS t WHERE mails.id = t.mail AND mails.claim = t.held"
    ));
    sql.bind(serde_json::to_string(&rows)?);
    sql.and_among(dialect, "mails.id", &ids);
    sql.push(" RETURNING id, state");
    let mut tx = db.begin().await?;
    let noted: Vec<Became> = sql.fetch_all_as(&mut *tx).await?;
    let given_up: Vec<&str> = noted
        .iter()
        .filter(|mail| mail.state == MailState::Failed)
        .map(|mail| mail.id.as_str())
        .collect();
    if !given_up.is_empty() {
        // A link of a mail that is given up makes room for another.
        let mut sql = Sql::new("DELETE FROM mail_links WHERE mail_id");
        sql.push(dialect.in_json_array(1));
        sql.bind(serde_json::to_string(&given_up)?);
        sql.execute(&mut *tx).await?;
    }
    tx.commit().await.map_err(Error::from)
}

struct Became {
    id: String,
    state: MailState,
}

from_row!(Became { id, state });

/// What is noted of a mail: it ended, unless it is due again.
fn became(now: i64, claimed: &Claimed, outcome: &Outcome) -> Value {
    let (state, error, again_at) = match outcome {
        Outcome::Sent => (MailState::Sent, "", None),
        Outcome::Dropped => (MailState::Dropped, "", None),
        Outcome::Later { wait_ms } => (MailState::Waiting, "", Some(now + wait_ms)),
        Outcome::Failed { error } if claimed.tries < MAX_TRIES => {
            let again_at = now + pause(claimed.tries);
            (MailState::Waiting, error.as_str(), Some(again_at))
        }
        Outcome::Failed { error } | Outcome::Impossible { error } => {
            (MailState::Failed, error.as_str(), None)
        }
    };
    json!({
        "mail": claimed.id, "held": claimed.claim, "becomes": state.as_str(),
        "said": error.chars().filter(|sign| *sign != '\0').take(500).collect::<String>(),
        "untried": i64::from(matches!(outcome, Outcome::Later { .. })), "again_at": again_at,
        "over_at": again_at.is_none().then_some(now),
    })
}

/// The pause after so many tries, in milliseconds.
fn pause(tries: i64) -> i64 {
    let doublings = u32::try_from(tries - 1).unwrap_or(0).min(16);
    (FIRST_PAUSE_MS << doublings).min(LONGEST_PAUSE_MS)
}

const ENDED: Ending = Ending {
    table: "mails",
    key: "id",
    at: "ended_at",
};

/// Forgets mails that were done with a month ago.
pub async fn drop_old(db: &Db, now: i64) -> Result<()> {
    ENDED.drop_until(db, now - KEPT_MS).await.map(drop)
}

/// Who writes on the envelope.
pub fn sender(text: &str) -> Result<Mailbox, Error> {
    text.parse().map_err(|_| {
        Error::Setting(format!(
            "HOLDFAST_MAIL_FROM is {text:?}; it must be like Shop <orders@shop.example>"
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_up_to_six_hours() {
        assert_eq!(pause(1), FIRST_PAUSE_MS);
        assert_eq!(pause(2), 2 * FIRST_PAUSE_MS);
        assert_eq!(pause(9), 256 * FIRST_PAUSE_MS);
        assert_eq!(pause(10), LONGEST_PAUSE_MS);
        assert_eq!(pause(1000), LONGEST_PAUSE_MS);
    }
}
