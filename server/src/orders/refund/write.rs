//! Reading what a refund starts from, and writing it.

use std::collections::BTreeMap;

use app::orders::{
    payment::{PaymentStatus, RefundStatus},
    steps::Action,
    types::{EventKind, OrderStatus},
};
use desk::admin::orders::types::{Quote, Restock};

use super::{Bought, BoughtLine, Refunding};
use crate::{
    buyer_limits::back::give_back_units,
    db::{Connection, Dialect, FromRow, Tx, from_row},
    error::{Error, Result},
    orders::{
        attempts,
        events::{self, Event},
        give_back::{Cause, give_back},
        step,
        words::RefundCause,
    },
    store::ChangeSet,
};

/// An order as refunds see it.
#[derive(Debug, Clone)]
pub struct Stored {
    pub status: OrderStatus,
    pub currency: String,
    pub bought: Bought,
    /// How many refunds there were.
    pub refunds: i64,
    pub refunded_minor: i64,
    pub payment: PaymentStatus,
    amount_minor: i64,
}

pub async fn stored(connection: &mut Connection, order_id: &str) -> Result<Option<Stored>> {
    let row = sqlx::query(
        "SELECT o.status, o.currency, o.shipping_minor, o.payment_status, o.total_minor, \
         o.refunded_minor, \
         (SELECT COUNT(*) FROM refunds r WHERE r.order_id = o.id) AS refunds, \
         CAST(COALESCE((SELECT SUM(r.shipping_minor + r.elsewhere_shipping_minor) FROM refunds r \
           WHERE r.order_id = o.id), 0) AS BIGINT) AS shipping_refunded, \
         CAST(COALESCE((SELECT SUM(CASE WHEN r.cause = 'provider' THEN r.amount_minor ELSE 0 END \
           - r.elsewhere_minor) FROM refunds r WHERE r.order_id = o.id), 0) AS BIGINT) \
           AS elsewhere_left \
         FROM orders o WHERE o.id = $1",
    )
    .bind(order_id)
    .fetch_optional(&mut *connection)
    .await?;
    let Some(order) = row.as_ref().map(Order::from_row).transpose()? else {
        return Ok(None);
    };
    let lines = sqlx::query(
        "SELECT variant_id, unit_price_minor, quantity, refunded FROM order_lines \
         WHERE order_id = $1 ORDER BY position",
    )
    .bind(order_id)
    .fetch_all(&mut *connection)
    .await?
    .iter()
    .map(BoughtLine::from_row)
    .collect::<Result<_>>()?;
    Ok(Some(Stored {
        status: order.status,
        currency: order.currency,
        bought: Bought {
            lines,
            shipping_left_minor: order.shipping_minor - order.shipping_refunded,
            elsewhere_left_minor: order.elsewhere_left,
        },
        refunds: order.refunds,
        refunded_minor: order.refunded_minor,
        payment: order.payment_status,
        amount_minor: order.total_minor,
    }))
}

/// Its row, with what was refunded before.
struct Order {
    status: OrderStatus,
    currency: String,
    shipping_minor: i64,
    shipping_refunded: i64,
    elsewhere_left: i64,
    refunds: i64,
    refunded_minor: i64,
    payment_status: PaymentStatus,
    total_minor: i64,
}

from_row!(Order {
    status,
    currency,
    shipping_minor,
    shipping_refunded,
    elsewhere_left,
    refunds,
    refunded_minor,
    payment_status,
    total_minor,
});

from_row!(BoughtLine {
    unit_price_minor,
    quantity,
    refunded,
    variant_id,
});

/// A refund that is worked out and about to be written, with the order locked.
pub struct RefundWrite<'a> {
    pub id: &'a str,
    pub now: i64,
    pub refunding: Refunding<'a>,
    pub order: &'a Stored,
    pub quote: &'a Quote,
}

impl RefundWrite<'_> {
    pub async fn write(&self, tx: &mut Tx, dialect: Dialect) -> Result<ChangeSet> {
        let Self { id, now, quote, .. } = *self;
        let Refunding {
            order_id,
            actor,
            request,
            ..
        } = self.refunding;
        self.note_refund(tx).await?;
        let event = Event {
            actor: Some(actor),
            text: &request.note,
            refund_id: Some(id),
            form_key: self.refunding.form_key,
            ..Event::new(EventKind::Refund)
        };
        events::record(tx, now, order_id, &event).await?;
        self.take_off(tx).await?;
        let changes = self.lines(tx, dialect).await?;
        if quote.ends_order
            && let Some(last) = Action::Refund.on(self.order.status)
            && !step::take(tx, now, order_id, last, Some(actor)).await?
        {
            return Err(Error::Invariant(format!(
                "order {order_id} moved on under its lock"
            )));
        }
        Ok(changes)
    }

    /// What was not paid yet need not go back: it is taken off what is due.
    fn status(&self) -> RefundStatus {
        let is_due = self.order.payment == PaymentStatus::Due;
        match (is_due, self.quote.amount_minor, self.quote.elsewhere_minor) {
            (true, ..) | (false, 0, 0) => RefundStatus::Waived,
            (false, 0, _) => RefundStatus::Returned,
            (false, ..) => RefundStatus::Owed,
        }
    }

    /// What of the price of delivery had gone back at the provider: goods come first.
    fn elsewhere_shipping_minor(&self) -> i64 {
        (self.quote.elsewhere_minor - self.quote.goods_minor).max(0)
    }

    async fn note_refund(&self, tx: &mut Tx) -> Result<()> {
        let refunding = &self.refunding;
        sqlx::query(
            "INSERT INTO refunds (id, order_id, number, cause, status, amount_minor, \
             shipping_minor, elsewhere_minor, elsewhere_shipping_minor, restock, note, actor, \
             created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        )
        .bind(self.id)
        .bind(refunding.order_id)
        .bind(refunding.number)
        .bind(RefundCause::Staff.as_str())
        .bind(self.status().as_str())
        .bind(self.quote.amount_minor)
        .bind(self.quote.shipping_minor - self.elsewhere_shipping_minor())
        .bind(self.quote.elsewhere_minor)
        .bind(self.elsewhere_shipping_minor())
        .bind(i64::from(refunding.request.restock == Restock::ToStock))
        .bind(&refunding.request.note)
        .bind(refunding.actor)
        .bind(self.now)
        .execute(&mut **tx)
        .await?;
        Ok(())
    }

    /// More than was paid breaks a check of the table.
    async fn take_off(&self, tx: &mut Tx) -> Result<()> {
        let refunded = self.order.refunded_minor + self.quote.amount_minor;
        let status = match self.order.payment {
            PaymentStatus::Due if refunded == self.order.amount_minor => PaymentStatus::Voided,
            as_before => as_before,
        };
        let order_id = self.refunding.order_id;
        sqlx::query("UPDATE orders SET refunded_minor = $1, payment_status = $2 WHERE id = $3")
            .bind(refunded)
            .bind(status.as_str())
            .bind(order_id)
            .execute(&mut **tx)
            .await?;
        attempts::refund(tx, self.now, order_id, self.quote.amount_minor).await
    }

    async fn lines(&self, tx: &mut Tx, dialect: Dialect) -> Result<ChangeSet> {
        let order_id = self.refunding.order_id;
        let mut back = BTreeMap::new();
        for (at, units) in &self.quote.units {
            let line = &self.order.bought.lines[*at];
            let position = i64::try_from(*at).unwrap_or(i64::MAX);
            sqlx::query(
                "INSERT INTO refund_lines (refund_id, order_id, position, quantity, amount_minor) \
                 VALUES ($1, $2, $3, $4, $5)",
            )
            .bind(self.id)
            .bind(order_id)
            .bind(position)
            .bind(*units)
            .bind(line.unit_price_minor * units)
            .execute(&mut **tx)
            .await?;
            let mut restocked = 0;
            if self.refunding.request.restock == Restock::ToStock
                && let Some(variant_id) = &line.variant_id
            {
                restocked = *units;
                *back.entry(variant_id.clone()).or_default() += units;
            }
            sqlx::query(
                "UPDATE order_lines SET refunded = refunded + $1, restocked = restocked + $2 \
                 WHERE order_id = $3 AND position = $4",
            )
            .bind(*units)
            .bind(restocked)
            .bind(order_id)
            .bind(position)
            .execute(&mut **tx)
            .await?;
        }
        let (now, actor) = (self.now, Some(self.refunding.actor));
        let cause = Cause::Refund(self.id);
        give_back_units(tx, order_id, &back).await?;
        give_back(tx, dialect, now, order_id, actor, cause, &back).await
    }
}
