//! What the server provides to the settings' page.

use std::sync::Arc;

use app::{
    error::ShopResult,
    identity::Account,
    shop::{ShopSettings, shop},
};
use async_trait::async_trait;

use super::types::{RateForm, SettingsSaved};

/// Who changed something, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// In milliseconds since 1970.
    pub at: i64,
    /// An e-mail address.
    pub by: String,
}

/// The settings as they are, for their form.
#[derive(Debug, Clone)]
pub struct SettingsView {
    pub settings: Arc<ShopSettings>,
    /// As they would be typed.
    pub rates: Vec<RateForm>,
    pub version: i64,
    pub changed: Option<Change>,
    /// Names of all time zones.
    pub zones: Vec<String>,
}

/// The whole form, as typed.
#[derive(Debug, Clone, Default)]
pub struct SettingsForm {
    /// Of the settings the form was made from; any other is a `conflict`.
    pub version: String,
    pub name: String,
    pub currency: String,
    /// Anything: another currency is meant, and prices are to keep their numbers in it.
    pub confirm_currency: String,
    /// Percent.
    pub tax: String,
    pub time_zone: String,
    /// Such as `14:00`; empty: the whole day counts.
    pub dispatch_by: String,
    /// Days; empty: nothing is promised.
    pub return_days: String,
    /// A [`ReturnCost`](app::returns::ReturnCost); empty: as it is.
    pub return_cost: String,
    /// Such as `Shop <orders@shop.example>`; empty: as the command line says.
    pub mail_from: String,
    pub payment_hold_minutes: String,
    pub cart_days: String,
    pub low_stock: String,
    /// A [`SecondFactorRule`]; empty: as it is.
    pub second_factor: String,
    /// Codes of all countries the shop delivers to; without any they stay as they are. An empty code
    /// is none, so that a form can say that nothing is ticked.
    pub countries: Vec<String>,
    /// Regions to add whole, by their ids, or `everywhere`.
    pub add_regions: Vec<String>,
    /// A language's code; empty: as it is set.
    pub default_language: String,
    /// Codes of the languages besides it; without any they stay as they are. An empty code is none, as
    /// with countries.
    pub languages: Vec<String>,
    pub rates: Vec<RateForm>,
}

app::words! {
    /// Whether everybody on the staff must have a second factor.
    pub enum SecondFactorRule {
        Optional = "optional",
        Required = "required",
    }
}

impl SecondFactorRule {
    pub const fn of(settings: &ShopSettings) -> Self {
        match settings.second_factor_required {
            true => Self::Required,
            false => Self::Optional,
        }
    }
}

#[async_trait]
pub trait SettingsAdmin: Send + Sync {
    async fn settings(&self) -> ShopResult<SettingsView>;
    /// Checks and saves all of it. When this returns, no node uses the old ones.
    async fn save(&self, actor: &Account, form: SettingsForm) -> ShopResult<SettingsSaved>;
}

/// See [`SettingsAdmin`].
pub fn settings_admin() -> Arc<dyn SettingsAdmin> {
    shop().port()
}
