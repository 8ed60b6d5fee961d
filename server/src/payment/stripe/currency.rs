//! How Stripe counts currencies, and what it takes of each:
//! <https://docs.stripe.com/currencies>.

use crate::payment::port::Units;

/// What Stripe charges cards in.
const TAKEN: &[&str] = &[
    "AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT",
    "BGN", "BHD", "BIF", "BMD", "BND", "BOB", "BRL", "BSD", "BWP", "BYN", "BZD", "CAD", "CDF",
    "CHF", "CLP", "CNY", "COP", "CRC", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP", "ETB",
    "EUR", "FJD", "FKP", "GBP", "GEL", "GIP", "GMD", "GNF", "GTQ", "GYD", "HKD", "HNL", "HTG",
    "HUF", "IDR", "ILS", "INR", "ISK", "JMD", "JOD", "JPY", "KES", "KGS", "KHR", "KMF", "KRW",
    "KWD", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD", "LSL", "MAD", "MDL", "MGA", "MKD", "MMK",
    "MNT", "MOP", "MUR", "MVR", "MWK", "MXN", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR",
    "NZD", "OMR", "PAB", "PEN", "PGK", "PHP", "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB",
    "RWF", "SAR", "SBD", "SCR", "SEK", "SGD", "SHP", "SLE", "SOS", "SRD", "STD", "SZL", "THB",
    "TJS", "TND", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "UGX", "USD", "UYU", "UZS", "VND",
    "VUV", "WST", "XAF", "XCD", "XCG", "XOF", "XPF", "YER", "ZAR", "ZMW",
];

/// `None` if Stripe does not take the currency.
pub(super) fn units(currency: &str) -> Option<Units> {
    if !TAKEN.contains(&currency) {
        return None;
    }
    Some(match currency {
        // No decimals any more, but counted as if there were two, which must be 00.
        "ISK" | "UGX" => Units {
            digits: 2,
            step: 100,
        },
        // Two digits in ISO 4217, of which Stripe takes none.
        "MGA" => Units { digits: 0, step: 1 },
        // The last of three digits must be 0.
        "BHD" | "JOD" | "KWD" | "OMR" | "TND" => Units {
            digits: 3,
            step: 10,
        },
        other => Units::iso(other),
    })
}

/// The least that Stripe charges, in its own units, where it says so. For other currencies the least
/// depends on what the account is paid out in, and Stripe refuses what is below it.
pub(super) fn lowest(currency: &str) -> i64 {
    match currency {
        "USD" | "AUD" | "BRL" | "CAD" | "CHF" | "EUR" | "INR" | "JPY" | "NZD" | "SGD" => 50,
        "GBP" => 30,
        "BGN" => 100,
        "AED" | "MYR" | "PLN" | "RON" => 200,
        "DKK" => 250,
        "NOK" | "SEK" => 300,
        "HKD" => 400,
        "MXN" | "THB" => 1000,
        "CZK" => 1500,
        "HUF" => 17_500,
        _ => 1,
    }
}

/// The most that Stripe charges at once, in its own units: eight digits.
pub(super) const HIGHEST: i64 = 99_999_999;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payment::port::Money;

    fn counted(minor: i64, currency: &str) -> Option<i64> {
        let amount = Money {
            minor,
            currency: currency.to_owned(),
        };
        units(currency)?.to_provider(&amount).ok()
    }

    #[test]
    fn amounts_are_in_the_units_of_stripe() {
        for (minor, currency, expected) in [
            (1000, "USD", Some(1000)),
            (500, "JPY", Some(500)),
            (5, "ISK", Some(500)),
            (5, "UGX", Some(500)),
            (5120, "KWD", Some(5120)),
            (5124, "KWD", None),
            (300, "MGA", Some(3)),
            (350, "MGA", None),
            (1000, "TWD", Some(1000)),
            (1000, "HUF", Some(1000)),
            // Not taken: four digits, and one that is no currency.
            (1000, "CLF", None),
            (1000, "XXX", None),
        ] {
            assert_eq!(counted(minor, currency), expected, "{minor} {currency}");
        }
    }

    #[test]
    fn the_list_is_sorted_and_the_least_amounts_can_be_charged() {
        assert!(TAKEN.is_sorted());
        for currency in TAKEN {
            let step = units(currency).map_or(1, |units| units.step);
            let least = lowest(currency);
            assert!(least == 1 || least % step == 0, "{currency}");
        }
    }
}
