//! Sums of money in Stripe's units and in the shop's.

use app::money::currency_digits;

use super::currency;
use crate::{error::ProviderError, payment::port::Units};

/// Sums of one currency, in Stripe's units and in ours.
pub(super) struct Amounts<'a> {
    currency: &'a str,
    units: Units,
}

impl<'a> Amounts<'a> {
    pub fn of(currency: &'a str) -> Self {
        // What Stripe reports of a currency that we would not ask for is counted as ISO has it.
        let units = currency::units(currency).unwrap_or(Units {
            digits: currency_digits(currency),
            step: 1,
        });
        Self { currency, units }
    }

    pub fn shops(&self, counted: i64) -> Result<i64, ProviderError> {
        self.units
            .to_shop(counted, self.currency)
            .map_err(|error| ProviderError::Refused {
                code: "amount".to_owned(),
                message: error.to_string(),
            })
    }
}
