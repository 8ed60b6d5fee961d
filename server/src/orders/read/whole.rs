//! Orders with their lines, what happened to them, and what came for them.

use std::collections::HashMap;

use app::{
    contact::Contact,
    locale::Locale,
    orders::types::{CancelReason, EventKind, Order, OrderLine, OrderStatus},
};

use crate::{
    db::{Sql, from_row},
    error::Result,
    ids::{is_same_secret, order_of_token},
    orders::{
        events::{self, Audience},
        transfers::{self, Awaited, Details},
    },
    store::Store,
};

#[derive(Debug, Clone, Copy)]
pub enum Key<'a> {
    Id(&'a str),
    Token(&'a str),
    Number(&'a str),
}

/// An order, and what it was placed in.
pub struct Whole {
    pub order: Order,
    /// `None` if we no longer have texts in it.
    pub locale: Option<Locale>,
}

const ORDERS: &str = "SELECT o.id, o.number, o.token, o.email, o.status, o.cancel_reason, o.currency, o.locale, \
     o.subtotal_minor, o.discount_minor, o.shipping_minor, o.fee_minor, o.tax_mode, o.tax_minor, \
     o.total_minor, o.payment_method, \
     COALESCE(o.shipping_name, o.shipping_method) AS shipping_name, o.created_at, o.updated_at, \
     o.promised_handover, o.promised_days_from, o.promised_days_to, o.promised_from, o.promised_to, \
     o.confirm_by, o.pay_by, o.tax_basis_points, o.name, o.address_line1, o.address_line2, o.postal_code, o.city, \
     o.state, o.country, o.phone, o.company, o.vat_id, o.customer_note, o.billing_name, \
     o.billing_company, o.billing_address_line1, o.billing_address_line2, o.billing_postal_code, \
     o.billing_city, o.billing_state, o.billing_country, o.payment_label, o.payment_status, o.refunded_minor, \
     CASE WHEN o.status = 'pending_payment' AND o.pay_by IS NULL AND EXISTS (SELECT 1 FROM payment_attempts p \
       WHERE p.order_id = o.id AND p.status = 'pending' AND p.token = '') \
     THEN 1 ELSE 0 END AS waits_for_payer, \
     f.carrier, f.tracking_number FROM orders o \
     LEFT JOIN fulfilments f ON f.order_id = o.id AND f.number = \
       (SELECT MAX(n.number) FROM fulfilments n WHERE n.order_id = o.id) WHERE ";

pub async fn order(db: &Store, key: Key<'_>) -> Result<Option<Order>> {
    let mut sql = Sql::new(ORDERS);
    match key {
        Key::Id(id) => sql.push("o.id = ").text(id),
        // It begins with the order's id. An older one is found by a table of those.
        Key::Token(token) => sql
            .push("o.id IN (")
            .text(order_of_token(token).unwrap_or_default())
            .push(", (SELECT t.order_id FROM order_old_tokens t WHERE t.token = ")
            .text(token)
            .push("))"),
        Key::Number(number) => sql.push("o.number = ").text(number),
    };
    let found: Option<Found> = sql.fetch_optional_as(db.reader()).await?;
    let Some(found) = found else {
        return Ok(None);
    };
    if let Key::Token(token) = key
        && !is_same_secret(token, &found.order.token)
    {
        return Ok(None);
    }
    let whole = whole(db, vec![found]).await?;
    Ok(whole.into_iter().next().map(|whole| whole.order))
}

/// Those of these ids that there are, read by as many statements as one of them.
pub async fn orders(db: &Store, ids: &[&str]) -> Result<Vec<Whole>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(ORDERS);
    sql.push("o.id").one_or_among(db.dialect(), ids);
    let found = sql.fetch_all_as(db.reader()).await?;
    whole(db, found).await
}

struct Found {
    order: Order,
    locale: String,
    pay_by: Option<i64>,
}

from_row!(Found {
    order: row,
    locale,
    pay_by
});

// Its lines, events and transfers have tables of their own. One from before it was known how orders are
// handed over is delivered.
from_row!(Order {
    id,
    number,
    token,
    status,
    cancel_reason,
    contact: row,
    particulars: row,
    lines = Vec::new(),
    currency,
    subtotal_minor,
    discount_minor,
    shipping_minor,
    fee_minor,
    tax_mode,
    tax_minor,
    total_minor,
    shipping_method: "shipping_name",
    handover: or_default "promised_handover",
    promise: row,
    payment_method,
    payment_label,
    payment_status,
    refunded_minor,
    waits_for_payer,
    confirm_by,
    transfer = None,
    tax_basis_points,
    parcel: row_if "carrier",
    events = Vec::new(),
    created_at,
    updated_at,
});

/// Puts into orders what other tables have of them.
async fn whole(db: &Store, mut found: Vec<Found>) -> Result<Vec<Whole>> {
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<&str> = found.iter().map(|one| one.order.id.as_str()).collect();
    let mut events = events::of_orders(db, &ids, Audience::Shopper).await?;
    let mut lines = lines_of(db, &ids).await?;
    for Found { order, .. } in &mut found {
        order.events = events.remove(&order.id).unwrap_or_default();
        order.lines = lines.remove(&order.id).unwrap_or_default();
    }
    let by_transfer = found.iter().filter_map(|Found { order, pay_by, .. }| {
        Some(Awaited {
            order_id: &order.id,
            number: &order.number,
            until: (*pay_by)?,
            details: bank_details(order),
        })
    });
    let by_transfer: Vec<Awaited<'_>> = by_transfer.collect();
    let mut transfers = transfers::of_orders(db, &by_transfer).await?;
    let whole = found.into_iter().map(|Found { order, locale, .. }| Whole {
        locale: Locale::of_code(&locale),
        order: Order {
            transfer: transfers.remove(&order.id),
            ..order
        },
    });
    Ok(whole.collect())
}

struct Line {
    order_id: String,
    line: OrderLine,
}

from_row!(Line {
    order_id,
    line: row
});

/// The lines of orders, by the orders' ids.
async fn lines_of(db: &Store, order_ids: &[&str]) -> Result<HashMap<String, Vec<OrderLine>>> {
    let mut sql = Sql::new(
        "SELECT l.order_id, v.id AS variant_id, l.product_slug, l.title, l.variant_title, l.sku, l.picture_src, \
         COALESCE((SELECT f.cut_out FROM picture_facts f WHERE f.src = l.picture_src), 0) AS picture_cut_out, \
         l.unit_price_minor, l.quantity, l.refunded FROM order_lines l \
         LEFT JOIN variants v ON v.id = l.variant_id AND v.archived_at IS NULL WHERE l.order_id",
    );
    sql.one_or_among(db.dialect(), order_ids)
        .push(" ORDER BY l.position");
    let read: Vec<Line> = sql.fetch_all_as(db.reader()).await?;
    let mut lines: HashMap<String, Vec<OrderLine>> = HashMap::new();
    for Line { order_id, line } in read {
        lines.entry(order_id).or_default().push(line);
    }
    Ok(lines)
}

/// Nobody is to pay an order that is not confirmed, or ended before it was.
fn bank_details(order: &Order) -> Details {
    let waits_for_confirmation = match order.status {
        OrderStatus::AwaitingConfirmation => true,
        OrderStatus::Cancelled => {
            let was_confirmed = order.cancel_reason == Some(CancelReason::Expired)
                || order
                    .events
                    .iter()
                    .any(|event| event.kind == EventKind::Confirmed);
            order.confirm_by.is_some() && !was_confirmed
        }
        OrderStatus::PendingPayment
        | OrderStatus::Paid
        | OrderStatus::Packed
        | OrderStatus::Shipped
        | OrderStatus::Delivered
        | OrderStatus::Refunded => false,
    };
    match waits_for_confirmation {
        true => Details::Hidden,
        false => Details::Told,
    }
}

from_row!(OrderLine {
    variant_id,
    product_slug,
    title,
    variant_title,
    sku,
    picture: "picture_src",
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
