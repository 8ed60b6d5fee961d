//! What is written of orders that end, but for what they hold: as many statements for many as for one.

use std::collections::{BTreeMap, BTreeSet};

use app::orders::{
    steps::Transition,
    types::{CancelReason, OrderStatus},
};

use super::{Cancelling, is_mailed, unclear_payment};
use crate::{
    db::{Dialect, Sql, Tx, from_row},
    error::{Error, Result},
    orders::{admin::audit_step, attempts, step, transfers},
    outbox::{Mail, queue_all},
};

/// An order that was ended.
pub(super) struct Ended {
    pub id: String,
    /// Where it came from. The cart may be gone.
    pub cart_id: String,
    pub how: Cancelling,
    step: Transition,
}

impl Ended {
    /// Orders of one way are ended by one statement.
    const fn way(&self) -> (Transition, CancelReason) {
        (self.step, self.how.reason)
    }
}

struct Locked {
    id: String,
    status: OrderStatus,
    cart_id: String,
}

from_row!(Locked {
    id,
    status,
    cart_id,
});

/// Ends those of these orders that can be ended so, and returns them in the order of their ids. Their carts are locked.
/// Nothing is written of the others.
pub(super) async fn end(
    tx: &mut Tx,
    dialect: Dialect,
    now: i64,
    orders: &BTreeMap<&str, Cancelling>,
    actor: Option<&str>,
) -> Result<Vec<Ended>> {
    let mut sql = Sql::new("SELECT id, status, cart_id FROM orders WHERE id");
    sql.among(dialect, orders.keys())
        .push(" ORDER BY id")
        .push(dialect.for_update());
    let locked: Vec<Locked> = sql.fetch_all_as(&mut **tx).await?;
    let mut ended = Vec::new();
    for Locked {
        id,
        status,
        cart_id,
    } in locked
    {
        let Some(how) = orders.get(id.as_str()).copied() else {
            continue;
        };
        let step = how.steps.iter().find(|step| step.from() == status);
        if let Some(step) = step.copied() {
            ended.push(Ended {
                id,
                cart_id,
                how,
                step,
            });
        }
    }
    if ended.is_empty() {
        return Ok(ended);
    }
    // What the staff has refunded in part is ended by refunding the rest.
    let refunded = refunded(tx, dialect, &ids(&ended)).await?;
    ended.retain(|order| !refunded.contains(&order.id));
    if ended.is_empty() {
        return Ok(ended);
    }
    take(tx, dialect, now, &ended).await?;
    let all = ids(&ended);
    let noted = step::noting_cancelled(dialect, now, all.iter().copied(), actor);
    noted.execute(&mut **tx).await?;
    let given_up = attempts::giving_up(dialect, now, all.iter().copied());
    given_up.execute(&mut **tx).await?;
    let unpaid: Vec<&str> = ended
        .iter()
        .filter(|order| order.step == Transition::CancelUnpaid)
        .map(|order| order.id.as_str())
        .collect();
    if !unpaid.is_empty() {
        transfers::owe_back(tx, dialect, unpaid).await?;
    }
    if let Some(actor) = actor {
        for order in &ended {
            audit_step(tx, now, actor, &order.id, order.step).await?;
        }
    }
    let mails: Vec<Mail> = ended
        .iter()
        .filter(|order| is_mailed(order.how.reason))
        .map(|order| Mail::OrderCancelled {
            order_id: order.id.clone(),
        })
        .collect();
    queue_all(tx, dialect, now, &mails).await?;
    Ok(ended)
}

fn ids(ended: &[Ended]) -> Vec<&str> {
    ended.iter().map(|order| order.id.as_str()).collect()
}

/// Those of these orders of which the staff has refunded something.
async fn refunded(tx: &mut Tx, dialect: Dialect, order_ids: &[&str]) -> Result<BTreeSet<String>> {
    let mut sql =
        Sql::new("SELECT DISTINCT order_id FROM refunds WHERE cause <> 'provider' AND order_id");
    sql.among(dialect, order_ids);
    let refunded: Vec<String> = sql.fetch_values(&mut **tx).await?;
    Ok(refunded.into_iter().collect())
}

/// Takes the steps of these orders, which are locked. What the provider has, or may have, is returned after this commits:
/// see `refund::pay_back`.
async fn take(tx: &mut Tx, dialect: Dialect, now: i64, ended: &[Ended]) -> Result<()> {
    let mut ways = Vec::new();
    for order in ended {
        if !ways.contains(&order.way()) {
            ways.push(order.way());
        }
    }
    for way in ways {
        let ids: Vec<&str> = ended
            .iter()
            .filter(|order| order.way() == way)
            .map(|order| order.id.as_str())
            .collect();
        let (all, (step, reason)) = (ids.len() as u64, way);
        let unclear = unclear_payment(reason);
        let taking = step::taking_cancelled(dialect, now, step, reason, unclear, ids);
        let taken = taking.execute(&mut **tx).await?;
        if taken != all {
            return Err(Error::Invariant(format!(
                "{all} orders could be cancelled, {taken} were"
            )));
        }
    }
    Ok(())
}
