//! Bank transfer as orders know it: nothing is asked of anybody, the money comes or does not.

use app::{
    checkout::types::{BANK_TRANSFER, PaymentChoice, PaymentOffer, PaymentSign},
    error::ShopError,
    locale::locale,
};
use async_trait::async_trait;

use crate::payment::{Charge, PaymentProvider, ProviderError, Refunded, Settlement, text::Text};

/// Paid to the shop's account, which people look into.
#[derive(Debug, Clone, Copy, Default)]
pub struct BankTransfer;

#[async_trait]
impl PaymentProvider for BankTransfer {
    fn method(&self) -> &'static str {
        BANK_TRANSFER
    }

    fn settlement(&self) -> Settlement {
        Settlement::Transfer
    }

    fn offer(&self, _: &str) -> Option<PaymentOffer> {
        let text = Text::from(locale());
        Some(PaymentOffer {
            method: self.method().to_owned(),
            title: text.bank_transfer().to_owned(),
            text: text.bank_transfer_why().to_owned(),
            unavailable: None,
            sign: PaymentSign::Bank,
            field: None,
        })
    }

    fn choose(&self, _: &str, _: Option<&PaymentChoice>) -> Result<PaymentChoice, ShopError> {
        Ok(PaymentChoice {
            method: self.method().to_owned(),
            token: String::new(),
            label: Text::from(locale()).bank_transfer().to_owned(),
        })
    }

    async fn charge(&self, _: &str, _: i64, _: &str) -> Result<Charge, ProviderError> {
        Ok(Charge::Awaited)
    }

    async fn abandon(&self, _: &str) -> Result<Option<Charge>, ProviderError> {
        Ok(None)
    }

    async fn capture(&self, _: &str, _: i64) -> Result<Charge, ProviderError> {
        Ok(Charge::Awaited)
    }

    async fn refund(&self, _: &str, _: &str, _: i64) -> Result<Refunded, ProviderError> {
        Ok(Refunded::ByHand)
    }
}
