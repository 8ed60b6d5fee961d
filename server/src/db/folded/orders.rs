//! Keys of orders with their lines, and of carts at the checkout.

use serde_json::{Value, json};

use super::{next, write};
use crate::{
    db::{Column, Dialect, Sql, Tx, from_row},
    error::Result,
    text::{email_key, mailbox, search_key},
};

pub(super) async fn checkouts(tx: &mut Tx, dialect: Dialect, after: &str) -> Result<Vec<String>> {
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

pub(super) async fn orders(tx: &mut Tx, dialect: Dialect, after: &str) -> Result<Vec<String>> {
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
         WHERE order_lines.order_id = given.order_id AND order_lines.position = given.position",
        dialect.rows(1, &columns)
    ));
    sql.bind(serde_json::to_string(&keys)?);
    sql.and_among(dialect, "order_lines.order_id", orders);
    sql.execute(&mut **tx).await?;
    Ok(())
}
