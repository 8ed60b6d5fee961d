//! Amounts as a provider counts them. The shop counts in the minor units of ISO 4217; a provider may
//! count some currencies in other units, or take round amounts of them only.

use app::money::{currency_digits, plain_amount};

use super::Money;

/// How a provider counts a currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Units {
    /// Digits that are behind the decimal point in its amounts.
    pub digits: u32,
    /// Its amounts are multiples of this.
    pub step: i64,
}

/// Why an amount of the shop's cannot be told to a provider, or one of the provider's to the shop.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnitsError {
    #[error("{0} is not a currency that the provider takes")]
    Currency(String),
    /// The provider takes round amounts only.
    #[error("the provider takes amounts in {currency} in steps of {step}")]
    Step {
        currency: String,
        /// Written out, such as `0.010`.
        step: String,
    },
    #[error("the amount is too large to be counted")]
    TooLarge,
    /// An amount of the provider's that the shop's units cannot tell.
    #[error("{0} of the provider's units are no whole number of minor units")]
    Fraction(i64),
}

impl Units {
    /// As ISO 4217 has it, and every amount is taken.
    pub fn iso(currency: &str) -> Self {
        Self {
            digits: currency_digits(currency),
            step: 1,
        }
    }

    /// The shop's amount in the provider's units. Nothing is rounded: what cannot be told exactly
    /// is an error, because the provider would charge another sum than the order's.
    pub fn to_provider(self, amount: &Money) -> Result<i64, UnitsError> {
        let ours = currency_digits(&amount.currency);
        let counted = match self.digits.checked_sub(ours) {
            Some(more) => ten_to(more).and_then(|unit| amount.minor.checked_mul(unit)),
            None => {
                let unit = ten_to(ours - self.digits).ok_or(UnitsError::TooLarge)?;
                if amount.minor % unit != 0 {
                    return Err(self.step_error(&amount.currency));
                }
                Some(amount.minor / unit)
            }
        };
        let counted = counted.ok_or(UnitsError::TooLarge)?;
        if counted % self.step != 0 {
            return Err(self.step_error(&amount.currency));
        }
        Ok(counted)
    }

    /// The provider's amount in the shop's units.
    pub fn to_shop(self, counted: i64, currency: &str) -> Result<i64, UnitsError> {
        let ours = currency_digits(currency);
        match ours.checked_sub(self.digits) {
            Some(more) => ten_to(more)
                .and_then(|unit| counted.checked_mul(unit))
                .ok_or(UnitsError::TooLarge),
            None => {
                let unit = ten_to(self.digits - ours).ok_or(UnitsError::TooLarge)?;
                if counted % unit == 0 {
                    Ok(counted / unit)
                } else {
                    Err(UnitsError::Fraction(counted))
                }
            }
        }
    }

    /// The smallest difference between two amounts, in the shop's minor units.
    pub fn smallest(self, currency: &str) -> i64 {
        let ours = currency_digits(currency);
        match ours.checked_sub(self.digits) {
            Some(more) => self.step.saturating_mul(ten_to(more).unwrap_or(i64::MAX)),
            None => {
                let unit = ten_to(self.digits - ours).unwrap_or(i64::MAX);
                (self.step / unit).max(1)
            }
        }
    }

    fn step_error(self, currency: &str) -> UnitsError {
        UnitsError::Step {
            currency: currency.to_owned(),
            step: plain_amount(self.smallest(currency), currency),
        }
    }
}

fn ten_to(digits: u32) -> Option<i64> {
    10i64.checked_pow(digits)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn money(minor: i64, currency: &str) -> Money {
        Money {
            minor,
            currency: currency.to_owned(),
        }
    }

    const KRONUR: Units = Units {
        digits: 2,
        step: 100,
    };
    const DINARS: Units = Units {
        digits: 3,
        step: 10,
    };
    const ARIARY: Units = Units { digits: 0, step: 1 };

    #[test]
    fn amounts_are_told_in_the_providers_units() {
        for (units, minor, currency, counted) in [
            (Units::iso("EUR"), 4900, "EUR", 4900),
            (Units::iso("JPY"), 500, "JPY", 500),
            (Units::iso("KWD"), 1005, "KWD", 1005),
            (KRONUR, 5, "ISK", 500),
            (DINARS, 1250, "KWD", 1250),
            (ARIARY, 300, "MGA", 3),
            (KRONUR, 0, "ISK", 0),
        ] {
            assert_eq!(units.to_provider(&money(minor, currency)), Ok(counted));
            assert_eq!(units.to_shop(counted, currency), Ok(minor), "{currency}");
        }
    }

    #[test]
    fn what_cannot_be_told_exactly_is_refused_with_the_step() {
        for (units, minor, currency, step) in
            [(DINARS, 1255, "KWD", "0.010"), (ARIARY, 150, "MGA", "1.00")]
        {
            let step = UnitsError::Step {
                currency: currency.to_owned(),
                step: step.to_owned(),
            };
            assert_eq!(units.to_provider(&money(minor, currency)), Err(step));
        }
        assert_eq!(
            KRONUR.to_provider(&money(i64::MAX, "ISK")),
            Err(UnitsError::TooLarge)
        );
        assert_eq!(KRONUR.to_shop(550, "ISK"), Err(UnitsError::Fraction(550)));
        assert_eq!(ARIARY.to_shop(i64::MAX, "MGA"), Err(UnitsError::TooLarge));
    }

    proptest! {
        #[test]
        fn an_amount_that_was_told_comes_back_as_it_was(
            minor in 0..1_000_000_000_000i64,
            which in 0..5usize,
        ) {
            let (units, currency) = [
                (Units::iso("EUR"), "EUR"),
                (Units::iso("JPY"), "JPY"),
                (KRONUR, "ISK"),
                (DINARS, "KWD"),
                (ARIARY, "MGA"),
            ][which];
            if let Ok(counted) = units.to_provider(&money(minor, currency)) {
                prop_assert_eq!(units.to_shop(counted, currency), Ok(minor));
            }
        }
    }
}
