//! Saved views in the database.

use desk::admin::views::types::{Audience, ViewList};

use crate::{
    db::{Dialect, Sql, Tx, from_row},
    error::Result,
    store::Store,
};

/// Views that one page shows: an account's own, and the shared ones of some admins.
const SHOWN: i64 = 60;

pub struct Row {
    pub id: String,
    pub account_id: String,
    pub list: ViewList,
    pub name: String,
    pub query: String,
    pub shared: bool,
    pub version: i64,
}

from_row!(Row {
    id,
    account_id,
    list: word,
    name,
    query,
    shared,
    version,
});

const COLUMNS: &str =
    "SELECT v.id, v.account_id, v.list, v.name, v.query, v.shared, v.version FROM saved_views v";

impl Row {
    pub fn audience(&self) -> Audience {
        match self.shared {
            true => Audience::Shared,
            false => Audience::Own,
        }
    }
}

/// An account's own first, and those that are shared: however many of these there are, they displace none of
/// the account's.
pub async fn seen_by(db: &Store, account_id: &str, list: ViewList) -> Result<Vec<Row>> {
    let mut sql = Sql::new(COLUMNS);
    sql.push(" WHERE v.list = ").text(list.as_str());
    sql.push(" AND (v.account_id = ")
        .text(account_id)
        .push(" OR v.shared = 1) ORDER BY CASE WHEN v.account_id = ")
        .text(account_id)
        .push(" THEN 0 ELSE 1 END, v.name_key, v.id LIMIT ")
        .int(SHOWN);
    sql.fetch_all_as(db.reader()).await
}

pub async fn of_account(db: &Store, account_id: &str) -> Result<Vec<Row>> {
    let mut sql = Sql::new(COLUMNS);
    sql.push(" WHERE v.account_id = ")
        .text(account_id)
        .push(" ORDER BY v.list, v.name_key, v.id");
    sql.fetch_all_as(db.reader()).await
}

/// Of two who save at once, the second waits: an account has no more views than it may have.
pub async fn lock_account(tx: &mut Tx, dialect: Dialect, account_id: &str) -> Result<()> {
    let mut sql = Sql::new("SELECT id FROM accounts WHERE id = ");
    sql.text(account_id).push(dialect.for_update());
    sql.fetch_optional(&mut **tx).await.map(drop)
}

pub async fn count(tx: &mut Tx, account_id: &str) -> Result<i64> {
    let mut sql = Sql::new("SELECT COUNT(*) AS n FROM saved_views WHERE account_id = ");
    sql.text(account_id);
    sql.fetch_value(&mut **tx).await
}

/// Whether another view of the account's in this list has the name.
pub async fn is_named(
    tx: &mut Tx,
    account_id: &str,
    list: ViewList,
    name_key: &str,
    but: &str,
) -> Result<bool> {
    let mut sql = Sql::new("SELECT id FROM saved_views WHERE account_id = ");
    sql.text(account_id)
        .push(" AND list = ")
        .text(list.as_str())
        .push(" AND name_key = ")
        .text(name_key)
        .push(" AND id <> ")
        .text(but);
    Ok(sql.fetch_optional(&mut **tx).await?.is_some())
}

pub async fn insert(tx: &mut Tx, row: &Row, name_key: &str, now: i64) -> Result<()> {
    let mut sql = Sql::new(
        "INSERT INTO saved_views (id, account_id, list, name, name_key, query, shared, version, \
         created_at) VALUES (",
    );
    sql.text(&row.id).push(", ").text(&row.account_id);
    sql.push(", ").text(row.list.as_str());
    sql.push(", ").text(&row.name);
    sql.push(", ").text(name_key);
    sql.push(", ").text(&row.query);
    sql.push(", ").int(i64::from(row.shared));
    sql.push(", ").int(row.version);
    sql.push(", ").int(now).push(")");
    sql.execute(&mut **tx).await.map(drop)
}

/// A view, locked for the transaction.
pub async fn locked(tx: &mut Tx, dialect: Dialect, id: &str) -> Result<Option<Row>> {
    let mut sql = Sql::new(COLUMNS);
    sql.push(" WHERE v.id = ")
        .text(id)
        .push(dialect.for_update());
    sql.fetch_optional_as(&mut **tx).await
}

pub async fn rename(tx: &mut Tx, id: &str, name: &str, name_key: &str) -> Result<()> {
    let mut sql = Sql::new("UPDATE saved_views SET version = version + 1, name = ");
    sql.text(name).push(", name_key = ").text(name_key);
    sql.push(" WHERE id = ").text(id);
    sql.execute(&mut **tx).await.map(drop)
}

pub async fn delete(tx: &mut Tx, id: &str) -> Result<()> {
    let mut sql = Sql::new("DELETE FROM saved_views WHERE id = ");
    sql.text(id);
    sql.execute(&mut **tx).await.map(drop)
}

/// The address that an account is known by, folded.
pub async fn email_of(tx: &mut Tx, account_id: &str) -> Result<Option<String>> {
    let mut sql = Sql::new("SELECT email FROM accounts WHERE id = ");
    sql.text(account_id);
    sql.fetch_optional_value(&mut **tx).await
}

/// Ids and queries of all views of lists that can be searched for people.
pub async fn about_people(tx: &mut Tx) -> Result<Vec<(String, String)>> {
    let sql = Sql::new("SELECT id, query FROM saved_views WHERE list IN ('orders', 'customers')");
    sql.fetch_all_as(&mut **tx).await
}
