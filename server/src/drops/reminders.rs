//! Who is to be told before a drop starts. An address counts once its mailbox has confirmed it.

use app::{
    drops::{ports::Reminder, types::REMIND_MINUTES},
    locale::Locale,
};
use serde_json::{Value, json};

use crate::{
    db::{Sql, Tx, from_row, only},
    error::Result,
    feature::Person,
    ids::{hash_secret, new_id, new_secret},
    outbox::{Mail, queue_all},
    store::Store,
    text::mailbox,
    translations::{self, Kind, NAME},
};

const MINUTE: i64 = 60 * 1000;
const DAY: i64 = 24 * 60 * MINUTE;
/// E-mails with a link that one mailbox is sent for a drop.
const MOST_ASKED: i64 = 3;
/// How long a reminder is kept that nobody confirms, and how long any is after the start.
const KEPT: i64 = 2 * DAY;
/// Those that are told in one transaction.
const AT_ONCE: i64 = 500;

/// A reminder as it is stored.
pub struct StoredReminder {
    pub id: String,
    /// Of its drop.
    pub slug: String,
    confirmed_at: Option<i64>,
}

from_row!(StoredReminder {
    id,
    slug,
    confirmed_at
});

impl StoredReminder {
    pub fn state(&self) -> Reminder {
        match self.confirmed_at {
            Some(_) => Reminder::Confirmed,
            None => Reminder::Asked,
        }
    }
}

/// Notes that a mailbox wants to be reminded. Its id if a link is to be mailed: not to one that has confirmed,
/// nor to one that has had enough of them.
pub async fn ask(
    tx: &mut Tx,
    now: i64,
    drop_id: &str,
    locale: Locale,
    email: &str,
) -> Result<Option<String>> {
    let row = sqlx::query(
        "INSERT INTO drop_reminders (id, drop_id, email, mailbox, locale, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (drop_id, mailbox) DO UPDATE SET \
         asked = drop_reminders.asked + 1, locale = excluded.locale \
         WHERE drop_reminders.confirmed_at IS NULL AND drop_reminders.asked < $7 RETURNING id",
    )
    .bind(new_id())
    .bind(drop_id)
    .bind(email)
    .bind(mailbox(email))
    .bind(locale.code())
    .bind(now)
    .bind(MOST_ASKED)
    .fetch_optional(&mut **tx)
    .await?;
    row.as_ref().map(only).transpose()
}

pub async fn of_token(db: &Store, token: &str) -> Result<Option<StoredReminder>> {
    let mut sql = Sql::new(
        "SELECT r.id, d.slug, r.confirmed_at FROM drop_reminders r JOIN drops d ON d.id = r.drop_id \
         WHERE r.confirm_hash = ",
    );
    sql.text(hash_secret(token));
    sql.fetch_optional_as(db.reader()).await
}

pub async fn confirm(db: &Store, now: i64, id: &str) -> Result<()> {
    let mut tx = db.begin().await?;
    sqlx::query(
        "UPDATE drop_reminders SET confirmed_at = $1 WHERE id = $2 AND confirmed_at IS NULL",
    )
    .bind(now)
    .bind(id)
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(())
}

/// What a mail of a reminder says.
pub struct DueReminder {
    drop_id: String,
    pub email: String,
    pub slug: String,
    pub title: String,
    pub opens_at: i64,
}

from_row!(DueReminder {
    drop_id,
    email,
    slug,
    title,
    opens_at
});

/// `None` if there is nothing (any more) to be told of. `language` is that of the title; `None`: as it is written.
pub async fn to_tell(
    db: &Store,
    now: i64,
    id: &str,
    language: Option<Locale>,
) -> Result<Option<DueReminder>> {
    let mut sql = Sql::new(
        "SELECT r.drop_id, r.email, d.slug, d.title, d.opens_at FROM drop_reminders r \
         JOIN drops d ON d.id = r.drop_id WHERE r.id = ",
    );
    sql.text(id)
        .push(" AND d.state = 'planned' AND d.opens_at > ")
        .int(now);
    let mut told: Option<DueReminder> = sql.fetch_optional_as(db.reader()).await?;
    if let (Some(told), Some(language)) = (&mut told, language) {
        let texts = translations::of(db, Kind::Drop, &[told.drop_id.as_str()], language).await?;
        texts.put(&told.drop_id, NAME, &mut told.title);
    }
    Ok(told)
}

/// The language that it was asked for in.
pub async fn locale(db: &Store, id: &str) -> Result<Option<Locale>> {
    let mut sql = Sql::new("SELECT locale FROM drop_reminders WHERE id = ");
    sql.text(id);
    let code: Option<String> = sql.fetch_optional_value(db.reader()).await?;
    Ok(code.and_then(|code| Locale::of_code(&code)))
}

/// A new token for the mail, in place of the one before; `None` if it is confirmed or gone.
pub async fn issue(db: &Store, id: &str) -> Result<Option<String>> {
    let token = new_secret();
    let mut tx = db.begin().await?;
    let changed = sqlx::query(
        "UPDATE drop_reminders SET confirm_hash = $1 WHERE id = $2 AND confirmed_at IS NULL",
    )
    .bind(hash_secret(&token))
    .bind(id)
    .execute(&mut *tx)
    .await?
    .rows_affected();
    tx.commit().await?;
    Ok((changed > 0).then_some(token))
}

/// Has those told whose drop starts soon, each once, and forgets what nobody needs any more.
pub async fn run(db: &Store, now: i64) -> Result<()> {
    while tell_some(db, now).await? >= AT_ONCE as usize {}
    let mut tx = db.begin().await?;
    let mut sql =
        Sql::new("DELETE FROM drop_reminders WHERE confirmed_at IS NULL AND created_at <= ");
    sql.int(now - KEPT);
    sql.execute(&mut *tx).await?;
    let mut sql = Sql::new(
        "DELETE FROM drop_reminders WHERE drop_id IN (SELECT id FROM drops WHERE opens_at <= ",
    );
    sql.int(now - KEPT).push(")");
    sql.execute(&mut *tx).await?;
    tx.commit().await?;
    Ok(())
}

async fn tell_some(db: &Store, now: i64) -> Result<usize> {
    let dialect = db.dialect();
    let mut sql = Sql::new(
        "SELECT r.id FROM drop_reminders r JOIN drops d ON d.id = r.drop_id \
         WHERE r.confirmed_at IS NOT NULL AND r.told_at IS NULL AND d.state = 'planned' AND d.opens_at > ",
    );
    sql.int(now)
        .push(" AND d.opens_at <= ")
        .int(now + REMIND_MINUTES * MINUTE)
        .push(" ORDER BY r.id LIMIT ")
        .int(AT_ONCE);
    let due: Vec<String> = sql.fetch_values(db.reader()).await?;
    if due.is_empty() {
        return Ok(0);
    }
    let mut tx = db.begin().await?;
    // Of nodes that do it at once, one notes each.
    let mut sql = Sql::new("UPDATE drop_reminders SET told_at = ");
    sql.int(now).push(" WHERE told_at IS NULL AND id");
    let parameter = sql.next();
    sql.push(dialect.in_json_array(parameter))
        .bind(serde_json::to_string(&due)?);
    sql.push(" RETURNING id");
    let noted: Vec<String> = sql.fetch_values(&mut *tx).await?;
    let mails = noted.into_iter();
    let mails = mails.map(|reminder_id| Mail::DropReminder { reminder_id });
    let mails: Vec<Mail> = mails.collect();
    queue_all(&mut tx, dialect, now, &mails).await?;
    tx.commit().await?;
    Ok(due.len())
}

struct Exported {
    title: String,
    email: String,
    created_at: i64,
    confirmed_at: Option<i64>,
}

from_row!(Exported {
    title,
    email,
    created_at,
    confirmed_at
});

/// What a person has asked to be reminded of.
pub async fn export(db: &Store, person: &Person<'_>) -> Result<Value> {
    let mailboxes = person.mailboxes(db.reader()).await?;
    let mut sql = Sql::new(
        "SELECT d.title, r.email, r.created_at, r.confirmed_at FROM drop_reminders r \
         JOIN drops d ON d.id = r.drop_id WHERE r.mailbox",
    );
    sql.push(db.dialect().in_json_array(1))
        .bind(serde_json::to_string(&mailboxes)?);
    sql.push(" ORDER BY r.created_at, r.id");
    let rows: Vec<Exported> = sql.fetch_all_as(db.reader()).await?;
    let rows = rows.iter().map(|row| {
        json!({
            "drop": row.title, "email": row.email, "created_at": row.created_at,
            "confirmed_at": row.confirmed_at,
        })
    });
    Ok(Value::Array(rows.collect()))
}

pub async fn forget(tx: &mut Tx, db: &Store, person: &Person<'_>) -> Result<()> {
    let mailboxes = person.mailboxes(&mut **tx).await?;
    let mut sql = Sql::new("DELETE FROM drop_reminders WHERE mailbox");
    sql.push(db.dialect().in_json_array(1));
    sql.bind_only(serde_json::to_string(&mailboxes)?)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
