//! What the server provides to the page of cash on delivery.

use std::sync::Arc;

use app::{error::ShopResult, identity::Account, shop::shop};
use async_trait::async_trait;

use super::types::CashSaved;

app::words! {
    /// Whether those whose e-mail address is not proven confirm their orders by mail.
    pub enum ConfirmationRule {
        Asked = "asked",
        Off = "off",
    }
}

impl ConfirmationRule {
    pub const fn of(is_asked: bool) -> Self {
        match is_asked {
            true => Self::Asked,
            false => Self::Off,
        }
    }
}

/// The settings as they are, for their form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CashView {
    pub version: i64,
    pub confirmation: ConfirmationRule,
    pub minutes: i64,
    /// None: any number.
    pub most_open: Option<i64>,
}

/// The form, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CashForm {
    /// Of the settings the form was made from; any other is a `conflict`.
    pub version: String,
    /// A [`ConfirmationRule`].
    pub confirmation: String,
    pub minutes: String,
    /// Empty: any number.
    pub most_open: String,
}

#[async_trait]
pub trait CashAdmin: Send + Sync {
    async fn settings(&self) -> ShopResult<CashView>;
    /// Checks and saves all of it. Orders that are placed from then on follow it.
    async fn save(&self, actor: &Account, form: CashForm) -> ShopResult<CashSaved>;
}

/// See [`CashAdmin`].
pub fn cash_admin() -> Arc<dyn CashAdmin> {
    shop().port()
}
