//! Reading orders.

use app::{
    contact::Contact,
    locale::Locale,
    orders::types::{CancelReason, EventKind, Order, OrderLine, OrderStatus},
};

use super::{
    events::{self, Audience},
    placement::batch::ExistingOrder,
    transfers::{self, Details},
};
use crate::{
    db::{Sql, from_row},
    error::Result,
    ids::{is_same_secret, order_of_token},
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
           (SELECT MAX(n.number) FROM fulfilments n WHERE n.order_id = o.id) WHERE ",
    );
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
    let Some(Found { mut order, pay_by }) = found else {
        return Ok(None);
    };
    if let Key::Token(token) = key
        && !is_same_secret(token, &order.token)
    {
        return Ok(None);
    }
    order.events = events::of_order(db, &order.id, Audience::Shopper).await?;
    let mut sql = Sql::new(
        "SELECT v.id AS variant_id, l.product_slug, l.title, l.variant_title, l.sku, l.picture_src, \
         COALESCE((SELECT f.cut_out FROM picture_facts f WHERE f.src = l.picture_src), 0) AS picture_cut_out, \
         l.unit_price_minor, l.quantity, l.refunded FROM order_lines l \
         LEFT JOIN variants v ON v.id = l.variant_id AND v.archived_at IS NULL WHERE l.order_id = ",
    );
    sql.text(&order.id).push(" ORDER BY l.position");
    order.lines = sql.fetch_all_as(db.reader()).await?;
    if let Some(until) = pay_by {
        let details = bank_details(&order);
        order.transfer = transfers::of_order(db, &order.id, &order.number, until, details).await?;
    }
    Ok(Some(order))
}

struct Found {
    order: Order,
    pay_by: Option<i64>,
}

from_row!(Found { order: row, pay_by });

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

pub async fn is_of_guest(db: &Store, id: &str) -> Result<bool> {
    let mut sql = Sql::new("SELECT o.id FROM orders o WHERE o.account_id IS NULL AND o.id = ");
    sql.text(id);
    Ok(sql.fetch_optional(db.reader()).await?.is_some())
}

/// What an order was placed in; `None` if there is no such order (any more).
pub async fn locale(db: &Store, order_id: &str) -> Result<Option<Locale>> {
    let mut sql = Sql::new("SELECT locale FROM orders WHERE id = ");
    sql.text(order_id);
    let code: Option<String> = sql.fetch_optional_value(db.reader()).await?;
    Ok(code.and_then(|code| Locale::of_code(&code)))
}

/// What an order was placed in; `None` if there is no such order. One that we no longer have texts in
/// counts as our first.
pub async fn language(db: &Store, id: &str) -> Result<Option<Locale>> {
    let mut sql = Sql::new("SELECT locale FROM orders WHERE id = ");
    sql.text(id);
    let code: Option<String> = sql.fetch_optional_value(db.reader()).await?;
    Ok(code.map(|code| Locale::of_code(&code).unwrap_or_default()))
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

/// The order that a token opens, for paying it.
pub async fn by_token(db: &Store, token: &str) -> Result<Option<ExistingOrder>> {
    let mut sql = Sql::new(
        "SELECT o.id, o.number, o.token, o.locale, o.total_minor, o.status, o.cancel_reason, \
         o.payment_method, '' AS payment_token FROM orders o WHERE o.id = ",
    );
    sql.text(order_of_token(token).unwrap_or_default());
    let found: Option<ExistingOrder> = sql.fetch_optional_as(db.reader()).await?;
    Ok(found.filter(|order| is_same_secret(token, &order.token)))
}

/// An order by its id, with how it is paid.
pub struct Payable {
    pub id: String,
    pub payment_method: String,
}

from_row!(Payable { id, payment_method });

/// How orders are paid that wait for their payment, or are owed money, each once.
pub async fn open_methods(db: &Store) -> Result<Vec<String>> {
    Sql::new(
        "SELECT payment_method AS method FROM orders WHERE status = 'pending_payment' UNION \
         SELECT o.payment_method AS method FROM refunds r JOIN orders o ON o.id = r.order_id \
         WHERE r.status = 'owed' ORDER BY method",
    )
    .fetch_values(db.reader())
    .await
}

/// An order whose time to be paid is over.
#[derive(Debug, Clone)]
pub struct Overdue {
    pub id: String,
    pub payment_method: String,
    pub created_at: i64,
}

from_row!(Overdue {
    id,
    payment_method,
    created_at,
});

/// Orders that are read at once.
pub const OVERDUE: usize = 500;

/// Orders whose time to be paid is over: of transfers before `now`, of others those that were placed
/// before `time`. The oldest first, behind `after`.
pub async fn pending_before(
    db: &Store,
    now: i64,
    time: i64,
    after: Option<&Overdue>,
) -> Result<Vec<Overdue>> {
    overdue(now, time, after).fetch_all_as(db.reader()).await
}

fn overdue(now: i64, time: i64, after: Option<&Overdue>) -> Sql {
    let mut sql = Sql::new(
        "SELECT id, payment_method, created_at FROM orders \
         WHERE status = 'pending_payment' AND created_at < ",
    );
    sql.int(time).push(" AND (pay_by IS NULL OR pay_by <= ");
    sql.int(now).push(")");
    if let Some(after) = after {
        // The first condition is the index's.
        sql.push(" AND created_at >= ").int(after.created_at);
        sql.push(" AND (created_at, id) > (").int(after.created_at);
        sql.push(", ").text(&after.id).push(")");
    }
    sql.push(format!(" ORDER BY created_at, id LIMIT {OVERDUE}"));
    sql
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::explain::Planner;

    #[tokio::test]
    async fn orders_that_are_overdue_are_read_in_a_range_of_an_index() {
        let planner = Planner::new().await;
        let last = Overdue {
            id: "o".to_owned(),
            payment_method: String::new(),
            created_at: 1,
        };
        for (query, range) in [
            (
                overdue(3, 2, None),
                "orders_status (status=? AND created_at<?)",
            ),
            (
                overdue(3, 2, Some(&last)),
                "orders_status (status=? AND created_at>? AND created_at<?)",
            ),
        ] {
            planner.by_index(query, range).await;
        }
        planner.db.close().await;
    }
}
