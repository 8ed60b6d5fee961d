//! All that is kept of a customer, for them to have. Nothing in it opens anything: no hashes, no
//! tokens of sessions or orders.

use app::{account::types::Account, checkout::types::Draft, orders::types::Order};
use serde_json::{Value, json};

use super::Who;
use crate::{
    account::addresses,
    admin::audit,
    cart::token,
    db::{Db, Get, Sql},
    error::{Error, Result},
    ids::hash_secret,
    orders::read::{self, Key},
};

pub async fn export(db: &Db, now: i64, actor: &Account, who: &Who, id: &str) -> Result<String> {
    let ids = ids(db, who).await?;
    let mut orders = Vec::new();
    for id in &ids {
        if let Some(order) = read::order(db, Key::Id(id)).await? {
            orders.push(of_order(db, &order).await?);
        }
    }
    let (mut account, mut book, mut sessions, mut cart) = (Value::Null, vec![], vec![], vec![]);
    if let Some(own) = &who.account {
        account = json!({
            "id": own.id, "name": who.name, "email": who.email, "created_at": own.created_at,
            "is_verified": own.is_verified,
            "has_second_factor": super::has_second_factor(db, &own.id).await?,
        });
        book = addresses::list(db, &own.id).await?;
        sessions = of_sessions(db, &own.id).await?;
        cart = of_cart(db, &own.id).await?;
    }
    let whole = json!({
        "times": "milliseconds since 1970, UTC",
        "amounts": "minor units of the order's currency",
        "exported_at": now,
        "email": who.email,
        "account": account,
        "addresses": book,
        "sessions": sessions,
        "cart": cart,
        "checkouts": checkouts(db, who).await?,
        "orders": orders,
        "mails": mails(db, &ids).await?,
    });
    let mut tx = db.begin().await?;
    audit::record(
        &mut tx,
        now,
        &actor.email,
        "customer.export",
        subject(who, id),
        None,
        Some(json!({ "orders": ids.len() })),
    )
    .await?;
    tx.commit().await.map_err(Error::from)?;
    Ok(serde_json::to_string_pretty(&whole)?)
}

/// What an entry in the log names a customer by: never an address.
pub fn subject<'a>(who: &'a Who, id: &'a str) -> (&'static str, &'a str) {
    match &who.account {
        Some(account) => ("account", &account.id),
        None => ("order", id),
    }
}

async fn ids(db: &Db, who: &Who) -> Result<Vec<String>> {
    let mut sql = Sql::new("SELECT o.id FROM orders o WHERE");
    who.push_theirs(&mut sql);
    sql.push(" ORDER BY o.created_at, o.id");
    let rows = sql.fetch_all(db.reader()).await?;
    rows.iter().map(|row| row.text("id")).collect()
}

async fn of_order(db: &Db, order: &Order) -> Result<Value> {
    let mut value = serde_json::to_value(order)?;
    if let Some(fields) = value.as_object_mut() {
        fields.remove("token");
        let mut sql = Sql::new("SELECT text FROM order_events WHERE kind = 'note' AND order_id = ");
        sql.text(&order.id).push(" ORDER BY at, id");
        let notes = sql.fetch_all(db.reader()).await?;
        let notes: Vec<String> = notes
            .iter()
            .map(|row| row.text("text"))
            .collect::<Result<_>>()?;
        fields.insert("notes".to_owned(), json!(notes));
    }
    Ok(value)
}

async fn of_sessions(db: &Db, account_id: &str) -> Result<Vec<Value>> {
    let mut sql = Sql::new(
        "SELECT device, created_at, last_seen_at, expires_at FROM sessions WHERE account_id = ",
    );
    sql.text(account_id).push(" ORDER BY created_at");
    let rows = sql.fetch_all(db.reader()).await?;
    rows.iter()
        .map(|row| {
            Ok(json!({
                "device": row.text("device")?, "created_at": row.int("created_at")?,
                "last_seen_at": row.int("last_seen_at")?, "expires_at": row.int("expires_at")?,
            }))
        })
        .collect()
}

async fn of_cart(db: &Db, account_id: &str) -> Result<Vec<Value>> {
    let mut sql = Sql::new(
        "SELECT l.title, l.variant_title, l.quantity, l.added_at FROM cart_lines l \
         JOIN carts c ON c.id = l.cart_id WHERE c.token_hash = ",
    );
    sql.text(hash_secret(&token::of_account(account_id)))
        .push(" ORDER BY l.added_at, l.variant_id");
    let rows = sql.fetch_all(db.reader()).await?;
    rows.iter()
        .map(|row| {
            Ok(json!({
                "title": row.text("title")?, "variant_title": row.text("variant_title")?,
                "quantity": row.int("quantity")?, "added_at": row.int("added_at")?,
            }))
        })
        .collect()
}

/// What was typed at checkouts that were left, but for how it was to be paid. An account that has not
/// proven its address has no claim to what others typed with it.
async fn checkouts(db: &Db, who: &Who) -> Result<Vec<Value>> {
    let Some(email) = who.guest_email() else {
        return Ok(Vec::new());
    };
    let mut sql = Sql::new("SELECT draft, updated_at FROM checkouts WHERE email_key = ");
    sql.text(email).push(" ORDER BY updated_at, cart_id");
    let rows = sql.fetch_all(db.reader()).await?;
    rows.iter()
        .map(|row| {
            let draft: Draft = serde_json::from_str(&row.text("draft")?)?;
            Ok(json!({
                "contact": draft.contact, "shipping": draft.shipping,
                "updated_at": row.int("updated_at")?,
            }))
        })
        .collect()
}

async fn mails(db: &Db, orders: &[String]) -> Result<Vec<Value>> {
    let mut sql =
        Sql::new("SELECT kind, state, order_id, created_at, ended_at FROM mails WHERE order_id");
    sql.push(db.dialect().among(1))
        .push(" ORDER BY created_at, id");
    let rows = sql
        .bind_only(serde_json::to_string(orders)?)
        .fetch_all(db.reader())
        .await?;
    rows.iter()
        .map(|row| {
            Ok(json!({
                "kind": row.text("kind")?, "state": row.text("state")?,
                "order_id": row.maybe_text("order_id")?, "created_at": row.int("created_at")?,
                "ended_at": row.maybe_int("ended_at")?,
            }))
        })
        .collect()
}
