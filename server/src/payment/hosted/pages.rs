//! Pages that shoppers pay at: beginning one, and the next after one that was given up.

use super::{
    Hosted,
    attempts::{Noted, Tried},
    fate::Release,
    interrupted, not_yet,
};
use crate::{
    buyer_limits::cards::give_back,
    payment::{
        Charge, Decline, ProviderError, Start, ToPay,
        port::{Attempt, AttemptId, Begun, PaymentState},
    },
};

/// An attempt whose page was not begun within this time is given up for the next one, in milliseconds. Providers
/// want a page to be open for a least time, and a repeat has to ask for the same end as the first: with Stripe that
/// leaves five minutes.
const BEGUN_WITHIN_MS: i64 = 4 * 60 * 1000;

fn ended() -> ProviderError {
    ProviderError::Refused {
        code: "order_ended".to_owned(),
        message: "the order does not wait for its payment any more".to_owned(),
    }
}

impl Hosted {
    /// The page of the last attempt while it is there, and not to be released; after that a new attempt's.
    async fn attempt(&self, order_id: &str) -> Result<Tried, ProviderError> {
        let tried = self.last(order_id).await?;
        let now = self.clock.now();
        let Some(reference) = tried.reference() else {
            // If there is a page, it was shown to nobody.
            return match now - tried.began_at < BEGUN_WITHIN_MS {
                true => Ok(tried),
                false => self.another(&tried).await,
            };
        };
        let is_open = tried.expires_at.is_none_or(|until| until > now);
        // Nobody is sent to a page that is to be released.
        if is_open && tried.release() == Release::NotWanted {
            return Ok(tried);
        }
        let voided = self.provider.void(reference).await?;
        match voided.state {
            PaymentState::Voided => {
                self.count_declines(&tried, &voided).await;
                self.forget_card(&tried).await?;
                self.another(&tried).await
            }
            PaymentState::Open
            | PaymentState::Processing
            | PaymentState::Authorised
            | PaymentState::Captured => Err(not_yet("the attempt before is being paid")),
        }
    }

    /// The attempt after one that was given up.
    async fn another(&self, tried: &Tried) -> Result<Tried, ProviderError> {
        match self.next(tried).await.map_err(interrupted)? {
            Noted::Written | Noted::AttemptEnded => self.last(&tried.order_id).await,
            Noted::OrderEnded => Err(ended()),
        }
    }

    /// The order may be paid with another card: this one is not its buyer's any more.
    pub(super) async fn forget_card(&self, tried: &Tried) -> Result<(), ProviderError> {
        give_back(&self.db, (&tried.order_id, tried.attempt))
            .await
            .map_err(interrupted)
    }

    /// What was set aside is not any more, so nothing can be taken of it. While the order waits it is paid with the
    /// next attempt: nobody is sent to a page that has ended.
    pub(super) async fn let_go(&self, tried: &Tried) -> Result<Charge, ProviderError> {
        self.forget_card(tried).await?;
        self.next(tried).await.map_err(interrupted)?;
        Ok(Charge::Declined {
            reason: Decline::Abandoned,
        })
    }

    /// Takes nothing of what cannot be taken now, such as of a card that was declined too often lately. The order goes
    /// on waiting, to be paid with another.
    pub(super) async fn wait_for_another(&self, tried: &Tried) -> Result<Charge, ProviderError> {
        let reference = tried.reference().unwrap_or_default();
        let voided = self.provider.void(reference).await?;
        match voided.state {
            PaymentState::Voided => {
                // Until then they may have gone on trying.
                self.count_declines(tried, &voided).await;
                self.forget_card(tried).await?;
                self.next(tried).await.map_err(interrupted)?;
                Ok(Charge::Awaited)
            }
            PaymentState::Captured => self.taken(tried, &voided).await,
            PaymentState::Open | PaymentState::Processing | PaymentState::Authorised => {
                Err(not_yet("the payment is not given up yet"))
            }
        }
    }

    /// Starts paying, or goes on with what was started.
    pub(super) async fn begin_page(&self, order: ToPay<'_>) -> Result<Start, ProviderError> {
        let tried = self.attempt(order.order_id).await?;
        if tried.reference().is_some() {
            return Ok(match tried.url {
                Some(url) => Start::Page { url },
                None => Start::Charge,
            });
        }
        let attempt = Attempt {
            id: AttemptId {
                order_id: tried.order_id.clone(),
                attempt: u32::try_from(tried.attempt).map_err(interrupted)?,
            },
            order_number: tried.number.clone(),
            total: tried.total(),
            email: tried.email.clone(),
            return_url: order.return_url.to_owned(),
            cancel_url: order.cancel_url.to_owned(),
            began_at: tried.began_at,
            until: tried.placed_at + order.hold_ms,
            locale: Some(tried.language.clone()),
        };
        let begun = match self.provider.begin(&attempt).await {
            Ok(begun) => begun,
            Err(error) => {
                // Providers keep a failure under the attempt's name, so the next try has another. The
                // page that there may be was shown to nobody.
                if let ProviderError::Interrupted(_) = error {
                    self.next(&tried).await.map_err(interrupted)?;
                }
                return Err(error);
            }
        };
        let (reference, start, until) = match begun {
            Begun::Settled(payment) => (payment.reference, Start::Charge, None),
            Begun::Awaited { reference } => (reference, Start::Awaited, None),
            Begun::Redirect {
                reference,
                url,
                until,
            } => (reference, Start::Page { url }, Some(until)),
        };
        let url = match &start {
            Start::Page { url } => Some(url.as_str()),
            Start::Charge | Start::Awaited => None,
        };
        let noted = self.note_page(&tried, &reference, url, until).await;
        let error = match noted.map_err(interrupted)? {
            Noted::Written => return Ok(start),
            Noted::AttemptEnded => interrupted("another attempt has begun"),
            Noted::OrderEnded => ended(),
        };
        self.provider.void(&reference).await?;
        Err(error)
    }
}
