//! Orders: placing, paying, cancelling, reading.

pub mod admin;
mod arrivals;
pub mod attempts;
pub mod awaiting;
pub mod cancel;
pub mod check;
pub mod confirm;
pub mod details;
pub mod disputes;
pub mod events;
pub mod forget;
pub mod fulfilment;
mod give_back;
mod history;
pub mod list;
mod looks;
pub mod method_names;
mod money;
pub mod on_delivery;
pub mod other_sums;
pub mod own;
mod owner;
pub mod paid;
mod payment_desk;
pub mod placement;
mod promise;
pub mod read;
pub mod refund;
pub mod resend;
pub mod search;
pub mod short_numbers;
pub mod step;
pub mod sums;
pub mod take_in;
mod transfers;
pub(crate) mod text {
    include!(concat!(env!("OUT_DIR"), "/orders_text.rs"));
}
pub mod words;

use std::sync::Arc;

use app::{
    answers::Stretch,
    error::{ErrorKind, ShopError, ShopResult},
    identity::Account,
    locale::locale,
    orders::{
        ports::{OrderFilter, Orders},
        steps::Action,
        types::{Confirmation, Order, OrderRow, OrderStatus},
    },
};
use async_trait::async_trait;
use text::Text;

use crate::{
    clock::Clock,
    ids::{is_id, is_secret, order_number},
    orders::{
        cancel::Cancellations, paid::PaymentNotes, placement::batch::ExistingOrder,
        refund::cancelled::settle_cancelled, transfers::TransferNotes,
    },
    payment::Payments,
    store::Store,
    text::email_key,
};

pub struct OrderService {
    db: Store,
    /// On the connections of the back office, for all that only the staff asks for.
    staff_db: Store,
    clock: Arc<dyn Clock>,
    payments: Payments,
    payment_notes: PaymentNotes,
    cancellations: Cancellations,
    transfers: TransferNotes,
}

impl OrderService {
    /// `payment_notes` and `cancellations` are those of the checkout, so that what happens at one moment is written
    /// together.
    pub fn new(
        db: Store,
        clock: Arc<dyn Clock>,
        payments: Payments,
        payment_notes: PaymentNotes,
        cancellations: Cancellations,
    ) -> Self {
        let staff_db = db.for_staff();
        let transfers = TransferNotes::new(staff_db.clone(), clock.clone());
        Self {
            db,
            staff_db,
            clock,
            payments,
            payment_notes,
            cancellations,
            transfers,
        }
    }

    /// Pays back an order that has just been cancelled. What the provider does not take now is tried again later.
    async fn pay_back(&self, db: &Store, now: i64, order: &Order) {
        let method = &order.payment_method;
        let settling = settle_cancelled(db, &self.payments, now, &order.id, method);
        if let Err(error) = self.payments.patiently(method, settling).await {
            tracing::error!(%error, order = %order.number, "a refund is owed and will be retried");
        }
    }
}

#[async_trait]
impl Orders for OrderService {
    async fn by_token(&self, token: &str) -> ShopResult<Order> {
        if !is_secret(token) {
            return Err(ShopError::not_found());
        }
        read::order(&self.db, read::Key::Token(token))
            .await?
            .ok_or_else(ShopError::not_found)
    }

    async fn is_of_guest(&self, id: &str) -> ShopResult<bool> {
        Ok(read::is_of_guest(&self.db, id).await?)
    }

    async fn returned(&self, token: &str) -> ShopResult<Order> {
        let order = read::by_token(&self.db, token).await?;
        let waits = |order: &ExistingOrder| order.status == OrderStatus::PendingPayment;
        let Some(order) = order.filter(waits) else {
            return self.by_token(token).await;
        };
        let now = self.clock.now();
        let (payments, notes) = (&self.payments, &self.payment_notes);
        let look = take_in::look(&self.db, payments, notes, now, &order.id);
        let taken = payments.patiently(&order.payment_method, look).await;
        if let Err(error) = taken {
            // It is looked at again without the shopper.
            tracing::warn!(%error, order = %order.number, "the provider was asked in vain");
        }
        self.by_token(token).await
    }

    async fn to_confirm(&self, token: &str) -> ShopResult<(Order, Confirmation)> {
        let id = confirm::order_of(&self.db, token).await?;
        let order = self.by_id(&id.ok_or_else(ShopError::not_found)?).await?;
        let state = order.confirmation(self.clock.now());
        Ok((order, state))
    }

    async fn confirm(&self, token: &str) -> ShopResult<Order> {
        let id = confirm::order_of(&self.db, token).await?;
        let id = id.ok_or_else(ShopError::not_found)?;
        let now = self.clock.now();
        let was_confirmed = confirm::confirm(&self.db, now, &id).await?;
        let order = self.by_id(&id).await?;
        if was_confirmed {
            return Ok(order);
        }
        let text = Text::from(locale());
        let words = match order.confirmation(now) {
            Confirmation::Confirmed => return Ok(order),
            Confirmation::Awaited | Confirmation::Lapsed => text.confirmed_too_late(),
            Confirmation::Cancelled => text.already_cancelled(),
        };
        Err(ShopError::new(ErrorKind::Conflict, words))
    }

    async fn look_up(&self, number: &str, email: &str) -> ShopResult<Order> {
        let order = match order_number(number) {
            Some(number) => read::order(&self.db, read::Key::Number(&number)).await?,
            None => None,
        };
        // The same answer for a wrong number and a wrong address: neither is confirmed.
        order
            .filter(|order| {
                // An erased order has no address to be found by.
                let known = &order.contact.email;
                !known.is_empty() && email_key(known) == email_key(email)
            })
            .ok_or_else(|| ShopError::field("number", Text::from(locale()).no_such_order()))
    }

    async fn by_id(&self, id: &str) -> ShopResult<Order> {
        if !is_id(id) {
            return Err(ShopError::not_found());
        }
        read::order(&self.db, read::Key::Id(id))
            .await?
            .ok_or_else(ShopError::not_found)
    }

    async fn list(&self, filter: &OrderFilter) -> ShopResult<Stretch<OrderRow>> {
        Ok(list::list(&self.staff_db, filter).await?)
    }

    async fn cancel(&self, actor: &Account, id: &str) -> ShopResult<Order> {
        let order = self.by_id(id).await?;
        if !order.allows(Action::Cancel) {
            return Err(admin::not_allowed(&order, Action::Cancel));
        }
        let now = self.clock.now();
        if !cancel::cancel_by_staff(&self.staff_db, now, id, &actor.email).await? {
            // Someone else was quicker, with this or with something else.
            return Err(admin::not_allowed(&self.by_id(id).await?, Action::Cancel));
        }
        self.pay_back(&self.staff_db, now, &order).await;
        self.by_id(id).await
    }
}
