pub mod rules;

use app::{
    checkout::types::{CASH_ON_DELIVERY, PaymentChoice, PaymentOffer, PaymentSign},
    error::ShopError,
    locale::locale,
};
use async_trait::async_trait;

use super::{Charge, PaymentProvider, ProviderError, Refunded, Settlement, text::Text};

/// Paid to the carrier.
#[derive(Debug, Clone, Copy, Default)]
pub struct CashOnDelivery;

#[async_trait]
impl PaymentProvider for CashOnDelivery {
    fn method(&self) -> &'static str {
        CASH_ON_DELIVERY
    }

    fn settlement(&self) -> Settlement {
        Settlement::OnDelivery
    }

    fn offer(&self, _: &str) -> Option<PaymentOffer> {
        let text = Text::from(locale());
        Some(PaymentOffer {
            method: self.method().to_owned(),
            title: text.cash_on_delivery().to_owned(),
            text: text.cash_why().to_owned(),
            unavailable: None,
            sign: PaymentSign::Cash,
            field: None,
        })
    }

    fn choose(&self, _: &str, _: Option<&PaymentChoice>) -> Result<PaymentChoice, ShopError> {
        Ok(PaymentChoice {
            method: self.method().to_owned(),
            token: String::new(),
            label: Text::from(locale()).cash_on_delivery().to_owned(),
        })
    }

    async fn charge(&self, _: &str, _: i64, _: &str) -> Result<Charge, ProviderError> {
        Ok(Charge::Due)
    }

    async fn abandon(&self, _: &str) -> Result<Option<Charge>, ProviderError> {
        Ok(None)
    }

    async fn capture(&self, order_id: &str, _: i64) -> Result<Charge, ProviderError> {
        Ok(Charge::Captured {
            reference: format!("cash-{order_id}"),
        })
    }

    async fn refund(&self, _: &str, _: &str, _: i64) -> Result<Refunded, ProviderError> {
        Ok(Refunded::ByHand)
    }
}
