//! Currencies by their codes.

/// Codes of ISO 4217 that money is counted in.
const CODES: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD \
     CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS \
     GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW \
     KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR \
     MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR \
     SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX \
     USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG";

pub fn is_one(code: &str) -> bool {
    code.len() == 3 && CODES.split_whitespace().any(|known| known == code)
}

#[cfg(test)]
mod tests {
    use app::money::{currency_digits, format_money, parse_amount, plain_amount, same_number};
    use proptest::prelude::*;

    use crate::catalog::write::draft::MAX_AMOUNT;

    fn currency() -> impl Strategy<Value = &'static str> {
        let codes: Vec<&'static str> = super::CODES.split_whitespace().collect();
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
        assert!(super::is_one("EUR") && super::is_one("AED") && super::is_one("ZMW"));
        for other in ["", "eur", "EU", "EURO", "XXX", "UR ", "EUR "] {
            assert!(!super::is_one(other), "{other}");
        }
    }
}
