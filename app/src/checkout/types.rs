//! What the checkout asks for, and what it answers.

use serde::{Deserialize, Serialize};

use super::particulars::ParticularsInput;
use crate::{
    contact::Contact,
    delivery::{Delivery, Handover, Promise},
    error::LineProblem,
    orders::details::Particulars,
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShippingRate {
    pub id: String,
    pub name: String,
    pub description: String,
    /// For the cart at hand, free delivery considered.
    pub price_minor: i64,
    /// What is said of an order that is placed now, if the owner says anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promise: Option<Promise>,
}

/// A shipping method as the owner has set it, for whatever cart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShippingOffer {
    pub name: String,
    pub description: String,
    pub price_minor: i64,
    /// The value of goods from which on it is free.
    pub free_from_minor: Option<i64>,
    pub handover: Handover,
    /// How long it takes, if the owner says so.
    pub delivery: Option<Delivery>,
}

/// What the shop offers before anybody has a cart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offers {
    /// ISO 4217, of the prices.
    pub currency: String,
    /// In the owner's order.
    pub shipping: Vec<ShippingOffer>,
    /// In the owner's order.
    pub payment: Vec<PaymentOffer>,
}

crate::words! {
    /// What is shown beside a way to pay.
    pub enum PaymentSign {
        Card = "card",
        Cash = "cash",
        Bank = "bank",
    }
}

/// A way to pay, as its provider describes it in the language of the request at hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentOffer {
    /// As in [`PaymentChoice::method`].
    pub method: String,
    pub title: String,
    /// What happens next, in a sentence.
    pub text: String,
    pub sign: PaymentSign,
    /// Why the order at hand cannot be paid in this way, if it cannot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unavailable: Option<String>,
    /// What the payment step asks for; nothing where the provider asks on a page of its own.
    pub field: Option<PaymentField>,
}

/// What a provider has to know, as `card_number` of the form. It is shown to nobody again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentField {
    pub label: String,
    pub placeholder: String,
    /// What the samples are; empty where there are none.
    pub about_samples: String,
    pub samples: Vec<PaymentSample>,
}

/// What can be typed to try something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentSample {
    pub value: String,
    /// What comes of it.
    pub text: String,
}

/// The payment method that takes no money, as in forms and in the database.
pub const TEST_CARD: &str = "test_card";

/// The payment method of cards at Stripe's page.
pub const STRIPE: &str = "stripe";

/// The payment method for who brings the parcel.
pub const CASH_ON_DELIVERY: &str = "cash_on_delivery";

/// The payment method that shoppers use at their bank.
pub const BANK_TRANSFER: &str = "bank_transfer";

/// How an order is to be paid. Of a card only the provider's token is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentChoice {
    /// As the provider is called, such as `cash_on_delivery` or `stripe`.
    pub method: String,
    /// What the provider needs to charge; empty where it has that itself.
    pub token: String,
    /// `Card ending 4242`, for people.
    pub label: String,
}

/// What the shopper has told until now.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    pub contact: Option<Contact>,
    #[serde(skip_serializing_if = "Particulars::is_empty")]
    pub particulars: Particulars,
    pub shipping: Option<String>,
    pub payment: Option<PaymentChoice>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    pub subtotal_minor: i64,
    pub shipping_minor: i64,
    /// Contained in the total.
    pub tax_minor: i64,
    /// Percent times 100: 1900 is 19 %.
    pub tax_basis_points: i64,
    pub total_minor: i64,
    pub currency: String,
}

impl Totals {
    /// Under what the total was worked out, besides prices and shipping: currency and tax, such as
    /// `EUR 1900`. A form sends it along, so that neither changes unseen.
    pub fn terms(&self) -> String {
        format!("{} {}", self.currency, self.tax_basis_points)
    }
}

/// Everything a step of the checkout shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CheckoutView {
    pub checkout_key: String,
    pub draft: Draft,
    pub cart: crate::cart::types::CartView,
    pub rates: Vec<ShippingRate>,
    /// Ways to pay this order, as far as its total and address are known.
    pub payment: Vec<PaymentOffer>,
    pub totals: Totals,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validation {
    pub ok: bool,
    pub problems: Vec<LineProblem>,
}

/// An accepted order, as the browser is told of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    pub order_number: String,
    pub token: String,
    pub total_minor: i64,
    pub status: crate::orders::types::OrderStatus,
    /// Where the shopper goes on to pay, at the provider's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pay_at: Option<String>,
    /// In how many seconds they may try to go on there, if it was out of reach.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pay_after: Option<u32>,
}

/// What comes with the press on "Order and pay". No price in it is believed; the total is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceOrder {
    pub checkout_key: String,
    pub contact: Contact,
    pub told: ParticularsInput,
    pub shipping: String,
    pub payment: PaymentInput,
    pub expected_total_minor: i64,
    /// [`Totals::terms`] as they were shown, if the form tells.
    pub terms: Option<String>,
    /// Network that the order comes from, to count by: [`Visitor::client`](crate::visitor::Visitor::client).
    pub network: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentInput {
    pub method: String,
    /// A number typed now; empty to charge the card given in the payment step.
    pub card_number: String,
}
