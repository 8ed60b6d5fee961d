//! Reading orders.

use app::{
    contact::Contact,
    orders::types::{Order, OrderLine, OrderStatus, Parcel},
};
use sqlx::any::AnyRow;

use super::{
    events::{self, Audience},
    step::parse_status,
};
use crate::{
    db::{Get, Sql},
    error::Result,
    store::Store,
};

#[derive(Debug, Clone, Copy)]
pub enum Key<'a> {
    Id(&'a str),
    Token(&'a str),
    Number(&'a str),
}

fn status(row: &AnyRow) -> Result<OrderStatus> {
    parse_status(&row.text("status")?)
}

pub async fn order(db: &Store, key: Key<'_>) -> Result<Option<Order>> {
    let mut sql = Sql::new(
        "SELECT o.id, o.number, o.token, o.email, o.status, o.cancel_reason, o.currency, \
         o.subtotal_minor, o.shipping_minor, o.tax_minor, o.total_minor, o.payment_method, \
         COALESCE(o.shipping_name, o.shipping_method) AS shipping_name, o.created_at, o.updated_at, \
         o.tax_basis_points, f.carrier, f.tracking_number, \
         a.name, a.address_line1, a.address_line2, a.postal_code, a.city, a.state, a.country, a.phone, \
         p.label AS payment_label, p.status AS payment_status, p.refunded_minor \
         FROM orders o JOIN order_addresses a ON a.order_id = o.id \
         JOIN payments p ON p.order_id = o.id \
         LEFT JOIN fulfilments f ON f.order_id = o.id WHERE ",
    );
    match key {
        Key::Id(id) => sql.push("o.id = ").text(id),
        Key::Token(token) => sql.push("o.token = ").text(token),
        Key::Number(number) => sql.push("o.number = ").text(number),
    };
    let Some(row) = sql.fetch_optional(db.reader()).await? else {
        return Ok(None);
    };
    let id = row.text("id")?;
    let lines = sqlx::query(
        "SELECT variant_id, product_slug, title, variant_title, sku, picture_src, \
         unit_price_minor, quantity, refunded FROM order_lines \
         WHERE order_id = $1 ORDER BY position",
    )
    .bind(&id)
    .fetch_all(db.reader())
    .await?
    .iter()
    .map(line)
    .collect::<Result<_>>()?;
    Ok(Some(Order {
        number: row.text("number")?,
        token: row.text("token")?,
        status: status(&row)?,
        cancel_reason: row.maybe_text("cancel_reason")?,
        contact: Contact {
            email: row.text("email")?,
            name: row.text("name")?,
            address_line1: row.text("address_line1")?,
            address_line2: row.text("address_line2")?,
            postal_code: row.text("postal_code")?,
            city: row.text("city")?,
            state: row.text("state")?,
            country: row.text("country")?,
            phone: row.text("phone")?,
        },
        lines,
        currency: row.text("currency")?,
        subtotal_minor: row.int("subtotal_minor")?,
        shipping_minor: row.int("shipping_minor")?,
        tax_minor: row.int("tax_minor")?,
        total_minor: row.int("total_minor")?,
        shipping_method: row.text("shipping_name")?,
        payment_method: row.text("payment_method")?,
        payment_label: row.text("payment_label")?,
        payment_status: row.text("payment_status")?,
        refunded_minor: row.int("refunded_minor")?,
        tax_basis_points: row.maybe_int("tax_basis_points")?,
        parcel: match row.maybe_text("carrier")? {
            Some(carrier) => Some(Parcel {
                carrier,
                tracking_number: row.text("tracking_number")?,
            }),
            None => None,
        },
        events: events::of_order(db, &id, Audience::Shopper).await?,
        created_at: row.int("created_at")?,
        updated_at: row.int("updated_at")?,
        id,
    }))
}

fn line(row: &AnyRow) -> Result<OrderLine> {
    Ok(OrderLine {
        variant_id: row.maybe_text("variant_id")?,
        product_slug: row.text("product_slug")?,
        title: row.text("title")?,
        variant_title: row.text("variant_title")?,
        sku: row.text("sku")?,
        picture_src: row.maybe_text("picture_src")?,
        unit_price_minor: row.int("unit_price_minor")?,
        quantity: row.int("quantity")?,
        refunded: row.int("refunded")?,
    })
}

/// Orders that have waited for their payment since before `time`, with their payment methods.
pub async fn pending_before(db: &Store, time: i64) -> Result<Vec<(String, String)>> {
    sqlx::query(
        "SELECT id, payment_method FROM orders \
         WHERE status = 'pending_payment' AND created_at < $1 ORDER BY created_at LIMIT 500",
    )
    .bind(time)
    .fetch_all(db.reader())
    .await?
    .iter()
    .map(|row| Ok((row.text("id")?, row.text("payment_method")?)))
    .collect()
}
