//! What payment providers tell by themselves.

use http::HeaderMap;

use super::CheckoutService;
use crate::{
    error::Result,
    orders::{
        attempts, disputes,
        refund::{failed, pay_back::note_sent},
    },
    payment::{
        events::{Effect, Event},
        port::{About, HookError, Notice, Provider},
    },
};

/// What became of what was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hook {
    /// It has had its effect, now or before.
    Taken,
    /// There is no such provider.
    Unknown,
    /// It is not the provider's, or not of this time; nothing was written.
    Refused(HookError),
}

impl CheckoutService {
    /// Takes what was sent to `/hooks/{name}`. After an error the provider sends it again.
    pub async fn take_hook(&self, name: &str, headers: &HeaderMap, body: &[u8]) -> Result<Hook> {
        let provider = self.payments.by_method(name);
        let Some(provider) = provider.and_then(|known| known.provider()) else {
            return Ok(Hook::Unknown);
        };
        let notice = match provider.read_hook(headers, body, self.clock.now()) {
            Ok(notice) => notice,
            Err(error) => return Ok(Hook::Refused(error)),
        };
        let body = String::from_utf8_lossy(body);
        let event = Event {
            provider: name,
            id: &notice.id,
            kind: &notice.kind,
            body: &body,
        };
        if !event.is_known(&self.db).await? {
            self.take_notice(provider, &notice, event).await?;
        }
        Ok(Hook::Taken)
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
                let order_id = match attempt {
                    Some(attempt) => Some(attempt.order_id.clone()),
                    None => attempts::order_of(&self.db, event.provider, reference).await?,
                };
                let Some(order_id) = order_id else {
                    return event.keep_alone(&self.db, now, None, Effect::Foreign).await;
                };
                // The order's look is at its last attempt alone.
                if let Some(attempt) = attempt
                    && let Some(paid_by) = self.payments.by_method(event.provider)
                {
                    paid_by.end_earlier(&order_id, attempt.attempt).await?;
                }
                self.take_in(now, &order_id, Some(event)).await?;
                Ok(())
            }
            About::Refund { reference } => {
                let Some(order_id) = attempts::order_at(&self.db, provider, reference).await?
                else {
                    return event.keep_alone(&self.db, now, None, Effect::Foreign).await;
                };
                if let Some(paid_by) = self.payments.by_method(event.provider) {
                    paid_by.return_other_sums(&order_id).await?;
                }
                // Of a payment that nobody has told of, nothing can have gone back.
                if !attempts::is_charged(&self.db, &order_id).await? {
                    self.take_in(now, &order_id, None).await?;
                }
                failed::look(&self.db, &self.payments, now, &order_id, Some(event)).await
            }
            About::Dispute(told) => {
                let Some(order_id) =
                    attempts::order_at(&self.db, provider, &told.reference).await?
                else {
                    return event.keep_alone(&self.db, now, None, Effect::Foreign).await;
                };
                // The event may be old.
                let dispute = provider.dispute(&told.id).await?;
                note_sent(&self.db, &self.payments, now, &order_id).await?;
                let of = (event.provider, order_id.as_str());
                disputes::note(&self.db, now, of, &dispute, Some(event)).await
            }
            About::Other => event.keep_alone(&self.db, now, None, Effect::Nothing).await,
        }
    }
}
