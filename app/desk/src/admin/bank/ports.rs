//! What the server provides to the page of bank transfers.

use std::sync::Arc;

use app::{error::ShopResult, identity::Account, shop::shop};
use async_trait::async_trait;

use super::types::BankSaved;

/// The settings as they are, for their form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankView {
    pub version: i64,
    pub holder: String,
    /// Without blanks.
    pub iban: String,
    pub bic: String,
    pub bank: String,
    pub days: i64,
}

/// The form, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BankForm {
    /// Of the settings the form was made from; any other is a `conflict`.
    pub version: String,
    pub holder: String,
    pub iban: String,
    /// May be empty.
    pub bic: String,
    /// The bank's name; may be empty.
    pub bank: String,
    pub days: String,
}

#[async_trait]
pub trait BankAdmin: Send + Sync {
    async fn settings(&self) -> ShopResult<BankView>;
    async fn save(&self, actor: &Account, form: BankForm) -> ShopResult<BankSaved>;
}

/// See [`BankAdmin`].
pub fn bank_admin() -> Arc<dyn BankAdmin> {
    shop().port()
}
