//! Paying for an order that is written down.

use std::{sync::Arc, time::Duration};

use app::{
    checkout::types::Placed,
    error::{ErrorKind, ShopError, ShopResult},
    locale::{Language, locale, within},
    orders::types::{CancelReason, OrderStatus},
};
use futures_util::{StreamExt, future::Either, stream};
use tokio::time::Instant;

use super::{
    CheckoutService,
    paying::{Begun, hold_ms},
    text::Text,
};
use crate::{
    coordination::lock::{Waited, acquire},
    orders::{
        attempts,
        cancel::Restore,
        confirm,
        disputes::look_at_open,
        other_sums,
        paid::PaidOutcome,
        placement::batch::{ExistingOrder, Intent, Outcome},
        read::{self, OVERDUE, Overdue, pending_before},
        refund::{cancelled::settle_cancelled, failed::look_at_sent, owed::settle_owed},
        take_in::TakenIn,
    },
    payment::{
        Charge, Decline, PaymentProvider, ProviderError, Settlement,
        reach::{Part, Reach},
    },
};

/// The lock of the node that settles, and how long its turn may take.
const SETTLING: &str = "settling";
const TURN: Duration = Duration::from_secs(50);
/// How long a run ends orders that nobody has confirmed, before all that providers are asked for.
const LAPSING: Duration = Duration::from_secs(10);
/// Overdue orders that are ended at once: most of the time the payment provider is waited for.
const ENDED_AT_ONCE: usize = 8;

impl CheckoutService {
    /// Places an order and sees it through, also if the one who asked stops waiting: an order that is
    /// written down is not left between charge and note. What is refused is told in `language`.
    ///
    /// An order that is paid at the door is seen through by its batch. It is sent there before anything waits, so that
    /// it is in memory once.
    pub(super) fn place_and_settle(
        &self,
        intent: Intent,
        language: Language,
    ) -> impl Future<Output = ShopResult<Placed>> + Send {
        match intent.settlement {
            Settlement::OnDelivery => {
                let placing = self.queue.place(intent);
                Either::Left(within(language, async move {
                    match placing.await? {
                        Outcome::Refused(refusal) => Err(refusal.told()),
                        // A key of before, whose order was to be paid otherwise.
                        Outcome::Placed(order) if order.status == OrderStatus::PendingPayment => {
                            let service = self.clone();
                            let settling = async move { service.settle(order).await };
                            see_through(language, settling).await
                        }
                        Outcome::Placed(order) => told_of(order),
                    }
                }))
            }
            Settlement::Online | Settlement::Transfer => {
                let service = self.clone();
                Either::Right(see_through(language, async move {
                    match service.queue.place(intent).await? {
                        Outcome::Refused(refusal) => Err(refusal.told()),
                        Outcome::Placed(order) => service.settle(order).await,
                    }
                }))
            }
        }
    }

    /// Sees a standing order through to its end: paid, or given up with its units given back.
    ///
    /// The order's id is the provider's idempotency key, so a crash, a retry or a double submit
    /// at any point in here charges at most once.
    pub(super) async fn settle(&self, order: ExistingOrder) -> ShopResult<Placed> {
        if order.status != OrderStatus::PendingPayment {
            return told_of(order);
        }
        // What costs nothing needs no provider.
        if order.total_minor == 0 {
            let reference = String::new();
            return self.paid(order, Charge::Captured { reference }).await;
        }
        let provider = self.provider(&order.payment_method)?.clone();
        match self.begin(provider.as_ref(), &order).await? {
            None => {}
            Some(Begun::At(url)) => return Ok(order.payable_at(url)),
            Some(Begun::Later) => return Ok(order.placed()),
            Some(Begun::Away { seconds }) => return Ok(order.payable_after(seconds)),
            Some(Begun::Impossible) => {
                let words = Text::from(locale()).payment_failed();
                return self.give_up(order, declined(words)).await;
            }
            // No card was declined: that counts for nobody.
            Some(Begun::NotSetUp) => {
                let words = Text::from(locale()).method_fails();
                let refusal = ShopError::new(ErrorKind::Conflict, words);
                return self.give_up(order, refusal).await;
            }
        }
        match provider
            .charge(&order.id, order.total_minor, &order.payment_token)
            .await
        {
            Ok(Charge::Awaited) => Ok(order.placed()),
            Ok(Charge::Declined {
                reason: Decline::SameCard,
            }) => {
                let (reason, restore) = (CancelReason::CardLimit, Restore::Nothing);
                self.cancellations
                    .cancel_unpaid(&order.id, reason, restore)
                    .await?;
                Err(declined(Decline::SameCard.words()))
            }
            Ok(Charge::Declined { reason }) => self.give_up(order, declined(reason.words())).await,
            Ok(charge) => self.paid(order, charge).await,
            Err(error) => self.unclear(order, error).await,
        }
    }

    /// The provider of an order, also one that is not offered any more.
    fn provider(&self, method: &str) -> ShopResult<&Arc<dyn PaymentProvider>> {
        self.payments.by_method(method).ok_or_else(|| {
            tracing::error!(%method, "there is no payment provider of this name");
            ShopError::internal()
        })
    }

    async fn paid(&self, order: ExistingOrder, charge: Charge) -> ShopResult<Placed> {
        match self.payment_notes.mark_paid(&order.id, &charge).await? {
            PaidOutcome::Paid => Ok(ExistingOrder {
                status: OrderStatus::Paid,
                ..order
            }
            .placed()),
            // Cancelled while the card was being charged: the money goes back.
            PaidOutcome::Cancelled => {
                let method = &order.payment_method;
                let now = self.clock.now();
                let settled =
                    settle_cancelled(&self.db, &self.payments, now, &order.id, method).await;
                if let Err(error) = settled {
                    tracing::error!(%error, order = %order.number, "a refund is owed and will be retried");
                }
                Err(declined(Text::from(locale()).cancelled_meanwhile()))
            }
        }
    }

    async fn give_up(&self, order: ExistingOrder, refusal: ShopError) -> ShopResult<Placed> {
        let (why, restore) = (CancelReason::Declined, Restore::Cart);
        let ended = self.cancellations.cancel_unpaid(&order.id, why, restore);
        if ended.await? {
            return Err(refusal);
        }
        // Someone was quicker: it may be paid.
        let now = read::by_token(&self.db, &order.token).await?;
        match now.filter(|now| now.status != OrderStatus::Cancelled) {
            Some(now) => Ok(now.placed()),
            None => Err(refusal),
        }
    }

    /// The provider broke off: it is made to say whether it charged, or never to do so.
    async fn unclear(&self, order: ExistingOrder, error: ProviderError) -> ShopResult<Placed> {
        tracing::warn!(%error, order = %order.number, "a charge failed");
        let provider = self.provider(&order.payment_method)?;
        match provider.abandon(&order.id).await {
            Ok(Some(charge)) => self.paid(order, charge).await,
            Ok(None) => {
                let words = Text::from(locale()).payment_failed();
                self.give_up(order, declined(words)).await
            }
            Err(error) => {
                // The order is placed and waits; it is settled later, one way or the other.
                tracing::error!(%error, order = %order.number, "the outcome of a payment is unknown");
                Ok(order.placed())
            }
        }
    }
}

/// Goes on with it in a task of its own, and tells what came of it to the one who still waits.
fn see_through(
    language: Language,
    work: impl Future<Output = ShopResult<Placed>> + Send + 'static,
) -> impl Future<Output = ShopResult<Placed>> + Send {
    let seen_through = tokio::spawn(within(language, work));
    async move {
        seen_through.await.unwrap_or_else(|error| {
            tracing::error!(%error, "placing an order failed");
            Err(ShopError::internal())
        })
    }
}

/// What a shopper hears of an order for which nothing is to be done.
fn told_of(order: ExistingOrder) -> ShopResult<Placed> {
    match order.status {
        OrderStatus::Cancelled if order.was_declined => {
            Err(declined(Text::from(locale()).card_declined()))
        }
        OrderStatus::AwaitingConfirmation
        | OrderStatus::PendingPayment
        | OrderStatus::Paid
        | OrderStatus::Packed
        | OrderStatus::Shipped
        | OrderStatus::Delivered
        | OrderStatus::Cancelled
        | OrderStatus::Refunded => Ok(order.placed()),
    }
}

impl CheckoutService {
    /// Ends orders whose payment never came, so that their units are for sale again. The provider
    /// is asked first; what it did charge is noted as paid. Nodes take turns so as not to ask twice;
    /// should two do it at once, each step still takes effect once. Returns how many orders were ended.
    pub async fn settle_overdue(&self) -> crate::error::Result<usize> {
        let coordination = self.db.freshness().coordination();
        let turn = vec![SETTLING.to_owned()];
        match acquire(coordination, turn, TURN, Duration::ZERO).await {
            // Another node is at it.
            Waited::Busy => Ok(0),
            Waited::Unavailable => self.settle_each().await,
            Waited::Granted(lock) => {
                let settled = self.settle_each().await;
                lock.release().await;
                settled
            }
        }
    }

    async fn settle_each(&self) -> crate::error::Result<usize> {
        let now = self.clock.now();
        // Whatever comes faster than a run takes would wait for ever, so a run goes on until nothing is left.
        let (began, mut ended) = (Instant::now(), 0);
        loop {
            let lapsed = confirm::lapse(&self.db, &self.cancellations, now).await?;
            ended += lapsed;
            if lapsed == 0 || began.elapsed() >= LAPSING {
                break;
            }
        }
        // The shares of what follows count from here, and end within this node's turn.
        let reach = Reach::begin();
        settle_owed(&self.db, &self.payments, now, &reach).await?;
        look_at_sent(&self.db, &self.payments, now, &reach).await?;
        other_sums::look_at_open(&self.db, &self.payments, now, &reach).await?;
        self.look_at_waiting(&reach).await?;
        ended += self.end_all_overdue(now, &reach).await?;
        other_sums::tell(&self.db, now).await?;
        // Last: nothing waits for what banks decide.
        look_at_open(&self.db, &self.payments, now).await?;
        Ok(ended)
    }

    /// Ends what is overdue, some at once, until nothing is left or it has been enough. What cannot be ended now
    /// keeps nothing behind it from being ended.
    async fn end_all_overdue(&self, now: i64, reach: &Reach) -> crate::error::Result<usize> {
        let settings = self.settings.now().await?;
        let hold = hold_ms(&settings);
        let (mut ended, mut last) = (0, None);
        loop {
            let overdue = pending_before(&self.db, now, now - hold, last.as_ref()).await?;
            let is_all = overdue.len() < OVERDUE;
            last = overdue.last().cloned();
            ended += stream::iter(overdue)
                .map(|order| async move { self.end_one(&order, now, reach).await })
                .buffer_unordered(ENDED_AT_ONCE)
                .filter(|was_ended| std::future::ready(*was_ended))
                .count()
                .await;
            if is_all || reach.is_over(Part::Overdue) {
                return Ok(ended);
            }
        }
    }

    /// Whether it could be done.
    async fn end_one(&self, order: &Overdue, now: i64, reach: &Reach) -> bool {
        if reach.is_silent(&order.payment_method) {
            return false;
        }
        let Some(provider) = self.payments.by_method(&order.payment_method) else {
            return false;
        };
        let done = self.end_overdue(provider.as_ref(), &order.id, now).await;
        reach.note(&order.payment_method, &done);
        if let Err(error) = &done {
            tracing::error!(%error, order = %order.id, "an overdue order will be retried");
        }
        done.is_ok()
    }

    /// Sees an order to its end whose time is over. What was paid in time is taken although nobody
    /// told of it: until here the order holds its units.
    async fn end_overdue(
        &self,
        provider: &dyn PaymentProvider,
        order_id: &str,
        now: i64,
    ) -> crate::error::Result<()> {
        match self.take_in(now, order_id).await? {
            TakenIn::Paid | TakenIn::Returned => return Ok(()),
            TakenIn::Nothing => {}
        }
        let last = attempts::last(&self.db, order_id).await?;
        if let Some(charge) = provider.abandon(order_id).await? {
            self.payment_notes.mark_paid(order_id, &charge).await?;
            return Ok(());
        }
        let (reason, restore) = (CancelReason::Expired, Restore::Nothing);
        self.cancellations
            .cancel_unpaid(order_id, reason, restore)
            .await?;
        // The shopper may have gone to another page meanwhile, of the same attempt or the next: nobody is to pay
        // there any more. If that cannot be seen to now, the next run does.
        if attempts::last(&self.db, order_id).await? != last {
            attempts::reopen_cancelled(&self.db, now, order_id).await?;
            let method = provider.method();
            settle_cancelled(&self.db, &self.payments, now, order_id, method).await?;
        }
        Ok(())
    }
}

fn declined(reason: &str) -> ShopError {
    ShopError::new(ErrorKind::PaymentDeclined, reason)
}
