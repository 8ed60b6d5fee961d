//! Currencies by their codes.

use iso_currency::Currency;

/// Whether it is the code of a currency that goods can be priced in.
pub fn is_one(code: &str) -> bool {
    Currency::from_code(code).is_some_and(prices_goods)
}

/// No metals, funds or units of account, and nothing that another currency has replaced.
fn prices_goods(currency: Currency) -> bool {
    // ISO 4217 lists VES beside VED; the crate takes it for replaced.
    let is_replaced = currency.is_superseded().is_some() && currency != Currency::VES;
    !(currency.is_fund() || currency.is_special() || is_replaced)
}

#[cfg(test)]
mod tests {
    use app::{
        catalog::limits::MAX_AMOUNT,
        money::{currency_digits, format_money, parse_amount, plain_amount, same_number},
    };
    use iso_currency::Currency;
    use proptest::prelude::*;

    use super::{is_one, prices_goods};

    fn all() -> impl Iterator<Item = Currency> {
        (0..1000).filter_map(Currency::from_numeric)
    }

    fn currency() -> impl Strategy<Value = &'static str> {
        let priced = all().filter(|currency| prices_goods(*currency));
        let codes: Vec<&'static str> = priced.map(|currency| currency.code()).collect();
        prop::sample::select(codes)
    }

    /// As many small amounts as large ones.
    fn amount() -> impl Strategy<Value = i64> {
        prop_oneof![0..10_000_i64, 0..10_000_000_i64, 0..=MAX_AMOUNT]
    }

    proptest! {
        #[test]
        fn what_a_form_or_page_shows_is_read_back(currency in currency(), minor in amount()) {
            let plain = plain_amount(minor, currency);
            prop_assert_eq!(parse_amount(&plain, currency), Ok(minor), "{}", plain);
            if currency_digits(currency) > 0 {
                let shown = format_money(minor, currency);
                prop_assert_eq!(parse_amount(&shown, currency), Ok(minor), "{}", shown);
            }
        }

        #[test]
        fn a_number_that_fits_another_currency_comes_back(
            from in currency(),
            to in currency(),
            minor in amount(),
        ) {
            let there = same_number(minor, from, to);
            if currency_digits(to) >= currency_digits(from) {
                prop_assert_eq!(same_number(there, to, from), minor);
            } else {
                let unit = 10_i64.pow(currency_digits(from) - currency_digits(to));
                prop_assert!((there * unit - minor).abs() * 2 <= unit);
            }
        }

        #[test]
        fn no_text_is_read_as_two_amounts(text in "[0-9., ']{0,12}", currency in currency()) {
            // Points for commas and commas for points: another country's writing of the same text.
            let swapped: String = text
                .chars()
                .map(|letter| match letter {
                    '.' => ',',
                    ',' => '.',
                    other => other,
                })
                .collect();
            if let (Ok(one), Ok(other)) =
                (parse_amount(&text, currency), parse_amount(&swapped, currency))
            {
                prop_assert_eq!(one, other);
            }
        }
    }

    #[test]
    fn a_code_is_three_letters_of_the_list() {
        for code in [
            "EUR", "AED", "BAM", "VED", "VES", "XAF", "XCG", "ZMW", "ZWG",
        ] {
            assert!(is_one(code), "{code}");
        }
        // From XXX on: none, one for tests, a metal, units of account, funds, and what was replaced.
        for other in [
            "", "eur", "EU", "EURO", "UR ", "EUR ", "XXX", "XTS", "XAU", "XDR", "CLF", "UYI",
            "USN", "BGN", "CUC", "HRK", "SLL", "ZWL",
        ] {
            assert!(!is_one(other), "{other}");
        }
    }

    /// The browser counts with a table of its own: this holds it to the standard's.
    #[test]
    fn every_currency_has_the_digits_of_the_standard() {
        let digits = all().filter_map(|currency| Some((currency.code(), currency.exponent()?)));
        let mut compared = 0;
        for (code, digits) in digits {
            assert_eq!(currency_digits(code), u32::from(digits), "{code}");
            compared += 1;
        }
        assert!(compared > 150, "{compared}");
    }
}
