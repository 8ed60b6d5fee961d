//! Reading orders.

use app::{
    contact::Contact,
    orders::types::{Order, OrderLine, Parcel},
};

use super::events::{self, Audience};
use crate::{
    db::{FromRow, Get, Sql, from_row},
    error::Result,
    store::Store,
};

#[derive(Debug, Clone, Copy)]
pub enum Key<'a> {
    Id(&'a str),
    Token(&'a str),
    Number(&'a str),
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
    let mut sql = Sql::new(
        "SELECT variant_id, product_slug, title, variant_title, sku, picture_src, \
         unit_price_minor, quantity, refunded FROM order_lines WHERE order_id = ",
    );
    sql.text(&id).push(" ORDER BY position");
    Ok(Some(Order {
        number: row.text("number")?,
        token: row.text("token")?,
        status: row.read("status")?,
        cancel_reason: row.read("cancel_reason")?,
        contact: Contact::from_row(&row)?,
        lines: sql.fetch_all_as(db.reader()).await?,
        currency: row.text("currency")?,
        subtotal_minor: row.int("subtotal_minor")?,
        shipping_minor: row.int("shipping_minor")?,
        tax_minor: row.int("tax_minor")?,
        total_minor: row.int("total_minor")?,
        shipping_method: row.text("shipping_name")?,
        payment_method: row.text("payment_method")?,
        payment_label: row.text("payment_label")?,
        payment_status: row.read("payment_status")?,
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

from_row!(OrderLine {
    variant_id,
    product_slug,
    title,
    variant_title,
    sku,
    picture_src,
    unit_price_minor,
    quantity,
    refunded,
});

from_row!(Contact {
    email,
    name,
    address_line1,
    address_line2,
    postal_code,
    city,
    state,
    country,
    phone,
});

/// An order by its id, with how it is paid.
pub struct Payable {
    pub id: String,
    pub payment_method: String,
}

from_row!(Payable { id, payment_method });

/// Orders that have waited for their payment since before `time`.
pub async fn pending_before(db: &Store, time: i64) -> Result<Vec<Payable>> {
    sqlx::query(
        "SELECT id, payment_method FROM orders \
         WHERE status = 'pending_payment' AND created_at < $1 ORDER BY created_at LIMIT 500",
    )
    .bind(time)
    .fetch_all(db.reader())
    .await?
    .iter()
    .map(Payable::from_row)
    .collect()
}
