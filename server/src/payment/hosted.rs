//! Providers that shoppers pay at: finds what they call an order, and asks them about it.

mod attempts;
mod declines;
mod fate;
mod other_sums;
mod pages;
mod taking;

use std::sync::Arc;

use app::{
    checkout::types::{PaymentChoice, PaymentOffer},
    error::ShopError,
    locale::locale,
};
use async_trait::async_trait;
pub use attempts::Tried;
use attempts::Which;
use fate::Release;

use super::{
    Charge, Hindrance, PaymentProvider, ProviderError, Refunded, Released, Settlement, Start,
    ToPay,
    port::{
        Dispute, FaultCause, Money, Payment, PaymentState, Provider, RefundFault, RefundMade,
        RefundRequest, RefundState, Unfit,
    },
    text::Text,
    told::Told,
};
use crate::{
    brakes::{BrakeService, PayerStanding},
    clock::Clock,
    store::Store,
};

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

fn refunded(state: RefundState) -> Refunded {
    match state {
        RefundState::Pending { .. } => Refunded::Pending,
        RefundState::Sent { .. } => Refunded::Sent,
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

    /// Takes what was set aside in an attempt, if it is to be taken.
    async fn charge_try(&self, tried: &Tried) -> Result<Charge, ProviderError> {
        let Some(reference) = tried.reference() else {
            return Ok(Charge::Awaited);
        };
        let payment = self.provider.look(reference).await?;
        let noted = self.note_pending(tried, &payment).await;
        noted.map_err(interrupted)?;
        let standing = self.count_declines(tried, &payment).await;
        match payment.state {
            // Who tries cards is to try no further one on this page; the order can be paid on another, later. Nor is
            // anything to be set aside on one whose release is wanted.
            PaymentState::Open
                if standing == PayerStanding::Braked || tried.release() == Release::Wanted =>
            {
                self.wait_for_another(tried).await
            }
            PaymentState::Open | PaymentState::Processing => Ok(Charge::Awaited),
            PaymentState::Voided => self.let_go(tried).await,
            PaymentState::Captured => self.taken(tried, &payment).await,
            PaymentState::Authorised => self.take_held(tried, &payment).await,
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
        self.begin_page(order).await
    }

    async fn charge(&self, order_id: &str, _: i64, _: &str) -> Result<Charge, ProviderError> {
        let tried = self.last(order_id).await?;
        self.charge_try(&tried).await
    }

    async fn take(&self, told: &Told) -> Result<Charge, ProviderError> {
        match told.last() {
            Some(tried) => self.charge_try(tried).await,
            None => self.charge(&told.order_id, told.total_minor, "").await,
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
            PaymentState::Voided => {
                // Until then they may have gone on trying.
                self.count_declines(&tried, &payment).await;
                Ok(None)
            }
            PaymentState::Captured => match self.taken(&tried, &payment).await? {
                // It was another sum than the order's, and goes back.
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
        let payment = self.provider.look(reference).await?;
        self.count_declines(&tried, &payment).await;
        match payment.state {
            PaymentState::Open | PaymentState::Authorised => {}
            // What was taken is named when the books are compared.
            PaymentState::Processing | PaymentState::Voided | PaymentState::Captured => {
                return Ok(());
            }
        }
        let voided = self.provider.void(reference).await?;
        match voided.state {
            PaymentState::Voided => {
                self.count_declines(&tried, &voided).await;
                self.forget_card(&tried).await
            }
            PaymentState::Captured => Ok(()),
            PaymentState::Open | PaymentState::Processing | PaymentState::Authorised => {
                Err(not_yet("the payment is not given up yet"))
            }
        }
    }

    async fn release(&self, order_id: &str) -> Result<Released, ProviderError> {
        let tried = self.last(order_id).await?;
        // Someone was quicker, and the order has its next attempt.
        if tried.release() == Release::NotWanted {
            return Ok(Released::Released);
        }
        let Some(reference) = tried.reference() else {
            return Ok(Released::Nothing);
        };
        let voided = self.provider.void(reference).await?;
        match voided.state {
            PaymentState::Voided => {
                self.count_declines(&tried, &voided).await;
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

    async fn return_other_sums(&self, order_id: &str) -> Result<(), ProviderError> {
        self.return_all_other_sums(order_id).await
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
