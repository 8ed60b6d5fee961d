//! Carts that are someone's: handed out, and forgotten.

use serde::Serialize;
use serde_json::Value;

use super::token;
use crate::{
    db::{Sql, Tx, from_row},
    error::Result,
    feature::Person,
    store::{ChangeSet, Store},
};

/// The hash that the account's cart is known by; empty if there is no account.
pub fn cart_hash(person: &Person<'_>) -> String {
    let own = person.account_id.map(token::of_account);
    own.map(|own| token::key(&own)).unwrap_or_default()
}

/// What is in a cart `c`, found by one of its columns.
pub async fn lines(db: &Store, column: &'static str, value: &str) -> Result<Vec<Value>> {
    let mut sql = Sql::new(
        "SELECT l.title, l.variant_title, l.quantity, l.added_at FROM cart_lines l \
         JOIN carts c ON c.id = l.cart_id WHERE ",
    );
    sql.push(column).push(" = ").text(value);
    sql.push(" ORDER BY l.added_at, l.variant_id");
    let lines: Vec<Kept> = sql.fetch_all_as(db.reader()).await?;
    lines
        .iter()
        .map(|line| Ok(serde_json::to_value(line)?))
        .collect()
}

#[derive(Serialize)]
struct Kept {
    title: String,
    variant_title: String,
    quantity: i64,
    added_at: i64,
}

from_row!(Kept {
    title,
    variant_title,
    quantity,
    added_at,
});

/// The account's cart, those that orders came from, and those in which the address was typed. As with
/// orders, these are not theirs whose account has not proven the address: its owner may be shopping.
pub async fn forget(
    tx: &mut Tx,
    db: &Store,
    person: &Person<'_>,
    changes: &mut ChangeSet,
) -> Result<()> {
    let mut sql = Sql::new("DELETE FROM carts WHERE token_hash = ");
    sql.text(cart_hash(person));
    sql.push(" OR id IN (SELECT cart_id FROM orders WHERE id");
    let parameter = sql.next();
    sql.push(db.dialect().in_json_array(parameter))
        .bind(serde_json::to_string(person.orders)?);
    sql.push(")");
    if let Some(email) = person.guest_email {
        sql.push(" OR (email_key <> '' AND email_key = ")
            .text(email)
            .push(")");
    }
    sql.push(" RETURNING token_hash");
    let gone: Vec<String> = sql.fetch_values(&mut **tx).await?;
    for token_hash in gone {
        changes.cart(&token_hash);
    }
    Ok(())
}
