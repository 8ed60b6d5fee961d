//! What payment providers tell by themselves.

use http::HeaderMap;

use super::CheckoutService;
use crate::{
    error::Result,
    orders::{attempts, disputes, take_in::take_in},
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
                take_in(&self.db, &self.payments, now, &order_id, Some(event)).await?;
                Ok(())
            }
            About::Dispute(told) => {
                let found = attempts::order_of(&self.db, event.provider, &told.reference).await?;
                let Some(order_id) = found else {
                    return event.keep_alone(&self.db, now, None, Effect::Foreign).await;
                };
                // The event may be old.
                let dispute = provider.dispute(&told.id).await?;
                disputes::note(&self.db, now, &order_id, &dispute, event).await
            }
            About::Other => event.keep_alone(&self.db, now, None, Effect::Nothing).await,
        }
    }
}
