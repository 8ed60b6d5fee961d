//! Orders of the account that is signed in, in the database.

use std::collections::BTreeMap;

use app::{account::types::OwnOrderRow, answers::Paged, identity::Account};

use crate::{
    db::{Sql, from_row},
    error::Result,
    ids::is_id,
    store::Store,
};

/// Orders on a page of the history.
const PAGE: i64 = 10;
/// Lines of an order that are named in the history.
const TITLES: usize = 3;

/// Theirs is what they placed while signed in, and what a guest placed with the address that is
/// proven to be theirs.
fn push_is_own(sql: &mut Sql, account: &Account) {
    sql.push(" (o.account_id = ").text(&account.id);
    sql.push(
        " OR (o.account_id IS NULL AND o.email_key = (SELECT a.email FROM accounts a WHERE a.id = ",
    )
    .text(&account.id);
    sql.push(" AND a.verified_at IS NOT NULL)))");
}

pub async fn is_own(db: &Store, account: &Account, id: &str) -> Result<bool> {
    if !is_id(id) {
        return Ok(false);
    }
    let mut sql = Sql::new("SELECT o.id FROM orders o WHERE o.id = ");
    sql.text(id).push(" AND");
    push_is_own(&mut sql, account);
    Ok(sql.fetch_optional(db.reader()).await?.is_some())
}

pub async fn list(db: &Store, account: &Account, page: i64) -> Result<Paged<OwnOrderRow>> {
    let mut sql = Sql::new("SELECT COUNT(*) AS n FROM orders o WHERE");
    push_is_own(&mut sql, account);
    let total: i64 = sql.fetch_value(db.reader()).await?;
    let pages = ((total + PAGE - 1) / PAGE).max(1);
    let page = page.clamp(1, pages);
    let mut sql = Sql::new(
        "SELECT o.id, o.number, o.status, o.total_minor, o.currency, o.created_at \
         FROM orders o WHERE",
    );
    push_is_own(&mut sql, account);
    sql.push(" ORDER BY o.created_at DESC, o.id DESC LIMIT ")
        .int(PAGE);
    sql.push(" OFFSET ").int((page - 1) * PAGE);
    let mut rows: Vec<OwnOrderRow> = sql.fetch_all_as(db.reader()).await?;
    name_lines(db, &mut rows).await?;
    Ok(Paged {
        rows,
        total,
        page,
        pages,
    })
}

// Its lines are read later.
from_row!(OwnOrderRow {
    id,
    number,
    status,
    units = 0,
    titles = Vec::new(),
    total_minor,
    currency,
    created_at,
});

struct NamedLine {
    order_id: String,
    title: String,
    quantity: i64,
}

from_row!(NamedLine {
    order_id,
    title,
    quantity
});

async fn name_lines(db: &Store, orders: &mut [OwnOrderRow]) -> Result<()> {
    let ids: Vec<&str> = orders.iter().map(|order| order.id.as_str()).collect();
    let mut sql = Sql::new("SELECT order_id, title, quantity FROM order_lines WHERE order_id");
    sql.push(db.dialect().in_json_array(1))
        .push(" ORDER BY order_id, position");
    let named: Vec<NamedLine> = sql
        .bind_only(serde_json::to_string(&ids)?)
        .fetch_all_as(db.reader())
        .await?;
    let mut lines: BTreeMap<String, Vec<NamedLine>> = BTreeMap::new();
    for line in named {
        lines.entry(line.order_id.clone()).or_default().push(line);
    }
    for order in orders {
        let lines = lines.remove(&order.id).unwrap_or_default();
        order.units = lines.iter().map(|line| line.quantity).sum();
        let titles = lines.into_iter().map(|line| line.title);
        order.titles = titles.take(TITLES).collect();
    }
    Ok(())
}
