//! Orders by what the staff types: a whole number or e-mail address has an index, and parts of them and of names are
//! found by their trigrams.
//!
//! Those are of `order_search`, which has each order some seconds after it was placed: see [`fill`](mod@fill). Orders
//! that are not there yet are read.

pub mod fill;

use crate::{
    db::{Dialect, PartIndex, PartWay, Sql, containing},
    error::Result,
    ids::{order_digits, order_number},
    orders::short_numbers,
    store::Store,
    text::{email_key, fold},
};

pub const ORDERS: PartIndex = PartIndex {
    table: "order_search",
    id: "order_id",
    trigrams: "order_trigrams",
};

/// So many digits of a number are looked for as such; fewer are in too many.
const PART_OF_NUMBER: usize = 4;

/// The times of orders that are not in `order_search` yet.
pub const NOT_THERE_YET: &str = "(SELECT a.at FROM order_arrivals a)";

/// How the orders of a searched text are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Search {
    /// It is a whole number or e-mail address.
    Whole,
    /// It is a part of one, or of a name.
    Part(PartWay),
}

impl Search {
    pub async fn of(db: &Store, text: &str) -> Result<Self> {
        let mut sql = Sql::new("SELECT 1 AS n FROM orders o WHERE ");
        push_whole(&mut sql, text);
        sql.push(" LIMIT 1");
        if sql.fetch_optional(db.reader()).await?.is_some() {
            return Ok(Self::Whole);
        }
        let found = |sql: &mut Sql| push_found(sql, db.dialect(), text);
        Ok(Self::Part(PartWay::to(db, &fold(text), found).await?))
    }

    /// The condition on `orders o`.
    pub fn push(self, sql: &mut Sql, dialect: Dialect, text: &str) {
        match self {
            Self::Whole => push_whole(sql, text),
            Self::Part(way) => {
                way.push(sql, ("orders", "o"), |sql| push_found(sql, dialect, text));
                push_part(sql, "o", text);
            }
        }
    }
}

/// A whole number, long or short, or a whole e-mail address.
fn push_whole(sql: &mut Sql, text: &str) {
    let number = order_number(text).unwrap_or_else(|| text.to_uppercase());
    sql.push("(o.number = ").text(number);
    if let Some(short) = short_numbers::parse(text) {
        sql.push(" OR o.id = (SELECT n.order_id FROM order_short_numbers n WHERE n.number = ")
            .int(short)
            .push(")");
    }
    sql.push(" OR o.email_key = ")
        .text(email_key(text))
        .push(")");
}

/// What of a text may be a part of a number.
fn part_of_number(text: &str) -> Option<String> {
    order_digits(text).filter(|digits| digits.len() >= PART_OF_NUMBER)
}

/// A part of number, address or name.
fn push_part(sql: &mut Sql, alias: &str, text: &str) {
    sql.push("(");
    push_contains(sql, &format!("{alias}.search_key"), text);
    if let Some(digits) = part_of_number(text) {
        sql.push(format!(" OR replace({alias}.number, '-', '') LIKE "))
            .text(containing(&digits))
            .push(" ESCAPE '\\'");
    }
    sql.push(")");
}

/// `SELECT` the ids of orders with this part, and perhaps of some more.
fn push_found(sql: &mut Sql, dialect: Dialect, text: &str) {
    let mut parts = vec![fold(text)];
    // As `order_search` has numbers.
    parts.extend(part_of_number(text).map(|digits| digits.to_lowercase()));
    parts.dedup();
    for part in parts {
        ORDERS.push_found(sql, dialect, &part);
        sql.push(" UNION ALL ");
    }
    push_newcomers(sql);
    push_part(sql, "n", text);
}

/// The same for a text that is part of an address or name alone.
pub fn push_named(sql: &mut Sql, dialect: Dialect, text: &str) {
    ORDERS.push_found(sql, dialect, &fold(text));
    sql.push(" UNION ALL ");
    push_newcomers(sql);
    push_contains(sql, "n.search_key", text);
}

/// `SELECT` the ids of orders of a product, by its address or a part of its title or SKU, and perhaps of some more.
pub fn push_sold(sql: &mut Sql, product: &str) {
    let named = |sql: &mut Sql, names: &str| {
        sql.push(format!("({names}.product_slug = "))
            .text(product)
            .push(" OR ");
        push_contains(sql, &format!("{names}.search_key"), product);
        sql.push(")");
    };
    sql.push(
        "SELECT l.order_id FROM order_lines l WHERE l.variant_id IN \
         (SELECT s.variant_id FROM sold_names s WHERE ",
    );
    named(sql, "s");
    sql.push(
        ") UNION ALL SELECT l.order_id FROM order_lines l WHERE l.variant_id IS NULL \
         AND EXISTS (SELECT 1 FROM sold_names s WHERE s.variant_id = '' AND ",
    );
    named(sql, "s");
    sql.push(") UNION ALL ");
    push_newcomers(sql);
    push_has_line(sql, "n", product);
}

/// The condition on an order that a product is in it.
pub fn push_has_line(sql: &mut Sql, alias: &str, product: &str) {
    sql.push(format!(
        "EXISTS (SELECT 1 FROM order_lines l WHERE l.order_id = {alias}.id AND (l.product_slug = "
    ))
    .text(product)
    .push(" OR ");
    // Title and SKU.
    push_contains(sql, "l.search_key", product);
    sql.push("))");
}

fn push_newcomers(sql: &mut Sql) {
    sql.push("SELECT n.id FROM orders n WHERE n.created_at IN ")
        .push(NOT_THERE_YET)
        .push(" AND ");
}

/// `… LIKE …`: the key has the text somewhere.
pub fn push_contains(sql: &mut Sql, key: &str, text: &str) {
    sql.push(format!("{key} LIKE "))
        .text(containing(&fold(text)))
        .push(" ESCAPE '\\'");
}
