//! Orders that are paid at a provider's page: on the way there and back.

use app::{
    checkout::types::Placed,
    error::{ErrorKind, ShopError, ShopResult},
    locale::locale,
    orders::{text::Text, types::OrderStatus},
    shop::ShopSettings,
};

use tokio::time::timeout;

use super::CheckoutService;
use crate::{
    error::Result,
    ids::is_secret,
    orders::{
        attempts,
        placement::batch::ExistingOrder,
        read::{self, Payable},
        take_in::{self, TakenIn},
    },
    payment::{
        PaymentProvider, ProviderError, Start, ToPay,
        reach::{Part, Reach},
        took_too_long,
    },
};

/// A payment that nobody has told of is asked about this often, in milliseconds.
const LOOK_EVERY_MS: i64 = 60 * 1000;

impl CheckoutService {
    /// Starts paying for an order, or goes on with what was started. `None` if it is to be charged
    /// here and now.
    pub(super) async fn begin(
        &self,
        paid_by: &dyn PaymentProvider,
        order: &ExistingOrder,
    ) -> Result<Option<Begun>> {
        // A provider without a page needs to know nothing of addresses.
        let Some(provider) = paid_by.provider() else {
            return Ok(None);
        };
        let settings = self.settings.now().await?;
        let base_url = self.settings.base_url();
        let page = order_page(&settings, order);
        let cancel_url = format!("{base_url}{page}");
        let return_url = format!("{cancel_url}?paid=yes");
        let to_pay = ToPay {
            order_id: &order.id,
            return_url: &return_url,
            cancel_url: &cancel_url,
            hold_ms: hold_ms(&settings),
        };
        let begun = timeout(provider.patience(), paid_by.begin(to_pay)).await;
        match begun.unwrap_or_else(|_| Err(took_too_long())) {
            Ok(Start::Charge) => Ok(None),
            Ok(Start::Page { url }) => Ok(Some(Begun::At(url))),
            Ok(Start::Awaited) => Ok(Some(Begun::Later)),
            Err(
                error @ (ProviderError::Refused { .. }
                | ProviderError::Misconfigured(_)
                | ProviderError::Declined { .. }),
            ) => {
                tracing::error!(%error, order = %order.number, "a payment cannot be started");
                let seconds = error.retry_after();
                // What was begun before may be paid, and is asked about once the provider tells.
                let was_begun = attempts::was_begun(&self.db, &order.id).await?;
                Ok(Some(match error {
                    _ if was_begun => Begun::Away { seconds },
                    ProviderError::Misconfigured(_) => Begun::NotSetUp,
                    _ => Begun::Impossible,
                }))
            }
            // The order is placed: the shopper starts again from its page.
            Err(error @ ProviderError::NotNow { .. }) => {
                tracing::warn!(%error, order = %order.number, "a payment could not be started");
                Ok(Some(Begun::Later))
            }
            Err(
                error @ (ProviderError::Interrupted(_)
                | ProviderError::Unavailable(_)
                | ProviderError::RateLimited { .. }),
            ) => {
                tracing::warn!(%error, order = %order.number, "a payment could not be started");
                let seconds = error.retry_after();
                Ok(Some(Begun::Away { seconds }))
            }
        }
    }

    /// Takes in what was paid at the page of an order's provider.
    pub(super) async fn take_in(&self, now: i64, order_id: &str) -> Result<TakenIn> {
        let (payments, notes) = (&self.payments, &self.payment_notes);
        take_in::take_in(&self.db, payments, notes, now, order_id).await
    }

    /// Goes on paying for the order that a token opens.
    pub(super) async fn pay_order(&self, token: &str) -> ShopResult<Placed> {
        if !is_secret(token) {
            return Err(ShopError::not_found());
        }
        let order = self.order_to_pay(token).await?;
        if order.status != OrderStatus::PendingPayment {
            return Ok(order.placed());
        }
        // It may be paid, and nobody has told yet.
        let now = self.clock.now();
        let (payments, notes) = (&self.payments, &self.payment_notes);
        let look = take_in::look(&self.db, payments, notes, now, &order.id);
        match payments.patiently(&order.payment_method, look).await {
            Ok(TakenIn::Nothing) => {}
            Ok(TakenIn::Paid | TakenIn::Returned) => {
                return Ok(self.order_to_pay(token).await?.placed());
            }
            Err(error) => {
                tracing::warn!(%error, order = %order.number, "the provider was asked in vain");
            }
        }
        // The look, or someone meanwhile, may have ended it: its page says why.
        let order = self.order_to_pay(token).await?;
        if order.status != OrderStatus::PendingPayment {
            return Ok(order.placed());
        }
        let placed = self.settle(order).await?;
        let Some(seconds) = placed.pay_after else {
            return Ok(placed);
        };
        let order = self.order_to_pay(token).await?;
        if order.status != OrderStatus::PendingPayment {
            return Ok(order.placed());
        }
        let words = Text::from(locale()).provider_away();
        Err(ShopError::new(ErrorKind::PaymentAway, words).after(seconds))
    }

    async fn order_to_pay(&self, token: &str) -> ShopResult<ExistingOrder> {
        let order = read::by_token(&self.db, token).await?;
        order.ok_or_else(ShopError::not_found)
    }

    /// Payment providers that orders need to be settled or refunded, and that are not set up.
    pub async fn missing_providers(&self) -> Result<Vec<String>> {
        let mut methods = read::open_methods(&self.db).await?;
        methods.retain(|method| self.payments.by_method(method).is_none());
        Ok(methods)
    }

    /// Looks at payments that nobody has told of: webhooks get lost, and shoppers close pages.
    pub(super) async fn look_at_waiting(&self, reach: &Reach) -> Result<()> {
        let now = self.clock.now();
        for order in attempts::to_look_at(&self.db, now - LOOK_EVERY_MS).await? {
            let Payable { id, payment_method } = order;
            if !reach.may_ask(Part::Waiting, &payment_method) {
                continue;
            }
            // Claimed first, so that one that fails lets others go before it.
            if !attempts::claim_look(&self.db, now, &id, now - LOOK_EVERY_MS).await? {
                continue;
            }
            let taken = self.take_in(now, &id).await;
            reach.note(&payment_method, &taken);
            if let Err(error) = taken {
                tracing::warn!(%error, order = %id, "a payment will be looked at again");
            }
        }
        Ok(())
    }
}

/// The page of an order in the language it was placed in: a repeat tells a provider the same.
fn order_page(settings: &ShopSettings, order: &ExistingOrder) -> String {
    let placed_in = order.locale.unwrap_or_default();
    let language = settings.languages.closest(placed_in);
    language.href(&format!("/orders/{}", order.token))
}

/// How long an order waits for its payment, in milliseconds.
pub(super) fn hold_ms(settings: &ShopSettings) -> i64 {
    settings.payment_hold_minutes * 60 * 1000
}

/// How a payment at a provider's page was started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Begun {
    /// The shopper pays at this address.
    At(String),
    /// The order waits: for money that comes by itself, or that a bank is still at.
    Later,
    /// The order waits for a provider that is out of reach, and may answer in so many seconds.
    Away { seconds: u32 },
    /// Nothing was done at the provider, and nothing can be.
    Impossible,
    /// The same for any order until the owner changes a setting.
    NotSetUp,
}
