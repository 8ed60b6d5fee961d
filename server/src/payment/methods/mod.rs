//! Which methods an order can be paid by: what the owner has turned on, for which totals and countries. One
//! decision for the payment step, the review and the order itself; pure.

pub mod store;
#[cfg(test)]
mod tests;

use app::{
    countries::{DeliveryCountries, local_name},
    error::ShopError,
    locale::locale,
};
use serde::{Deserialize, Serialize};

use super::{bank_transfer::settings::DAYS, not_offered, text::Text};

/// What the owner has set of a payment method.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Method {
    /// As orders call it.
    pub method: String,
    pub is_on: bool,
    /// As the owner calls it; empty: as its provider does.
    pub name: String,
    /// As the owner describes it; empty: as its provider does.
    pub description: String,
    /// What an order has to come to, in the shop's currency.
    pub lowest_minor: Option<i64>,
    pub highest_minor: Option<i64>,
    /// Where its parcel has to go; empty: wherever the shop delivers to.
    pub countries: DeliveryCountries,
}

impl Method {
    /// One that nobody has set anything of: it is on, as its provider describes it, for every order.
    pub fn unset(method: &str) -> Self {
        Self {
            method: method.to_owned(),
            is_on: true,
            name: String::new(),
            description: String::new(),
            lowest_minor: None,
            highest_minor: None,
            countries: DeliveryCountries::of([]),
        }
    }
}

/// All that is set of payment methods, in the owner's order. What nobody has set anything of is on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Methods {
    pub all: Vec<Method>,
    /// How many days an order waits for a bank transfer.
    pub transfer_days: i64,
}

impl Default for Methods {
    fn default() -> Self {
        Self {
            all: Vec::new(),
            transfer_days: DAYS,
        }
    }
}

/// An order that is to be paid by some method, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PricedOrder<'a> {
    /// In the shop's currency.
    pub total_minor: i64,
    pub currency: &'a str,
    /// Where its parcel is to go, by its code.
    pub country: Option<&'a str>,
}

/// Why an order cannot be paid by a method.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Misfit {
    #[error("it is turned off")]
    Off,
    #[error("it is for orders of {lowest_minor} {currency} and more")]
    TooLow { lowest_minor: i64, currency: String },
    #[error("it is for orders of up to {highest_minor} {currency}")]
    TooHigh {
        highest_minor: i64,
        currency: String,
    },
    #[error("it is not for parcels to {code}")]
    Country { code: String },
}

impl Methods {
    pub fn of(&self, method: &str) -> Option<&Method> {
        self.all.iter().find(|one| one.method == method)
    }

    pub fn is_on(&self, method: &str) -> bool {
        self.of(method).is_none_or(|one| one.is_on)
    }

    /// Its place in the owner's order; what has none comes last.
    pub fn rank(&self, method: &str) -> usize {
        let place = self.all.iter().position(|one| one.method == method);
        place.unwrap_or(self.all.len())
    }

    /// Whether an order can be paid by a method. Of one that costs nothing, no amount is asked.
    pub fn admit(&self, method: &str, order: &PricedOrder<'_>) -> Result<(), Misfit> {
        let Some(one) = self.of(method) else {
            return Ok(());
        };
        if !one.is_on {
            return Err(Misfit::Off);
        }
        if let Some(code) = order.country
            && !one.countries.is_empty()
            && !one.countries.contains(code)
        {
            return Err(Misfit::Country {
                code: code.to_owned(),
            });
        }
        let currency = || order.currency.to_owned();
        match (order.total_minor, one.lowest_minor, one.highest_minor) {
            (0, ..) => Ok(()),
            (total, Some(lowest_minor), _) if total < lowest_minor => Err(Misfit::TooLow {
                lowest_minor,
                currency: currency(),
            }),
            (total, _, Some(highest_minor)) if total > highest_minor => Err(Misfit::TooHigh {
                highest_minor,
                currency: currency(),
            }),
            (..) => Ok(()),
        }
    }
}

impl Misfit {
    /// For the shopper, in the language of the request at hand.
    pub fn words(&self) -> String {
        let text = Text::from(locale());
        let money = |minor: &i64, currency: &str| locale().money(*minor, currency);
        match self {
            Self::Off => text.choose_payment().to_owned(),
            Self::TooLow {
                lowest_minor,
                currency,
            } => text.order_too_low(&money(lowest_minor, currency)),
            Self::TooHigh {
                highest_minor,
                currency,
            } => text.order_too_high(&money(highest_minor, currency)),
            Self::Country { code } => text.not_to_country(local_name(code).unwrap_or(code)),
        }
    }

    pub fn told(&self) -> ShopError {
        match self {
            Self::Off => not_offered(),
            Self::TooLow { .. } | Self::TooHigh { .. } | Self::Country { .. } => {
                ShopError::field("payment", self.words())
            }
        }
    }
}
