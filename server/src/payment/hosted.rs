//! Providers that shoppers pay at: finds what they call an order, and asks them about it.

mod attempts;

use std::sync::Arc;

use app::{
    checkout::types::{PaymentChoice, PaymentOffer},
    error::ShopError,
    locale::locale,
    orders::types::OrderStatus,
};
use async_trait::async_trait;
use attempts::{Noted, Tried, Which};

use super::{
    Charge, Decline, Hindrance, PaymentProvider, ProviderError, Refunded, Released, Settlement,
    Start, ToPay,
    port::{
        Attempt, AttemptId, Begun, Dispute, FaultCause, Money, Payment, PaymentState, Provider,
        RefundFault, RefundMade, RefundRequest, RefundState, Unfit,
    },
    text::Text,
};
use crate::{
    brakes::{BrakeService, CardStanding, PayerStanding},
    buyer_limits::cards::{Admission, admit, give_back},
    clock::Clock,
    store::Store,
};

/// An attempt whose page was not begun within this time is given up for the next one, in milliseconds. Providers
/// want a page to be open for a least time, and a repeat has to ask for the same end as the first: with Stripe that
/// leaves five minutes.
const BEGUN_WITHIN_MS: i64 = 4 * 60 * 1000;

/// A provider with pages of its own.
pub struct Hosted {
    provider: Arc<dyn Provider>,
    db: Store,
    clock: Arc<dyn Clock>,
    brakes: BrakeService,
}

fn interrupted(error: impl std::fmt::Display) -> ProviderError {
    ProviderError::Interrupted(error.to_string())
}

/// A bank is at it: that is an answer, if not the last.
fn not_yet(words: &str) -> ProviderError {
    ProviderError::NotNow {
        hindrance: Hindrance::Other,
        words: words.to_owned(),
    }
}

/// The provider's name of the card, if it tells one: the same for the same card.
fn card_of(payment: &Payment) -> Option<&str> {
    payment.instrument.as_ref()?.fingerprint.as_deref()
}

fn ended() -> ProviderError {
    ProviderError::Refused {
        code: "order_ended".to_owned(),
        message: "the order does not wait for its payment any more".to_owned(),
    }
}

fn refunded(state: RefundState) -> Refunded {
    match state {
        RefundState::Pending { .. } | RefundState::Sent { .. } => Refunded::Sent,
        RefundState::Failed { fault, .. } => Refunded::Failed(fault),
        RefundState::ByHand => Refunded::ByHand,
    }
}

impl Hosted {
    pub fn new(
        provider: Arc<dyn Provider>,
        db: Store,
        clock: Arc<dyn Clock>,
        brakes: BrakeService,
    ) -> Self {
        Self {
            provider,
            db,
            clock,
            brakes,
        }
    }

    /// The page of the last attempt while it is there; after that a new attempt's.
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
        if tried.expires_at.is_none_or(|until| until > now) {
            return Ok(tried);
        }
        match self.provider.void(reference).await?.state {
            PaymentState::Voided => {
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

    /// The attempt whose money can go back.
    async fn charged_try(&self, order_id: &str) -> Result<Tried, ProviderError> {
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

    /// Another sum was taken than the order's, as when someone has captured a part of it at the provider: it goes
    /// back, and while the order waits it can be paid again. Of a crash between, the provider's refunds tell.
    async fn return_other_sum(
        &self,
        tried: &Tried,
        payment: &Payment,
    ) -> Result<Charge, ProviderError> {
        let (captured, refunded) = (&payment.captured, &payment.refunded);
        // What the order was paid with stays.
        if tried.captured_minor > 0 {
            let (minor, currency) = (captured.minor, &payment.currency);
            return Err(tried.other_amount("taken", minor, currency));
        }
        let left_minor = captured.minor - refunded.minor - refunded.pending_minor;
        tracing::error!(order = %tried.number, captured_minor = captured.minor, total_minor = tried.total_minor,
            currency = %payment.currency, "another sum was taken than the order costs, and goes back");
        if left_minor > 0 {
            let reference = payment.payment_id.as_deref().or(tried.reference());
            let request = RefundRequest {
                reference: reference.unwrap_or_default().to_owned(),
                refund_id: tried.attempt_id.clone(),
                amount: Money {
                    minor: left_minor,
                    currency: payment.currency.clone(),
                },
            };
            match self.provider.refund(&request).await? {
                RefundState::Pending { .. } | RefundState::Sent { .. } => {}
                RefundState::Failed { .. } | RefundState::ByHand => {
                    let (minor, currency) = (captured.minor, &payment.currency);
                    return Err(tried.other_amount("taken and not refunded", minor, currency));
                }
            }
        }
        self.let_go(tried).await
    }

    /// What was taken before anybody has looked.
    async fn taken(&self, tried: &Tried, payment: &Payment) -> Result<Charge, ProviderError> {
        let noted = self.note_taken(tried, payment).await;
        noted.map_err(interrupted)?;
        self.charged(tried, payment).await
    }

    /// The order may be paid with another card: this one is not its buyer's any more.
    async fn forget_card(&self, tried: &Tried) -> Result<(), ProviderError> {
        give_back(&self.db, (&tried.order_id, tried.attempt))
            .await
            .map_err(interrupted)
    }

    /// What was set aside is not any more, so nothing can be taken of it. While the order waits it is paid with the
    /// next attempt: nobody is sent to a page that has ended.
    async fn let_go(&self, tried: &Tried) -> Result<Charge, ProviderError> {
        self.forget_card(tried).await?;
        self.next(tried).await.map_err(interrupted)?;
        Ok(Charge::Declined {
            reason: Decline::Abandoned,
        })
    }

    /// Whether as much may be bought with this card.
    async fn admission(
        &self,
        tried: &Tried,
        payment: &Payment,
    ) -> Result<Admission, ProviderError> {
        match card_of(payment) {
            Some(card) => {
                let of = (tried.order_id.as_str(), tried.attempt);
                let admission = admit(&self.db, self.clock.now(), of, card).await;
                admission.map_err(interrupted)
            }
            None => Ok(Admission::Within),
        }
    }

    /// Takes nothing of what cannot be taken now, such as of a card that was declined too often lately. The order goes
    /// on waiting, to be paid with another.
    async fn wait_for_another(&self, tried: &Tried) -> Result<Charge, ProviderError> {
        let reference = tried.reference().unwrap_or_default();
        let voided = self.provider.void(reference).await?;
        match voided.state {
            PaymentState::Voided => {
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

    /// Captures what is set aside while the order holds its units.
    async fn take(&self, tried: &Tried, payment: &Payment) -> Result<Charge, ProviderError> {
        let (reference, total) = (tried.reference().unwrap_or_default(), tried.total());
        if tried.status != OrderStatus::PendingPayment {
            let voided = self.provider.void(reference).await?;
            return match voided.state {
                PaymentState::Captured => self.charged(tried, &voided).await,
                PaymentState::Open | PaymentState::Processing | PaymentState::Authorised => {
                    Err(not_yet("the payment is not given up yet"))
                }
                PaymentState::Voided => Ok(Charge::Declined {
                    reason: Decline::Abandoned,
                }),
            };
        }
        if payment.authorised.minor != total.minor || payment.currency != total.currency {
            let (minor, currency) = (payment.authorised.minor, &payment.currency);
            let error = tried.other_amount("set aside", minor, currency);
            tracing::error!(%error, "it is let go");
            return self.wait_for_another(tried).await;
        }
        let noted = self.note_authorised(tried, payment).await;
        noted.map_err(interrupted)?;
        if let Some(card) = card_of(payment)
            && self.brakes.standing_of_card(card).await == CardStanding::Braked
        {
            return self.wait_for_another(tried).await;
        }
        if self.admission(tried, payment).await? == Admission::Over {
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
        let captured = self.provider.capture(reference, &total).await?;
        match captured.state {
            PaymentState::Captured => self.charged(tried, &captured).await,
            PaymentState::Voided => self.let_go(tried).await,
            PaymentState::Open | PaymentState::Processing | PaymentState::Authorised => {
                Ok(Charge::Awaited)
            }
        }
    }
}

#[async_trait]
impl PaymentProvider for Hosted {
    fn method(&self) -> &'static str {
        self.provider.name()
    }

    fn settlement(&self) -> Settlement {
        Settlement::Online
    }

    fn offer(&self, currency: &str) -> Option<PaymentOffer> {
        let choice = self.provider.choice(currency)?;
        Some(PaymentOffer {
            method: self.method().to_owned(),
            title: choice.title,
            text: choice.text,
            unavailable: None,
            sign: choice.sign,
            field: None,
        })
    }

    fn fits(&self, total: &Money, country: &str) -> Result<(), Unfit> {
        match self.provider.choice(&total.currency) {
            // What costs nothing needs no provider.
            Some(_) if total.minor == 0 => Ok(()),
            Some(choice) => choice.fits(total, country),
            None => Err(Unfit::Country),
        }
    }

    fn provider(&self) -> Option<&dyn Provider> {
        Some(&*self.provider)
    }

    fn choose(&self, _: &str, _: Option<&PaymentChoice>) -> Result<PaymentChoice, ShopError> {
        Ok(PaymentChoice {
            method: self.method().to_owned(),
            token: String::new(),
            label: Text::from(locale()).card().to_owned(),
        })
    }

    async fn begin(&self, order: ToPay<'_>) -> Result<Start, ProviderError> {
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

    async fn charge(&self, order_id: &str, _: i64, _: &str) -> Result<Charge, ProviderError> {
        let tried = self.last(order_id).await?;
        let Some(reference) = tried.reference() else {
            return Ok(Charge::Awaited);
        };
        let payment = self.provider.look(reference).await?;
        let standing = match &payment.declined_try {
            Some(declined) => {
                let card = card_of(&payment);
                self.brakes.declined_at_page(order_id, declined, card).await
            }
            None => PayerStanding::Free,
        };
        match payment.state {
            // Who tries cards is to try no further one on this page; the order can be paid on another, later.
            PaymentState::Open if standing == PayerStanding::Braked => {
                self.wait_for_another(&tried).await
            }
            PaymentState::Open | PaymentState::Processing => Ok(Charge::Awaited),
            PaymentState::Voided => self.let_go(&tried).await,
            PaymentState::Captured => self.taken(&tried, &payment).await,
            PaymentState::Authorised => self.take(&tried, &payment).await,
        }
    }

    async fn abandon(&self, order_id: &str) -> Result<Option<Charge>, ProviderError> {
        let tried = self.last(order_id).await?;
        // A page that is not written down was shown to nobody.
        let Some(reference) = tried.reference() else {
            return Ok(None);
        };
        let payment = self.provider.void(reference).await?;
        match payment.state {
            PaymentState::Voided => Ok(None),
            PaymentState::Captured => match self.taken(&tried, &payment).await? {
                // It was another sum than the order's, and is back.
                Charge::Declined { .. } => Ok(None),
                charge => Ok(Some(charge)),
            },
            PaymentState::Open | PaymentState::Processing | PaymentState::Authorised => {
                Err(not_yet("the payment is not given up yet"))
            }
        }
    }

    async fn end_earlier(&self, order_id: &str, attempt: u32) -> Result<(), ProviderError> {
        let tried = self.tried(order_id, Which::Earlier(attempt.into())).await;
        let Some(tried) = tried.map_err(interrupted)? else {
            return Ok(());
        };
        let Some(reference) = tried.reference() else {
            return Ok(());
        };
        match self.provider.look(reference).await?.state {
            PaymentState::Open | PaymentState::Authorised => {}
            // What was taken is named when the books are compared.
            PaymentState::Processing | PaymentState::Voided | PaymentState::Captured => {
                return Ok(());
            }
        }
        match self.provider.void(reference).await?.state {
            PaymentState::Voided => self.forget_card(&tried).await,
            PaymentState::Captured => Ok(()),
            PaymentState::Open | PaymentState::Processing | PaymentState::Authorised => {
                Err(not_yet("the payment is not given up yet"))
            }
        }
    }

    async fn release(&self, order_id: &str) -> Result<Released, ProviderError> {
        let tried = self.last(order_id).await?;
        let Some(reference) = tried.reference() else {
            return Ok(Released::Nothing);
        };
        match self.provider.void(reference).await?.state {
            PaymentState::Voided => {
                self.forget_card(&tried).await?;
                self.next(&tried).await.map_err(interrupted)?;
                Ok(Released::Released)
            }
            PaymentState::Captured => Ok(Released::Captured),
            PaymentState::Open | PaymentState::Processing | PaymentState::Authorised => {
                Err(not_yet("the payment is not given up yet"))
            }
        }
    }

    async fn capture(&self, order_id: &str, amount_minor: i64) -> Result<Charge, ProviderError> {
        self.charge(order_id, amount_minor, "").await
    }

    async fn refund(
        &self,
        order_id: &str,
        refund_id: &str,
        amount_minor: i64,
    ) -> Result<Refunded, ProviderError> {
        let tried = self.charged_try(order_id).await?;
        let request = RefundRequest {
            reference: tried.money().to_owned(),
            refund_id: refund_id.to_owned(),
            amount: Money {
                minor: amount_minor,
                currency: tried.currency.clone(),
            },
        };
        match self.provider.refund(&request).await {
            Ok(state) => Ok(refunded(state)),
            Err(ProviderError::Refused { message, .. }) => Ok(Refunded::Failed(RefundFault {
                cause: FaultCause::Other,
                reason: message,
            })),
            Err(error) => Err(error),
        }
    }

    async fn refund_sent(
        &self,
        order_id: &str,
        refund_id: &str,
    ) -> Result<Option<Refunded>, ProviderError> {
        let tried = self.charged_try(order_id).await?;
        let sent = self.provider.refund_sent(tried.money(), refund_id).await?;
        Ok(sent.map(refunded))
    }

    async fn refunds_made(&self, order_id: &str) -> Result<Vec<RefundMade>, ProviderError> {
        let tried = self.tried(order_id, Which::Charged).await;
        let Some(tried) = tried.map_err(interrupted)? else {
            return Ok(Vec::new());
        };
        let made = self.provider.refunds(tried.money(), &tried.currency);
        match made.await {
            // It has no such payment: it may be another account's.
            Err(ProviderError::Refused { .. }) => Ok(Vec::new()),
            made => made,
        }
    }

    async fn disputes(&self, order_id: &str) -> Result<Vec<Dispute>, ProviderError> {
        let tried = self.tried(order_id, Which::Charged).await;
        match tried.map_err(interrupted)? {
            Some(tried) => self.provider.disputes(tried.money()).await,
            None => Ok(Vec::new()),
        }
    }
}
