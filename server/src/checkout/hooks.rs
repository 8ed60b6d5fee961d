//! What payment providers tell by themselves.

use http::HeaderMap;

use super::CheckoutService;
use crate::{
    error::Result,
    orders::{
        attempts, disputes,
        refund::{failed, pay_back::note_sent},
        take_in::take_in_told,
    },
    payment::{
        events::{Effect, Event, Named},
        port::{About, HookError, Notice, Provider},
        told::{Which, told},
    },
};

/// Why what was sent is not taken. Nothing was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hook {
    /// There is no such provider.
    Unknown,
    /// It is not the provider's, or not of this time.
    Refused(HookError),
}

impl CheckoutService {
    /// Whether what begins with these headers may be an event of `/hooks/{name}`. By this nothing of its body has to be
    /// read that is none.
    pub fn may_be_hook(&self, name: &str, headers: &HeaderMap) -> Result<(), Hook> {
        let provider = self.hooked(name).ok_or(Hook::Unknown)?;
        let told = provider.may_be_hook(headers, self.clock.now());
        told.map_err(Hook::Refused)
    }

    /// What was sent to `/hooks/{name}`, if its provider has signed it. Nobody else is asked for this, neither the database.
    pub fn read_hook(&self, name: &str, headers: &HeaderMap, body: &[u8]) -> Result<Notice, Hook> {
        let provider = self.hooked(name).ok_or(Hook::Unknown)?;
        let notice = provider.read_hook(headers, body, self.clock.now());
        notice.map_err(Hook::Refused)
    }

    fn hooked(&self, name: &str) -> Option<&dyn Provider> {
        self.payments.by_method(name)?.provider()
    }

    /// Takes what was read of `/hooks/{name}`. After an error the provider sends it again.
    pub async fn take_hook(&self, name: &str, notice: &Notice, body: &[u8]) -> Result<()> {
        let Some(provider) = self.hooked(name) else {
            return Ok(());
        };
        let body = String::from_utf8_lossy(body);
        let event = Event {
            provider: name,
            id: &notice.id,
            kind: &notice.kind,
            body: &body,
        };
        self.take_notice(provider, notice, event).await
    }

    async fn take_notice(
        &self,
        provider: &dyn Provider,
        notice: &Notice,
        event: Event<'_>,
    ) -> Result<()> {
        let now = self.clock.now();
        match &notice.about {
            About::Payment { reference, attempt } => {
                let provider = event.provider;
                let named = match attempt {
                    Some(attempt) => Named::Attempt(attempt),
                    None => Named::Money(reference),
                };
                // A payment is told of several times, and mostly the first is news alone.
                if event.keep_of_taken(&self.db, now, named).await? {
                    return Ok(());
                }
                let order_id = match attempt {
                    Some(attempt) => Some(attempt.order_id.clone()),
                    None => attempts::order_of(&self.db, provider, reference).await?,
                };
                let Some(order_id) = order_id else {
                    return event.keep_alone(&self.db, now, None, Effect::Foreign).await;
                };
                let (payments, notes) = (&self.payments, &self.payment_notes);
                // The one that is at it may take it.
                let _turn = notes.turn_of(&order_id).await;
                let which = Which::At { provider, named };
                let Some(order) = told(&self.db, which, Some(event)).await? else {
                    return event.keep_alone(&self.db, now, None, Effect::Foreign).await;
                };
                if order.is_kept {
                    return Ok(());
                }
                // The order's look is at its last attempt alone.
                if order.was_followed
                    && let Some(attempt) = attempt
                    && let Some(paid_by) = payments.by_method(provider)
                {
                    paid_by.end_earlier(&order_id, attempt.attempt).await?;
                }
                take_in_told(&self.db, payments, notes, now, &order, Some(event)).await?;
                Ok(())
            }
            About::Refund { reference } => {
                if event.is_known(&self.db).await? {
                    return Ok(());
                }
                let Some(order_id) = attempts::order_at(&self.db, provider, reference).await?
                else {
                    return event.keep_alone(&self.db, now, None, Effect::Foreign).await;
                };
                if let Some(paid_by) = self.payments.by_method(event.provider) {
                    paid_by.return_other_sums(&order_id).await?;
                }
                // Of a payment that nobody has told of, nothing can have gone back.
                if !attempts::is_charged(&self.db, &order_id).await? {
                    self.take_in(now, &order_id).await?;
                }
                failed::look(&self.db, &self.payments, now, &order_id, Some(event)).await
            }
            About::Dispute(notice) => {
                if event.is_known(&self.db).await? {
                    return Ok(());
                }
                let Some(order_id) =
                    attempts::order_at(&self.db, provider, &notice.reference).await?
                else {
                    return event.keep_alone(&self.db, now, None, Effect::Foreign).await;
                };
                // The event may be old.
                let dispute = provider.dispute(&notice.id).await?;
                note_sent(&self.db, &self.payments, now, &order_id).await?;
                let of = (event.provider, order_id.as_str());
                disputes::note(&self.db, now, of, &dispute, Some(event)).await
            }
            About::Other => event.keep_alone(&self.db, now, None, Effect::Nothing).await,
        }
    }
}
