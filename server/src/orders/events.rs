//! The time line of an order: what happened, when, and by whose hand.

use std::collections::HashMap;

use app::orders::types::{EventKind, OrderEvent};

use crate::{
    db::{Dialect, Rows, Sql, Tx, from_row},
    error::Result,
    ids::new_id,
    store::Store,
};

/// Something to be noted.
#[derive(Debug, Clone, Copy)]
pub struct Event<'a> {
    pub kind: EventKind,
    /// The member of the staff who does it.
    pub actor: Option<&'a str>,
    pub text: &'a str,
    pub refund_id: Option<&'a str>,
    /// Of the form that was sent; what is sent twice is noted once.
    pub form_key: Option<&'a str>,
}

impl Event<'_> {
    pub const fn new(kind: EventKind) -> Self {
        Self {
            kind,
            actor: None,
            text: "",
            refund_id: None,
            form_key: None,
        }
    }
}

/// A second event of a kind that happens once breaks a unique index; a second one of the same form
/// is left out. Returns the id of the one that was written.
pub async fn record(
    tx: &mut Tx,
    now: i64,
    order_id: &str,
    event: &Event<'_>,
) -> Result<Option<String>> {
    let id = new_id();
    let written = sqlx::query(
        "INSERT INTO order_events (id, order_id, kind, actor, at, text, refund_id, form_key) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (form_key) DO NOTHING",
    )
    .bind(&id)
    .bind(order_id)
    .bind(event.kind.as_str())
    .bind(event.actor)
    .bind(now)
    .bind(event.text)
    .bind(event.refund_id)
    .bind(event.form_key)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    Ok((written > 0).then_some(id))
}

/// The statement that notes the same of many orders, by one of the staff or by nobody.
pub fn recording<'a>(
    dialect: Dialect,
    now: i64,
    order_ids: impl Iterator<Item = &'a str> + Clone,
    kind: EventKind,
    actor: Option<&str>,
) -> Sql {
    let mut rows = Rows::default();
    rows.text("id", order_ids.clone().map(|_| new_id()))
        .text("order_id", order_ids.clone())
        .text("kind", order_ids.clone().map(|_| kind.as_str()))
        .int("at", order_ids.clone().map(|_| now));
    if actor.is_some() {
        rows.maybe_text("actor", order_ids.map(|_| actor));
    }
    Sql::insert(dialect, "order_events", rows)
}

/// Who looks at a time line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Sees no names of the staff and nothing they wrote for each other.
    Shopper,
    Staff,
}

impl Audience {
    const fn sees(self, kind: EventKind) -> bool {
        match self {
            Self::Staff => true,
            Self::Shopper => !matches!(
                kind,
                EventKind::Note
                    | EventKind::RefundFailed
                    | EventKind::RefundByBank
                    | EventKind::Tracking
                    | EventKind::Received
                    | EventKind::Disputed
                    | EventKind::DisputeWon
                    | EventKind::DisputeLost
            ),
        }
    }
}

/// An order's events, oldest first.
pub async fn of_order(db: &Store, order_id: &str, audience: Audience) -> Result<Vec<OrderEvent>> {
    let mut events = of_orders(db, &[order_id], audience).await?;
    Ok(events.remove(order_id).unwrap_or_default())
}

/// The same of many orders, by their ids.
pub async fn of_orders(
    db: &Store,
    order_ids: &[&str],
    audience: Audience,
) -> Result<HashMap<String, Vec<OrderEvent>>> {
    let mut sql = Sql::new(
        "SELECT e.order_id, e.kind, e.actor, e.at, e.text, r.amount_minor, \
         r.status AS refund_status FROM order_events e \
         LEFT JOIN refunds r ON r.id = e.refund_id WHERE e.order_id",
    );
    // Ids sort by time within a millisecond's events.
    sql.one_or_among(db.dialect(), order_ids)
        .push(" ORDER BY e.at, e.id");
    let read: Vec<Happened> = sql.fetch_all_as(db.reader()).await?;
    let mut events: HashMap<String, Vec<OrderEvent>> = HashMap::new();
    let seen = read.into_iter().filter(|one| audience.sees(one.event.kind));
    for Happened { order_id, event } in seen {
        let event = match audience {
            Audience::Staff => event,
            Audience::Shopper => OrderEvent {
                actor: None,
                text: String::new(),
                ..event
            },
        };
        events.entry(order_id).or_default().push(event);
    }
    Ok(events)
}

struct Happened {
    order_id: String,
    event: OrderEvent,
}

from_row!(Happened {
    order_id,
    event: row,
});

from_row!(OrderEvent {
    kind,
    at,
    actor,
    text,
    amount_minor,
    refund_status,
});
