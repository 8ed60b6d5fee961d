//! How a provider describes itself to the payment step.

use app::checkout::types::PaymentSign;

use super::Money;

/// One way to pay, as shoppers see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// `Card`, unless the owner has set another name.
    pub title: String,
    /// What happens next, in a sentence.
    pub text: String,
    /// The picture beside it.
    pub sign: PaymentSign,
    pub countries: Countries,
    pub lowest_minor: i64,
    pub highest_minor: i64,
    /// A total has to be a multiple of it.
    pub step_minor: i64,
}

/// Where the shopper has to be at home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Countries {
    All,
    /// ISO 3166 codes in capital letters.
    Only(Vec<String>),
}

/// Why a way to pay is not offered for an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    #[error("the order costs less than can be paid in this way")]
    TooLow,
    #[error("the order costs more than can be paid in this way")]
    TooHigh,
    #[error("the order costs what cannot be paid exactly in this way")]
    Step,
    #[error("it is not offered in this country")]
    Country,
}

impl Choice {
    /// Whether it is for an order of this total, by someone in this country. The total is in the
    /// currency that the choice was asked for.
    pub fn fits(&self, total: &Money, country: &str) -> Result<(), Unfit> {
        if total.minor < self.lowest_minor {
            return Err(Unfit::TooLow);
        }
        if total.minor > self.highest_minor {
            return Err(Unfit::TooHigh);
        }
        if total.minor % self.step_minor != 0 {
            return Err(Unfit::Step);
        }
        match &self.countries {
            Countries::All => Ok(()),
            Countries::Only(codes) if codes.iter().any(|code| code == country) => Ok(()),
            Countries::Only(_) => Err(Unfit::Country),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_to_pay_is_offered_within_its_amounts_and_countries() {
        let choice = Choice {
            title: "Card".to_owned(),
            text: String::new(),
            sign: PaymentSign::Card,
            countries: Countries::Only(vec!["DE".to_owned(), "AT".to_owned()]),
            lowest_minor: 50,
            highest_minor: 10_000,
            step_minor: 1,
        };
        let total = |minor| Money {
            minor,
            currency: "EUR".to_owned(),
        };
        assert_eq!(choice.fits(&total(50), "DE"), Ok(()));
        assert_eq!(choice.fits(&total(10_000), "AT"), Ok(()));
        assert_eq!(choice.fits(&total(49), "DE"), Err(Unfit::TooLow));
        assert_eq!(choice.fits(&total(10_001), "DE"), Err(Unfit::TooHigh));
        assert_eq!(choice.fits(&total(50), "FR"), Err(Unfit::Country));
        let by_tens = Choice {
            step_minor: 10,
            ..choice.clone()
        };
        assert_eq!(by_tens.fits(&total(60), "DE"), Ok(()));
        assert_eq!(by_tens.fits(&total(65), "DE"), Err(Unfit::Step));
        let everywhere = Choice {
            countries: Countries::All,
            ..choice
        };
        assert_eq!(everywhere.fits(&total(50), "FR"), Ok(()));
    }
}
