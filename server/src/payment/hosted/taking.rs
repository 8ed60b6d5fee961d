//! What was set aside and what was taken: it is captured, let go of or sent back.

use app::orders::types::OrderStatus;

use super::{
    Hosted,
    attempts::{Tried, Which},
    card_of,
    fate::Decided,
    interrupted, not_yet,
};
use crate::{
    brakes::CardStanding,
    buyer_limits::cards::{Admission, admit},
    payment::{
        Charge, Decline, ProviderError,
        port::{Payment, PaymentState},
    },
};

impl Hosted {
    /// The attempt whose money can go back.
    pub(super) async fn charged_try(&self, order_id: &str) -> Result<Tried, ProviderError> {
        let tried = self.tried(order_id, Which::Charged).await;
        tried.map_err(interrupted)?.ok_or_else(|| {
            let message = format!("order {order_id} has no payment that could be refunded");
            ProviderError::Refused {
                code: "no_payment".to_owned(),
                message,
            }
        })
    }

    /// What was taken, if it is what the order costs.
    async fn charged(&self, tried: &Tried, payment: &Payment) -> Result<Charge, ProviderError> {
        let is_all =
            payment.captured.minor == tried.total_minor && payment.currency == tried.currency;
        match (is_all, tried.reference()) {
            (true, Some(reference)) => Ok(Charge::Captured {
                reference: reference.to_owned(),
            }),
            _ => self.return_other_sum(tried, payment).await,
        }
    }

    /// What was taken before anybody has looked.
    pub(super) async fn taken(
        &self,
        tried: &Tried,
        payment: &Payment,
    ) -> Result<Charge, ProviderError> {
        let noted = self.note_taken(tried, payment).await;
        noted.map_err(interrupted)?;
        self.charged(tried, payment).await
    }

    /// Whether as much may be bought with this card.
    async fn admission(
        &self,
        tried: &Tried,
        payment: &Payment,
    ) -> Result<Admission, ProviderError> {
        match card_of(payment).zip(tried.card_key.as_deref()) {
            Some((card, key)) => {
                let of = (tried.order_id.as_str(), tried.attempt);
                let admission = admit(&self.db, self.clock.now(), of, key, card).await;
                admission.map_err(interrupted)
            }
            // The card is not known, or nothing is limited.
            None => Ok(Admission::Within),
        }
    }

    /// Captures what is set aside while the order holds its units.
    pub(super) async fn take_held(
        &self,
        tried: &Tried,
        payment: &Payment,
    ) -> Result<Charge, ProviderError> {
        let reference = tried.reference().unwrap_or_default();
        if tried.status != OrderStatus::PendingPayment {
            return self.void_of_ended(tried).await;
        }
        let total = tried.total();
        if payment.authorised.minor != total.minor || payment.currency != total.currency {
            let (minor, currency) = (payment.authorised.minor, &payment.currency);
            let error = tried.other_amount("set aside", minor, currency);
            tracing::error!(%error, "it is let go");
            return self.wait_for_another(tried).await;
        }
        if let Some(card) = card_of(payment)
            && self.brakes.standing_of_card(card).await == CardStanding::Braked
        {
            let noted = self.note_authorised(tried, payment).await;
            noted.map_err(interrupted)?;
            return self.wait_for_another(tried).await;
        }
        if self.admission(tried, payment).await? == Admission::Over {
            let noted = self.note_authorised(tried, payment).await;
            noted.map_err(interrupted)?;
            return match self.provider.void(reference).await?.state {
                PaymentState::Voided => Ok(Charge::Declined {
                    reason: Decline::SameCard,
                }),
                PaymentState::Captured
                | PaymentState::Open
                | PaymentState::Processing
                | PaymentState::Authorised => Err(not_yet("the payment is not given up yet")),
            };
        }
        // Last: nothing that takes time comes between this and the capture.
        let decided = self.decide(tried, payment).await;
        let may_capture = match decided.map_err(interrupted)? {
            Decided::Capture(may_capture) => may_capture,
            Decided::Release => return self.wait_for_another(tried).await,
            Decided::Void => return self.void_of_ended(tried).await,
        };
        let captured = self.capture_now(may_capture).await?;
        match captured.state {
            PaymentState::Captured => self.charged(tried, &captured).await,
            PaymentState::Voided => self.let_go(tried).await,
            PaymentState::Open | PaymentState::Processing | PaymentState::Authorised => {
                Ok(Charge::Awaited)
            }
        }
    }

    /// Lets go of what is set aside for an order that does not wait for it any more.
    async fn void_of_ended(&self, tried: &Tried) -> Result<Charge, ProviderError> {
        let reference = tried.reference().unwrap_or_default();
        let voided = self.provider.void(reference).await?;
        match voided.state {
            PaymentState::Captured => self.charged(tried, &voided).await,
            PaymentState::Open | PaymentState::Processing | PaymentState::Authorised => {
                Err(not_yet("the payment is not given up yet"))
            }
            PaymentState::Voided => Ok(Charge::Declined {
                reason: Decline::Abandoned,
            }),
        }
    }
}
