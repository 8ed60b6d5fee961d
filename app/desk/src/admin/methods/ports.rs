//! What the server provides to the page of the payment methods.

use std::{collections::BTreeMap, sync::Arc};

use app::{
    countries::DeliveryCountries, error::ShopResult, identity::Account, locale::Locale, shop::shop,
};
use async_trait::async_trait;

use super::types::{MethodForm, MethodsSaved};

/// Longest name and description of a payment method, in characters.
pub const MAX_NAME: usize = 60;
pub const MAX_DESCRIPTION: usize = 200;

app::words! {
    /// Whether the checkout offers a method.
    pub enum OfferRule {
        Offered = "offered",
        Off = "off",
    }
}

impl OfferRule {
    pub const fn of(is_on: bool) -> Self {
        match is_on {
            true => Self::Offered,
            false => Self::Off,
        }
    }
}

/// What else a method needs before it can be offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    Nothing,
    /// An account that money can be sent to.
    BankAccount,
}

/// A payment method as it is, for its form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MethodView {
    /// As orders call it.
    pub method: String,
    pub rule: OfferRule,
    pub needs: Needs,
    /// Empty: as the shop calls it by itself.
    pub name: String,
    pub description: String,
    /// As the shop calls it by itself, in the language of the request at hand.
    pub usual_name: String,
    pub usual_description: String,
    /// As they would be typed.
    pub lowest: String,
    pub highest: String,
    pub countries: DeliveryCountries,
}

/// The methods as they are, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MethodsView {
    pub version: i64,
    pub methods: Vec<MethodView>,
    /// Of the amounts.
    pub currency: String,
    /// What names and descriptions are written in.
    pub written_in: Locale,
    pub delivers_to: DeliveryCountries,
    /// Whether cards are taken at a provider's page.
    pub cards: Cards,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cards {
    SetUp,
    NotSetUp,
}

/// The form, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MethodsForm {
    /// Of the methods the form was made from; any other is a `conflict`.
    pub version: String,
    pub methods: BTreeMap<String, MethodForm>,
}

#[async_trait]
pub trait MethodAdmin: Send + Sync {
    async fn methods(&self) -> ShopResult<MethodsView>;
    /// Checks and saves all of it. When this returns, no node uses the old ones.
    async fn save(&self, actor: &Account, form: MethodsForm) -> ShopResult<MethodsSaved>;
}

/// See [`MethodAdmin`].
pub fn method_admin() -> Arc<dyn MethodAdmin> {
    shop().port()
}
