//! Keys of rows that another folding wrote, or a version without keys: written again, after migrating
//! and before anything is served.
//!
//! It goes batch by batch, each in a transaction that also notes how far it has come. A node that is
//! stopped in the middle goes on from there; nodes that start together take turns.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::{Column, Db, Dialect, FromRow, Sql, Tx, documents, from_row};
use crate::{
    error::Result,
    text::{FOLDING, email_key, html::plain_text, mailbox, name_key, search_key, sort_key},
};

/// Rows per transaction.
const BATCH: usize = 500;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Categories,
    Products,
    /// With what was mailed to their addresses.
    Accounts,
    Checkouts,
    /// With their lines.
    Orders,
}

impl Kind {
    const ALL: [Self; 5] = [
        Self::Categories,
        Self::Products,
        Self::Accounts,
        Self::Checkouts,
        Self::Orders,
    ];

    /// As stored.
    const fn name(self) -> &'static str {
        match self {
            Self::Categories => "categories",
            Self::Products => "products",
            Self::Accounts => "accounts",
            Self::Checkouts => "checkouts",
            Self::Orders => "orders",
        }
    }
}

/// Brings all keys to the present folding.
pub async fn run(db: &Db) -> Result<()> {
    let mut open = Sql::new("SELECT COUNT(*) AS n FROM folded_keys WHERE done = 0 OR version <> ");
    open.int(FOLDING);
    let open: i64 = open.fetch_value(db.reader()).await?;
    if open == 0 {
        return Ok(());
    }
    for kind in Kind::ALL {
        let mut rows = 0;
        while let Some(written) = batch(db, kind).await? {
            rows += written;
            if written > 0 {
                tracing::info!(
                    kind = kind.name(),
                    rows,
                    "search and sort keys are being updated"
                );
            }
        }
    }
    Ok(())
}

/// How far the keys of a kind have come.
struct Begun {
    version: i64,
    done: bool,
    after_id: String,
}

from_row!(Begun {
    version,
    done,
    after_id
});

/// How many rows the next batch had. `None` if there is nothing left to do.
async fn batch(db: &Db, kind: Kind) -> Result<Option<usize>> {
    let dialect = db.dialect();
    let mut tx = db.begin().await?;
    if let Some(turn) = dialect.advisory_lock() {
        sqlx::query(turn)
            .bind("folded keys")
            .execute(&mut *tx)
            .await?;
    }
    let row = sqlx::query("SELECT version, done, after_id FROM folded_keys WHERE kind = $1")
        .bind(kind.name())
        .fetch_one(&mut *tx)
        .await?;
    let begun = Begun::from_row(&row)?;
    let after = match (begun.version == FOLDING, begun.done) {
        (true, true) => {
            tx.rollback().await?;
            return Ok(None);
        }
        (true, false) => begun.after_id,
        // From the first row: what was begun was another folding.
        (false, _) => String::new(),
    };
    let ids = match kind {
        Kind::Categories => categories(&mut tx, dialect, &after).await?,
        Kind::Products => products(&mut tx, dialect, &after).await?,
        Kind::Accounts => accounts(&mut tx, dialect, &after).await?,
        Kind::Checkouts => checkouts(&mut tx, dialect, &after).await?,
        Kind::Orders => orders(&mut tx, dialect, &after).await?,
    };
    let (done, after) = match ids.last() {
        Some(last) if ids.len() == BATCH => (0, last.as_str()),
        _ => (1, ""),
    };
    if kind == Kind::Accounts && done == 1 {
        links(&mut tx).await?;
        invitations(&mut tx).await?;
    }
    let mut note = Sql::new("UPDATE folded_keys SET version = ");
    note.int(FOLDING).push(", done = ").int(done);
    note.push(", after_id = ").text(after);
    note.push(" WHERE kind = ").text(kind.name());
    note.execute(&mut *tx).await?;
    tx.commit().await?;
    Ok(Some(ids.len()))
}

/// The next rows behind `after` of `SELECT … FROM … WHERE id >`, locked in the order of their ids, as
/// whatever else writes them does.
async fn next<T: FromRow>(
    tx: &mut Tx,
    dialect: Dialect,
    select: &str,
    id: &str,
    after: &str,
) -> Result<Vec<T>> {
    let mut sql = Sql::new(select);
    sql.push(format!(" WHERE {id} > ")).text(after);
    sql.push(format!(" ORDER BY {id} LIMIT "))
        .int(BATCH as i64)
        .push(dialect.for_update());
    sql.fetch_all_as(&mut **tx).await
}

/// Writes text columns of rows that are known by their id.
async fn write(
    tx: &mut Tx,
    dialect: Dialect,
    table: &str,
    id: &str,
    columns: &[&str],
    rows: &[Value],
) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let given: Vec<(&str, Column)> = ["id"]
        .iter()
        .chain(columns)
        .map(|name| (*name, Column::Text))
        .collect();
    let set: Vec<String> = columns
        .iter()
        .map(|name| format!("{name} = given.{name}"))
        .collect();
    let mut sql = Sql::new(&format!(
        "UPDATE {table} SET {} FROM {} AS given WHERE {table}.{id} = given.id",
        set.join(", "),
        dialect.rows(1, &given)
    ));
    sql.bind(serde_json::to_string(rows)?);
    // Says the same again, so that Postgres looks the rows up instead of reading all of them.
    let ids: Vec<&Value> = rows.iter().map(|row| &row["id"]).collect();
    sql.push(format!(" AND {table}.{id}"))
        .push(dialect.in_json_array(2))
        .bind(serde_json::to_string(&ids)?);
    sql.execute(&mut **tx).await?;
    Ok(())
}

async fn categories(tx: &mut Tx, dialect: Dialect, after: &str) -> Result<Vec<String>> {
    let select = "SELECT id, name FROM categories";
    let rows: Vec<Category> = next(tx, dialect, select, "id", after).await?;
    for Category { id, name } in &rows {
        // No two had one address, and names of one key gave one; should two have one all the same, the
        // first keeps it.
        sqlx::query(
            "UPDATE categories SET name_key = $1 WHERE id = $2 AND NOT EXISTS \
             (SELECT 1 FROM categories o WHERE o.name_key = $1 AND o.id <> $2)",
        )
        .bind(name_key(name))
        .bind(id)
        .execute(&mut **tx)
        .await?;
    }
    Ok(rows.into_iter().map(|row| row.id).collect())
}

struct Category {
    id: String,
    name: String,
}

from_row!(Category { id, name });

async fn products(tx: &mut Tx, dialect: Dialect, after: &str) -> Result<Vec<String>> {
    let select = "SELECT id, title, description_html, description_text FROM products";
    let rows: Vec<ProductTexts> = next(tx, dialect, select, "id", after).await?;
    let mut ids = Vec::new();
    let mut keys = Vec::new();
    for row in rows {
        let ProductTexts {
            id,
            title,
            description_html,
            description_text,
        } = row;
        // How words are read out of HTML belongs to the folding.
        let body = match description_html.is_empty() {
            true => description_text,
            false => plain_text(&description_html),
        };
        keys.push(json!({
            "id": id, "title_key": sort_key(&title), "description_text": body,
        }));
        ids.push(id);
    }
    let columns = ["title_key", "description_text"];
    write(tx, dialect, "products", "id", &columns, &keys).await?;
    documents::refresh(tx, dialect, &ids).await?;
    translated_titles(tx, dialect, &ids).await?;
    Ok(ids)
}

/// What lists in other languages sort by.
async fn translated_titles(tx: &mut Tx, dialect: Dialect, products: &[String]) -> Result<()> {
    let mut sql = Sql::new(
        "SELECT subject_id, language, text FROM translations \
         WHERE kind = 'product' AND field = 'title' AND subject_id",
    );
    sql.push(dialect.in_json_array(1));
    let titles: Vec<Title> = sql
        .bind_only(serde_json::to_string(products)?)
        .fetch_all_as(&mut **tx)
        .await?;
    for title in titles {
        sqlx::query(
            "UPDATE translations SET sort_key = $1 WHERE kind = 'product' AND field = 'title' \
             AND subject_id = $2 AND language = $3",
        )
        .bind(sort_key(&title.text))
        .bind(title.subject_id)
        .bind(title.language)
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

struct Title {
    subject_id: String,
    language: String,
    text: String,
}

from_row!(Title {
    subject_id,
    language,
    text
});

struct ProductTexts {
    id: String,
    title: String,
    description_html: String,
    description_text: String,
}

from_row!(ProductTexts {
    id,
    title,
    description_html,
    description_text,
});

async fn accounts(tx: &mut Tx, dialect: Dialect, after: &str) -> Result<Vec<String>> {
    let select = "SELECT id, email, name FROM accounts";
    let rows: Vec<Named> = next(tx, dialect, select, "id", after).await?;
    let mut ids = Vec::new();
    let mut keys = Vec::new();
    for row in rows {
        let Named {
            id,
            email: typed,
            name,
        } = row;
        let email = email_key(&typed);
        if email != typed {
            // The mailbox may have two accounts: then each keeps the spelling it has, and is found by
            // it. No address goes into the log.
            let written = sqlx::query(
                "UPDATE accounts SET email = $1 WHERE id = $2 AND NOT EXISTS \
                 (SELECT 1 FROM accounts o WHERE o.email = $1)",
            )
            .bind(&email)
            .bind(&id)
            .execute(&mut **tx)
            .await?;
            if written.rows_affected() == 0 {
                tracing::warn!(
                    account = %id,
                    "another account has the same e-mail address: this one keeps its address as \
                     typed"
                );
            }
        }
        keys.push(json!({ "id": id, "search_key": search_key(&[&email, &name]) }));
        ids.push(id);
    }
    write(tx, dialect, "accounts", "id", &["search_key"], &keys).await?;
    Ok(ids)
}

struct Named {
    id: String,
    email: String,
    name: String,
}

from_row!(Named { id, email, name });

/// Links live for a day at most: they are few. What is found and erased by an address is found and
/// erased in any spelling of it.
async fn links(tx: &mut Tx) -> Result<()> {
    let links: Vec<Link> = Sql::new("SELECT token_hash, email FROM mail_links ORDER BY token_hash")
        .fetch_all_as(&mut **tx)
        .await?;
    for Link {
        token_hash,
        email: typed,
    } in links
    {
        let email = email_key(&typed);
        if email != typed {
            sqlx::query("UPDATE mail_links SET email = $1 WHERE token_hash = $2")
                .bind(&email)
                .bind(token_hash)
                .execute(&mut **tx)
                .await?;
        }
    }
    Ok(())
}

struct Link {
    token_hash: String,
    email: String,
}

from_row!(Link { token_hash, email });

/// So are invitations. One for an account that keeps its spelling keeps it, too; of several for one
/// mailbox the newest stays, as if all had been sent in the same spelling.
async fn invitations(tx: &mut Tx) -> Result<()> {
    let newest_first = "SELECT id, email FROM staff_invitations ORDER BY created_at DESC, id DESC";
    let invitations: Vec<Invitation> = Sql::new(newest_first).fetch_all_as(&mut **tx).await?;
    let mut seen = HashSet::new();
    for Invitation { id, email: typed } in invitations {
        let email = email_key(&typed);
        if email != typed && has_account(tx, &typed).await? {
            continue;
        }
        if !seen.insert(email.clone()) {
            sqlx::query("DELETE FROM staff_invitations WHERE id = $1")
                .bind(&id)
                .execute(&mut **tx)
                .await?;
        } else if email != typed {
            // An older one that has the spelling already.
            sqlx::query("DELETE FROM staff_invitations WHERE email = $1")
                .bind(&email)
                .execute(&mut **tx)
                .await?;
            sqlx::query("UPDATE staff_invitations SET email = $1 WHERE id = $2")
                .bind(&email)
                .bind(&id)
                .execute(&mut **tx)
                .await?;
        }
    }
    Ok(())
}

struct Invitation {
    id: String,
    email: String,
}

from_row!(Invitation { id, email });

async fn has_account(tx: &mut Tx, email: &str) -> Result<bool> {
    let found = sqlx::query("SELECT id FROM accounts WHERE email = $1")
        .bind(email)
        .fetch_optional(&mut **tx)
        .await?;
    Ok(found.is_some())
}

async fn checkouts(tx: &mut Tx, dialect: Dialect, after: &str) -> Result<Vec<String>> {
    let select = "SELECT id, COALESCE(draft, '{}') AS draft FROM carts";
    let rows: Vec<Checkout> = next(tx, dialect, select, "id", after).await?;
    let mut keys = Vec::new();
    for Checkout { id, draft } in &rows {
        let draft: Value = serde_json::from_str(draft).unwrap_or_default();
        if let Some(email) = draft["contact"]["email"].as_str() {
            keys.push(json!({ "id": id, "email_key": email_key(email) }));
        }
    }
    write(tx, dialect, "carts", "id", &["email_key"], &keys).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

struct Checkout {
    id: String,
    draft: String,
}

from_row!(Checkout { id, draft });

async fn orders(tx: &mut Tx, dialect: Dialect, after: &str) -> Result<Vec<String>> {
    let select = "SELECT id, number, email, name FROM orders";
    let rows: Vec<Placed> = next(tx, dialect, select, "id", after).await?;
    let mut ids = Vec::new();
    let mut keys = Vec::new();
    for row in rows {
        let Placed {
            id,
            number,
            email,
            name,
        } = row;
        let email_key = email_key(&email);
        keys.push(json!({
            "id": id, "email_key": email_key, "mailbox": mailbox(&email),
            "search_key": search_key(&[&number, &email_key, &name]),
        }));
        ids.push(id);
    }
    write(
        tx,
        dialect,
        "orders",
        "id",
        &["email_key", "mailbox", "search_key"],
        &keys,
    )
    .await?;
    lines(tx, dialect, &ids).await?;
    Ok(ids)
}

struct Placed {
    id: String,
    number: String,
    email: String,
    name: String,
}

from_row!(Placed {
    id,
    number,
    email,
    name
});

struct Line {
    order_id: String,
    position: i64,
    title: String,
    sku: String,
}

from_row!(Line {
    order_id,
    position,
    title,
    sku
});

async fn lines(tx: &mut Tx, dialect: Dialect, orders: &[String]) -> Result<()> {
    let mut sql = Sql::new("SELECT order_id, position, title, sku FROM order_lines WHERE order_id");
    sql.push(dialect.in_json_array(1));
    let lines: Vec<Line> = sql
        .bind_only(serde_json::to_string(orders)?)
        .fetch_all_as(&mut **tx)
        .await?;
    let keys: Vec<_> = lines
        .iter()
        .map(|line| {
            json!({
                "order_id": line.order_id, "position": line.position,
                "search_key": search_key(&[&line.title, &line.sku]),
            })
        })
        .collect();
    let columns = [
        ("order_id", Column::Text),
        ("position", Column::Int),
        ("search_key", Column::Text),
    ];
    let mut sql = Sql::new(&format!(
        "UPDATE order_lines SET search_key = given.search_key FROM {} AS given \
         WHERE order_lines.order_id = given.order_id AND order_lines.position = given.position \
         AND order_lines.order_id{}",
        dialect.rows(1, &columns),
        dialect.in_json_array(2)
    ));
    sql.bind(serde_json::to_string(&keys)?)
        .bind(serde_json::to_string(orders)?);
    sql.execute(&mut **tx).await?;
    Ok(())
}
