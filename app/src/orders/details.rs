//! What an order was placed with besides its lines, its sums and where it goes. Most of it is missing from
//! most orders.

use serde::{Deserialize, Serialize};

use crate::contact::Contact;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OrderDetails {
    /// The code of the language it was placed in.
    pub locale: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub market: String,
    /// Of the person who gets the parcel.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub company: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub billing: Option<Billing>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub vat_id: String,
    /// What the customer wrote to the shop.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub customer_note: String,
}

/// Whom the invoice is for, where that is not the person who gets the parcel.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Billing {
    pub name: String,
    pub company: String,
    pub address_line1: String,
    pub address_line2: String,
    pub postal_code: String,
    pub city: String,
    pub state: String,
    pub country: String,
}

impl Billing {
    /// As an address to be written.
    pub fn address(&self) -> Contact {
        Contact {
            name: self.name.clone(),
            address_line1: self.address_line1.clone(),
            address_line2: self.address_line2.clone(),
            postal_code: self.postal_code.clone(),
            city: self.city.clone(),
            state: self.state.clone(),
            country: self.country.clone(),
            ..Contact::default()
        }
    }
}

/// What a customer said of an order besides contact and delivery address. Most orders have none of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Particulars {
    /// Of the person who gets the parcel.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub company: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub vat_id: String,
    /// What the customer wrote to the shop.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub customer_note: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub billing: Option<Billing>,
}

impl Particulars {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
