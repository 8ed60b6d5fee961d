//! Payments that come in at the same moment are noted in one transaction.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use app::orders::{payment::PaymentStatus, types::OrderStatus};
use async_trait::async_trait;

use super::{
    PaidOutcome, mark_paid_by, noted,
    turns::{Turn, Turns},
};
use crate::{
    clock::Clock,
    db::{Dialect, FromRow as _, PlacingTx, Rows, Sql, Transaction, from_row},
    error::{Error, Result},
    orders::{
        attempts::{self, Captured},
        money::{Whereabouts, count},
        step,
    },
    outbox::{Mail, queueing},
    payment::{
        Charge,
        events::{Effect, Event, OwnedEvent, keeping},
    },
    store::Store,
    together::{Together, Work},
};

/// Takes payments in.
#[derive(Clone)]
pub struct PaymentNotes {
    together: Together<Notes>,
    turns: Turns,
}

struct Notes {
    db: Store,
    clock: Arc<dyn Clock>,
}

#[derive(Debug, Clone)]
struct Payment {
    order_id: String,
    charge: Charge,
    status: PaymentStatus,
    reference: String,
    /// What told of it.
    event: Option<OwnedEvent>,
}

impl Payment {
    /// Whether it has to go back. That is seldom, and noted by itself.
    fn came_late(&self, outcome: PaidOutcome) -> bool {
        outcome == PaidOutcome::Cancelled && self.status == PaymentStatus::Captured
    }
}

impl PaymentNotes {
    pub fn new(db: Store, clock: Arc<dyn Clock>) -> Self {
        Self {
            together: Together::new(Notes { db, clock }),
            turns: Turns::default(),
        }
    }

    /// Waits for who takes the payment of an order in at this moment.
    pub async fn turn_of(&self, order_id: &str) -> Turn {
        self.turns.of(order_id).await
    }

    /// Notes a payment as [`mark_paid`](super::mark_paid) does, with all others of this moment.
    pub async fn mark_paid(&self, order_id: &str, charge: &Charge) -> Result<PaidOutcome> {
        self.mark_paid_by(order_id, charge, None).await
    }

    /// The same with the provider's event that told of it, which is kept in the same transaction.
    pub async fn mark_paid_by(
        &self,
        order_id: &str,
        charge: &Charge,
        event: Option<Event<'_>>,
    ) -> Result<PaidOutcome> {
        let Some((status, reference)) = noted(order_id, charge)? else {
            return Ok(PaidOutcome::Cancelled);
        };
        let payment = Payment {
            order_id: order_id.to_owned(),
            charge: charge.clone(),
            status,
            reference: reference.to_owned(),
            event: event.map(OwnedEvent::from),
        };
        self.together.ask(payment).await
    }
}

#[async_trait]
impl Work for Notes {
    type Request = Payment;
    type Answer = PaidOutcome;

    async fn all(&self, payments: Vec<Payment>) -> Result<Vec<Result<PaidOutcome>>> {
        let (dialect, now) = (self.db.dialect(), self.clock.now());
        let asked = payments.clone();
        let outcomes = match self.db.begin_by_key().await? {
            PlacingTx::Alone(tx) => {
                tx.aside(move |tx| async move { note(tx, dialect, now, &payments).await })
                    .await?
            }
            PlacingTx::Pipelined(tx) => note(tx, dialect, now, &payments).await?,
        };
        // The owner is told of what came too late. If that fails, the others are paid for all the same.
        let mut answers = Vec::with_capacity(outcomes.len());
        for (payment, outcome) in asked.into_iter().zip(outcomes) {
            answers.push(match payment.came_late(outcome) {
                true => self.one(payment).await,
                false => Ok(outcome),
            });
        }
        Ok(answers)
    }

    async fn one(&self, payment: Payment) -> Result<PaidOutcome> {
        let now = self.clock.now();
        let event = payment.event.as_ref().map(OwnedEvent::event);
        mark_paid_by(&self.db, now, &payment.order_id, &payment.charge, event).await
    }
}

/// An order that is there.
struct Known {
    id: String,
    status: OrderStatus,
    cart_id: String,
    created_at: i64,
}

from_row!(Known {
    id,
    status,
    cart_id,
    created_at
});

async fn note(
    mut tx: impl Transaction,
    dialect: Dialect,
    now: i64,
    payments: &[Payment],
) -> Result<Vec<PaidOutcome>> {
    let known = tx.run(locking(dialect, payments)).await?;
    let known = known.last().map(|answer| answer.rows.as_slice());
    let known = known.unwrap_or_default().iter().map(|row| {
        let order = Known::from_row(row)?;
        Ok((order.id.clone(), order))
    });
    let known: BTreeMap<String, Known> = known.collect::<Result<_>>()?;

    let mut outcomes = Vec::with_capacity(payments.len());
    let mut paid: Vec<(&Payment, &Known)> = Vec::new();
    let mut taken = BTreeSet::new();
    for payment in payments {
        let order = known.get(&payment.order_id);
        outcomes.push(match order.map(|order| order.status) {
            Some(OrderStatus::Cancelled) => PaidOutcome::Cancelled,
            Some(
                OrderStatus::AwaitingConfirmation
                | OrderStatus::PendingPayment
                | OrderStatus::Paid
                | OrderStatus::Packed
                | OrderStatus::Shipped
                | OrderStatus::Delivered
                | OrderStatus::Refunded,
            )
            | None => PaidOutcome::Paid,
        });
        // Noting it twice is the same as once.
        if let Some(order) = order
            && order.status == OrderStatus::PendingPayment
            && taken.insert(&order.id)
        {
            paid.push((payment, order));
        }
    }
    let mut statements = taking(dialect, now, &paid);
    let steps = statements.len();
    if !paid.is_empty() {
        statements.extend(noting(dialect, now, &paid)?);
    }
    // An event is kept with its effect, so that of what came too late is not kept here.
    let all = payments.iter().zip(&outcomes);
    let told = all.filter(|(payment, outcome)| !payment.came_late(**outcome));
    let told = told.filter_map(|(payment, _)| {
        let event = payment.event.as_ref();
        event.map(|event| (event, payment.order_id.as_str()))
    });
    if told.clone().next().is_some() {
        statements.push(keeping(dialect, now, Effect::Settled, told));
    }
    if statements.is_empty() {
        tx.rollback().await?;
        return Ok(outcomes);
    }
    let answers = tx.run(statements).await?;
    let changed: u64 = answers.iter().take(steps).map(|took| took.changed).sum();
    if changed != paid.len() as u64 {
        return Err(Error::Invariant(format!(
            "{} orders waited for their payment, {changed} took it",
            paid.len()
        )));
    }
    tx.commit().await?;
    count(Whereabouts::Received, captured(&paid).count());
    Ok(outcomes)
}

/// Carts before orders, as where orders are cancelled, each kind in the order of its ids. The last tells of the
/// orders.
fn locking(dialect: Dialect, payments: &[Payment]) -> Vec<Sql> {
    let ids = || payments.iter().map(|payment| &payment.order_id);
    let mut orders = Sql::new("SELECT id, status, cart_id, created_at FROM orders WHERE id");
    orders.among(dialect, ids());
    orders.push(" ORDER BY id").push(dialect.for_update());
    match dialect {
        Dialect::Sqlite => vec![orders],
        Dialect::Postgres => vec![step::locking_carts(dialect, ids()), orders],
    }
}

fn captured<'a>(
    paid: &'a [(&'a Payment, &'a Known)],
) -> impl Iterator<Item = Captured<'a>> + Clone {
    let captured = paid
        .iter()
        .filter(|(payment, _)| payment.status == PaymentStatus::Captured);
    captured.map(|(payment, _)| Captured {
        order_id: &payment.order_id,
        reference: &payment.reference,
    })
}

/// The step of all these, a statement for each way in which they are paid for: together they change as many rows as there are
/// payments.
fn taking(dialect: Dialect, now: i64, paid: &[(&Payment, &Known)]) -> Vec<Sql> {
    let ways = PaymentStatus::ALL.into_iter().filter_map(|status| {
        let ids: Vec<&str> = paid
            .iter()
            .filter(|(payment, _)| payment.status == status)
            .map(|(payment, _)| payment.order_id.as_str())
            .collect();
        (!ids.is_empty()).then(|| step::taking_paid(dialect, now, status, ids))
    });
    ways.collect()
}

/// What goes with it, as [`super::settle`] does it for one.
fn noting(dialect: Dialect, now: i64, paid: &[(&Payment, &Known)]) -> Result<Vec<Sql>> {
    let ids = paid.iter().map(|(payment, _)| payment.order_id.as_str());
    let mut statements: Vec<Sql> = step::noting_paid(dialect, now, ids).into_iter().collect();
    if captured(paid).next().is_some() {
        statements.push(attempts::capturing(dialect, now, captured(paid)));
    }
    statements.push(ending_drafts(dialect, paid));
    let mails: Vec<Mail> = paid
        .iter()
        .map(|(payment, _)| Mail::OrderConfirmation {
            order_id: payment.order_id.clone(),
        })
        .collect();
    statements.extend(queueing(dialect, now, &mails)?);
    Ok(statements)
}

/// Of carts whose shoppers are not at the next checkout already.
fn ending_drafts(dialect: Dialect, paid: &[(&Payment, &Known)]) -> Sql {
    let carts = || paid.iter().map(|(_, order)| &order.cart_id);
    let mut rows = Rows::default();
    rows.text("cart", carts())
        .int("placed_at", paid.iter().map(|(_, order)| order.created_at));
    let mut sql =
        Sql::new("UPDATE carts SET checkout_key = NULL, draft = NULL, draft_at = NULL FROM ");
    sql.given(dialect, rows)
        .push(" AS t WHERE carts.id = t.cart AND carts.draft_at <= t.placed_at")
        .and_among(dialect, "carts.id", carts());
    sql
}

#[cfg(test)]
mod tests {
    use super::*;

    fn payment(status: PaymentStatus) -> Payment {
        Payment {
            order_id: "order".to_owned(),
            charge: Charge::Due,
            status,
            reference: String::new(),
            event: None,
        }
    }

    #[test]
    fn each_way_of_being_paid_for_is_a_step_of_its_own() {
        let payments = [
            payment(PaymentStatus::Captured),
            payment(PaymentStatus::Due),
            payment(PaymentStatus::Captured),
        ];
        let order = Known {
            id: "order".to_owned(),
            status: OrderStatus::PendingPayment,
            cart_id: "cart".to_owned(),
            created_at: 0,
        };
        let paid: Vec<(&Payment, &Known)> =
            payments.iter().map(|payment| (payment, &order)).collect();
        assert_eq!(taking(Dialect::Postgres, 0, &paid).len(), 2);
        assert!(taking(Dialect::Postgres, 0, &[]).is_empty());
    }
}
