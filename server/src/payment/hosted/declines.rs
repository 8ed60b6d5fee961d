//! Cards that were declined at the page count for who tried them: each try once, whether an event, a look or both tell
//! of it, and also where several came between two looks.

use app::orders::types::OrderStatus;

use super::{Hosted, attempts::Tried};
use crate::{
    brakes::{AtPage, DeclinedCard, PayerStanding, awaits_declines},
    payment::port::{Payment, PaymentState},
};

impl Hosted {
    /// Counts what was declined of an attempt and is not counted. Says whether its payer may try another card there.
    pub(super) async fn count_declines(&self, tried: &Tried, payment: &Payment) -> PayerStanding {
        if let Some(money) = payment.payment_id.as_deref()
            && may_have_declined(tried, payment)
        {
            self.count_all(tried, money).await;
        }
        match payment.state {
            PaymentState::Open if payment.declined_try.is_some() => {
                self.brakes.standing_of_payer(&tried.order_id).await
            }
            PaymentState::Open
            | PaymentState::Processing
            | PaymentState::Authorised
            | PaymentState::Captured
            | PaymentState::Voided => PayerStanding::Free,
        }
    }

    /// What fails here keeps nobody from paying; the next look asks again.
    async fn count_all(&self, tried: &Tried, money: &str) {
        match self.provider.declines(money).await {
            Ok(declined) => {
                let declined: Vec<DeclinedCard<'_>> = declined
                    .iter()
                    .map(|declined| DeclinedCard {
                        called: &declined.provider_id,
                        card: declined.card.as_deref(),
                    })
                    .collect();
                self.brakes.declined_at_page(at(tried), &declined).await;
            }
            Err(error) => {
                tracing::warn!(%error, order = %tried.number, "declined payments are not counted yet");
            }
        }
    }
}

/// Whether something may have been declined that is not counted. While the shopper may still pay, the provider
/// tells of the last try; later it does not, so of an order that waits it is asked.
fn may_have_declined(tried: &Tried, payment: &Payment) -> bool {
    let last = payment.declined_try.as_deref();
    let may_have = match payment.state {
        PaymentState::Open => last.is_some(),
        PaymentState::Processing => false,
        PaymentState::Authorised | PaymentState::Captured => {
            tried.status == OrderStatus::PendingPayment
        }
        PaymentState::Voided => true,
    };
    may_have && awaits_declines(tried.declined_counted.as_deref(), tried.attempt, last)
}

fn at(tried: &Tried) -> AtPage<'_> {
    AtPage {
        order_id: &tried.order_id,
        attempt: tried.attempt,
    }
}
