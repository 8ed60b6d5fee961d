//! What the server provides for the checkout.

use std::sync::Arc;

use async_trait::async_trait;

use super::{
    particulars::ParticularsInput,
    types::{CheckoutView, Offers, PaymentInput, PlaceOrder, Placed, Validation},
};
use crate::{
    contact::Contact,
    delivery::{Delivery, Promise},
    error::{ShopError, ShopResult},
    locale::{Locale, locale},
    shop::shop,
    tickets::Tickets,
};

/// Who is asked before something is kept more than once for a shopper.
#[async_trait]
pub trait Leave: Send + Sync {
    async fn to_copy(&self) -> ShopResult<()>;
}

#[async_trait]
pub trait Checkout: Send + Sync {
    /// The same checkout in a language: names of what is bought are in it, as far as they are
    /// translated, and orders keep it.
    fn in_language(&self, language: Locale) -> Arc<dyn Checkout>;
    /// The same for a shopper who has these tickets of waiting rooms.
    fn with_tickets(&self, tickets: Tickets) -> Arc<dyn Checkout>;
    /// What can be told without a cart. It is the same for everybody until the settings change.
    async fn offers(&self) -> ShopResult<Offers>;
    /// When an order arrives that is placed now.
    async fn promised(&self, delivery: Delivery) -> ShopResult<Promise>;
    /// When that is another date: milliseconds since 1970.
    async fn promised_until(&self) -> ShopResult<i64>;
    /// What is wrong with the lines. If nothing is, it refuses what could not be held from this network until
    /// it is paid for, as placing would.
    async fn validate(&self, cart: Option<&str>, network: &str) -> ShopResult<Validation>;
    /// `EmptyCart` where there is nothing to check out.
    async fn view(&self, cart: Option<&str>) -> ShopResult<CheckoutView>;
    /// The same for someone with an account: what was not told yet is what is `known` of them, if
    /// parcels can go there, and the first of the shipping methods. Nothing of it is kept: the order's
    /// form says everything itself.
    async fn view_of(&self, cart: Option<&str>, known: &Contact) -> ShopResult<CheckoutView>;
    /// Why placing this order from a network would be refused, as far as it holds more units than may be held
    /// until it is paid for.
    async fn held(&self, view: &CheckoutView, network: &str) -> ShopResult<Option<ShopError>>;
    /// Keeps who orders and where the parcel goes. Returns the cart's token from now on: a guest's
    /// cart gets a new one with other contact details, so that nobody else reads them who knew it.
    async fn save_contact(&self, cart: Option<&str>, contact: Contact) -> ShopResult<String>;
    /// The same with what else was told with it. Where that would leave one more copy of a guest's cart behind than
    /// the first that everybody has, leave is asked before.
    async fn save_contact_and(
        &self,
        cart: Option<&str>,
        contact: Contact,
        told: ParticularsInput,
        leave: &dyn Leave,
    ) -> ShopResult<String>;
    async fn save_shipping(&self, cart: Option<&str>, rate: &str) -> ShopResult<()>;
    async fn save_payment(&self, cart: Option<&str>, payment: PaymentInput) -> ShopResult<()>;
    /// The same for someone with an account, of whom as much is taken to be told as by
    /// [`Checkout::view_of`].
    async fn save_payment_of(
        &self,
        cart: Option<&str>,
        known: &Contact,
        payment: PaymentInput,
    ) -> ShopResult<()>;
    /// Places the order, or tells of the first one if the key was used before.
    async fn place(&self, cart: Option<&str>, order: PlaceOrder) -> ShopResult<Placed>;
    /// Goes on paying for an order that waits for it; of any other it tells its state.
    async fn pay(&self, token: &str) -> ShopResult<Placed>;
}

/// See [`Checkout`]; in the language of the request at hand.
pub fn checkout() -> Arc<dyn Checkout> {
    shop().port::<dyn Checkout>().in_language(locale())
}
