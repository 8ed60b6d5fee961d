//! Taking in what a shopper paid at a provider's page. Webhooks, the shopper's way back and the look
//! that every node takes now and then all come here, so one that is lost costs time alone.

use app::orders::types::CancelReason;

use super::{
    attempts,
    cancel::{Restore, cancel_unpaid},
    paid::{PaidOutcome, PaymentNotes},
    refund::cancelled::settle_cancelled,
};
use crate::{
    error::{Error, Result},
    payment::{
        Charge, Decline, Payments,
        events::{Effect, Event},
        told::{Told, Which, told},
    },
    store::Store,
};

/// Within this time an order is not asked about twice by its own page, in milliseconds.
const LOOK_PAUSE_MS: i64 = 2_000;

/// What was found at the provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TakenIn {
    Paid,
    /// The order had ended: its money goes back.
    Returned,
    /// Nothing that could be taken, or not yet.
    Nothing,
}

/// Asks the provider of an order what was paid, takes it while the order holds its units, and notes
/// it, with others that come in at the same moment. Safe to repeat.
pub async fn take_in(
    db: &Store,
    payments: &Payments,
    notes: &PaymentNotes,
    now: i64,
    order_id: &str,
) -> Result<TakenIn> {
    let _turn = notes.turn_of(order_id).await;
    match told(db, Which::LastOf(order_id), None).await? {
        Some(order) => take_in_told(db, payments, notes, now, &order, None).await,
        None => Ok(TakenIn::Nothing),
    }
}

/// The same of a payment that `event` tells of, which is kept with its effect. It was read in the order's turn, which goes
/// on.
pub async fn take_in_told(
    db: &Store,
    payments: &Payments,
    notes: &PaymentNotes,
    now: i64,
    order: &Told,
    event: Option<Event<'_>>,
) -> Result<TakenIn> {
    if order.is_kept {
        return Ok(TakenIn::Nothing);
    }
    let order_id = order.order_id.as_str();
    if order.is_taken() {
        keep(db, now, order_id, event, Effect::Nothing).await?;
        return Ok(TakenIn::Paid);
    }
    let provider = payments.by_method(&order.payment_method).ok_or_else(|| {
        let method = &order.payment_method;
        Error::Invariant(format!("there is no payment provider {method:?}"))
    })?;
    // Of one without a page there is nothing to ask.
    if provider.provider().is_none() {
        keep(db, now, order_id, event, Effect::Nothing).await?;
        return Ok(TakenIn::Nothing);
    }
    let charge = provider.take(order).await?;
    match charge {
        Charge::Captured { .. } => {}
        Charge::Declined {
            reason: Decline::SameCard,
        } => {
            let (reason, restore) = (CancelReason::CardLimit, Restore::Nothing);
            cancel_unpaid(db, now, order_id, reason, restore).await?;
            keep(db, now, order_id, event, Effect::Settled).await?;
            return Ok(TakenIn::Nothing);
        }
        Charge::Due | Charge::Awaited | Charge::Declined { .. } => {
            keep(db, now, order_id, event, Effect::Nothing).await?;
            return Ok(TakenIn::Nothing);
        }
    }
    match notes.mark_paid_by(order_id, &charge, event).await? {
        PaidOutcome::Paid => Ok(TakenIn::Paid),
        PaidOutcome::Cancelled => {
            let method = &order.payment_method;
            let settled = settle_cancelled(db, payments, now, order_id, method).await;
            settled.map_err(Error::after_effect)?;
            Ok(TakenIn::Returned)
        }
    }
}

/// The same for the shopper who comes back, unless someone has just asked.
pub async fn look(
    db: &Store,
    payments: &Payments,
    notes: &PaymentNotes,
    now: i64,
    order_id: &str,
) -> Result<TakenIn> {
    match attempts::claim_look(db, now, order_id, now - LOOK_PAUSE_MS).await? {
        true => take_in(db, payments, notes, now, order_id).await,
        false => Ok(TakenIn::Nothing),
    }
}

async fn keep(
    db: &Store,
    now: i64,
    order_id: &str,
    event: Option<Event<'_>>,
    effect: Effect,
) -> Result<()> {
    match event {
        Some(event) => event.keep_alone(db, now, Some(order_id), effect).await,
        None => Ok(()),
    }
}
