//! Reading the audit log. Writing it is [`crate::audit_log`]'s; nobody changes it.

mod difference;
mod text {
    include!(concat!(env!("OUT_DIR"), "/audit_log_log_text.rs"));
}

use std::collections::BTreeMap;

use app::locale::locale;
use desk::admin::audit_log::log::{LogEntry, LogFilter, LogPage, Subject};
use serde_json::Value;

use crate::{
    db::{Db, FromRow, Newest, Sql, from_row},
    error::Result,
    settings::CurrencyHistory,
};

const ORDER: Newest = Newest {
    at: "at",
    id: "id",
    page: 30,
};

fn said() -> text::Text {
    text::Text::from(locale())
}

pub async fn entries(db: &Db, currency: &str, filter: &LogFilter) -> Result<LogPage> {
    let mut sql = Sql::new(
        "SELECT id, at, actor, action, subject_kind, subject_id, before_json, after_json \
         FROM audit_entries WHERE 1 = 1",
    );
    if let Some(actor) = &filter.actor {
        sql.push(" AND actor = ").text(actor);
    }
    match filter.action.as_deref() {
        None => {}
        Some(action) if action.contains('.') => {
            sql.push(" AND action = ").text(action);
        }
        Some(kind) => {
            let kind = kind.replace(['%', '_', '\\'], "");
            sql.push(" AND action LIKE ").text(format!("{kind}.%"));
        }
    }
    if let Some(subject) = &filter.subject {
        sql.push(" AND subject_id = ").text(subject);
    }
    if let Some(from) = filter.from {
        sql.push(" AND at >= ").int(from);
    }
    if let Some(until) = filter.until {
        sql.push(" AND at < ").int(until);
    }
    let cursor = filter.cursor.as_ref();
    ORDER.push_side(&mut sql, cursor);
    ORDER.push_order(&mut sql, cursor);
    let page = ORDER.page(sql.fetch_all(db.reader()).await?, cursor)?;
    let stored = page
        .rows
        .iter()
        .map(Stored::from_row)
        .collect::<Result<Vec<_>>>()?;
    let currencies = Currencies::read(db, currency, &stored).await?;
    let mut rows: Vec<LogEntry> = stored
        .into_iter()
        .map(|stored| entry(stored, &currencies))
        .collect();
    name_subjects(db, &mut rows).await?;
    Ok(LogPage {
        rows,
        before: page.before,
        after: page.after,
        actors: distinct(db, "actor").await?,
        actions: distinct(db, "action").await?,
    })
}

/// An entry as it was written down.
struct Stored {
    id: String,
    at: i64,
    actor: String,
    action: String,
    subject_kind: String,
    subject_id: String,
    before_json: Option<String>,
    after_json: Option<String>,
}

from_row!(Stored {
    id,
    at,
    actor,
    action,
    subject_kind,
    subject_id,
    before_json,
    after_json,
});

/// All values of a column, each found with one look into its index, however long the log is.
async fn distinct(db: &Db, column: &'static str) -> Result<Vec<String>> {
    Sql::new(&format!(
        "WITH RECURSIVE known(value) AS ( \
         SELECT MIN({column}) FROM audit_entries UNION ALL \
         SELECT (SELECT MIN(e.{column}) FROM audit_entries e WHERE e.{column} > k.value) \
         FROM known k WHERE k.value IS NOT NULL) \
         SELECT value FROM known WHERE value IS NOT NULL"
    ))
    .fetch_values(db.reader())
    .await
}

/// In which currency entries were written down.
struct Currencies<'a> {
    present: &'a str,
    history: CurrencyHistory,
    /// By the ids of orders, which have a currency of their own.
    of_orders: BTreeMap<String, String>,
}

impl<'a> Currencies<'a> {
    async fn read(db: &Db, present: &'a str, entries: &[Stored]) -> Result<Self> {
        let orders: Vec<&str> = entries
            .iter()
            .filter(|entry| entry.subject_kind == "order")
            .map(|entry| entry.subject_id.as_str())
            .collect();
        let mut of_orders = BTreeMap::new();
        if !orders.is_empty() {
            let mut sql = Sql::new("SELECT id, currency FROM orders WHERE id");
            sql.push(db.dialect().in_json_array(1));
            let found = sql.bind_only(serde_json::to_string(&orders)?);
            of_orders.extend(found.fetch_all_as::<(String, String)>(db.reader()).await?);
        }
        Ok(Self {
            present,
            history: CurrencyHistory::read(db).await?,
            of_orders,
        })
    }

    fn of(&self, at: i64, subject: &Subject) -> &str {
        match self.of_orders.get(&subject.id) {
            Some(currency) if subject.kind == "order" => currency,
            _ => self.history.at(at, self.present),
        }
    }
}

fn entry(stored: Stored, currencies: &Currencies<'_>) -> LogEntry {
    // Other times may have written otherwise; the entry is shown without it.
    let json = |text: Option<String>| -> Option<Value> { serde_json::from_str(&text?).ok() };
    let (before, after) = (json(stored.before_json), json(stored.after_json));
    let title = [&after, &before]
        .into_iter()
        .flatten()
        .find_map(|value| value["title"].as_str().or(value["file"].as_str()))
        .unwrap_or_default()
        .to_owned();
    let subject = Subject {
        kind: stored.subject_kind,
        id: stored.subject_id,
        title,
        href: None,
    };
    let currency = currencies.of(stored.at, &subject);
    LogEntry {
        id: stored.id,
        at: stored.at,
        actor: stored.actor,
        action: stored.action,
        changes: difference::between(before.as_ref(), after.as_ref(), currency),
        subject,
    }
}

/// What is named in another table, and the page it has.
struct Named {
    kind: &'static str,
    /// Selects `id` and `title` of the ids in the list that follows.
    sql: &'static str,
    page: &'static str,
}

const NAMED: &[Named] = &[
    Named {
        kind: "product",
        sql: "SELECT id, title FROM products WHERE id",
        page: "/admin/products/",
    },
    // The translations of a product.
    Named {
        kind: "translation",
        sql: "SELECT id, title FROM products WHERE id",
        page: "/admin/products/",
    },
    Named {
        kind: "category",
        sql: "SELECT id, name AS title FROM categories WHERE id",
        page: "/admin/categories/",
    },
    Named {
        kind: "collection",
        sql: "SELECT id, name AS title FROM collections WHERE id",
        page: "/admin/collections/",
    },
    Named {
        kind: "drop",
        sql: "SELECT id, title FROM drops WHERE id",
        page: "/admin/drops/",
    },
    Named {
        kind: "announcement",
        sql: "SELECT id, text AS title FROM announcements WHERE id",
        page: "/admin/announcements?edit=",
    },
    Named {
        kind: "variant",
        sql: "SELECT v.id, p.title FROM variants v JOIN products p ON p.id = v.product_id WHERE v.id",
        page: "/admin/stock/",
    },
    Named {
        kind: "order",
        sql: "SELECT id, number AS title FROM orders WHERE id",
        page: "/admin/orders/",
    },
    Named {
        kind: "account",
        sql: "SELECT id, email AS title FROM accounts WHERE id",
        page: "/admin/customers/",
    },
    Named {
        kind: "page",
        sql: "SELECT id, title FROM pages WHERE id",
        page: "/admin/pages/",
    },
    Named {
        kind: "menu",
        sql: "SELECT id, label AS title FROM menu_items WHERE id",
        page: "/admin/menus/",
    },
    Named {
        kind: "catalog",
        sql: "SELECT id, '' AS title FROM catalog_jobs WHERE id",
        page: "/admin/jobs/",
    },
];

async fn name_subjects(db: &Db, entries: &mut [LogEntry]) -> Result<()> {
    for named in NAMED {
        let ids: Vec<&str> = entries
            .iter()
            .filter(|entry| entry.subject.kind == named.kind)
            .map(|entry| entry.subject.id.as_str())
            .collect();
        if ids.is_empty() {
            continue;
        }
        let mut sql = Sql::new(named.sql);
        sql.push(db.dialect().in_json_array(1));
        let titles: Vec<(String, String)> = sql
            .bind_only(serde_json::to_string(&ids)?)
            .fetch_all_as(db.reader())
            .await?;
        let titles: BTreeMap<_, _> = titles.into_iter().collect();
        for entry in entries.iter_mut() {
            let subject = &mut entry.subject;
            if subject.kind != named.kind {
                continue;
            }
            if let Some(title) = titles.get(&subject.id) {
                subject.href = Some(format!("{}{}", named.page, subject.id));
                if !title.is_empty() {
                    subject.title.clone_from(title);
                }
            }
        }
    }
    Ok(())
}
