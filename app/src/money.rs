//! Amounts are `i64` minor units (cents); this turns them into words and back.

mod typed;

pub use typed::{AmountError, Readings, parse_amount, parse_percent, readings};

/// Digits after the decimal point, by ISO 4217.
pub fn currency_digits(currency: &str) -> u32 {
    match currency {
        "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX"
        | "UYI" | "VND" | "VUV" | "XAF" | "XOF" | "XPF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        "CLF" | "UYW" => 4,
        _ => 2,
    }
}

fn symbol(currency: &str) -> Option<&'static str> {
    Some(match currency {
        "EUR" => "€",
        "GBP" => "£",
        "USD" => "$",
        "JPY" => "¥",
        _ => return None,
    })
}

/// `1234.50`: no symbol, no grouping, a point and exactly the currency's digits behind it; for form
/// fields, addresses, feeds and structured data. [`parse_amount`] reads it back in every currency.
pub fn plain_amount(minor: i64, currency: &str) -> String {
    plain(minor, currency_digits(currency))
}

pub(crate) fn plain(minor: i64, digits: u32) -> String {
    let sign = if minor < 0 { "-" } else { "" };
    let minor = minor.unsigned_abs();
    if digits == 0 {
        return format!("{sign}{minor}");
    }
    let (unit, width) = (10u64.pow(digits), digits as usize);
    format!("{sign}{}.{:0width$}", minor / unit, minor % unit)
}

/// `1,234.50`, whatever the sign.
pub(crate) fn grouped(minor: i64, digits: u32) -> String {
    let plain = plain(minor.saturating_abs(), digits);
    let (whole, rest) = plain.split_at(plain.find('.').unwrap_or(plain.len()));
    let mut grouped = String::with_capacity(plain.len() + whole.len() / 3);
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped.push_str(rest);
    grouped
}

/// `€1,234.50`, or `CHF 1,234.50` where the currency has no well-known sign.
pub fn format_money(minor: i64, currency: &str) -> String {
    let grouped = grouped(minor, currency_digits(currency));
    let sign = if minor < 0 { "−" } else { "" };
    match symbol(currency) {
        Some(symbol) => format!("{sign}{symbol}{grouped}"),
        None => format!("{sign}{currency}\u{a0}{grouped}"),
    }
}

/// `1.234,50 €`: as languages write it that have the point between thousands and the sign behind.
#[cfg(feature = "ssr")]
pub fn format_money_behind(minor: i64, currency: &str) -> String {
    let amount = with_comma(&grouped(minor, currency_digits(currency)));
    let sign = if minor < 0 { "−" } else { "" };
    format!(
        "{sign}{amount}\u{a0}{}",
        symbol(currency).unwrap_or(currency)
    )
}

/// `1,234.50` as `1.234,50`.
#[cfg(feature = "ssr")]
pub(crate) fn with_comma(number: &str) -> String {
    let swapped = number.chars().map(|c| match c {
        ',' => '.',
        '.' => ',',
        other => other,
    });
    swapped.collect()
}

/// The amount with the same number in another currency: 34.00 EUR is 34 JPY and 34.000 KWD. What the
/// other currency has no digits for is rounded, half away from zero.
pub fn same_number(minor: i64, from: &str, to: &str) -> i64 {
    let (from, to) = (currency_digits(from), currency_digits(to));
    match to.checked_sub(from) {
        Some(more) => minor.saturating_mul(10i64.pow(more)),
        None => {
            let unit = 10i64.pow(from - to);
            let rounded = minor.saturating_abs().saturating_add(unit / 2) / unit;
            rounded * minor.signum()
        }
    }
}

/// Tax contained in a gross amount, half a minor unit rounded up. The rate is percent times 100.
pub fn contained_tax(gross_minor: i64, tax_basis_points: i64) -> i64 {
    let whole = 10_000 + tax_basis_points;
    let tax = i128::from(gross_minor) * i128::from(tax_basis_points);
    ((tax * 2 + i128::from(whole)) / (i128::from(whole) * 2)) as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_shown_with_sign_and_groups() {
        assert_eq!(format_money(4900, "EUR"), "€49.00");
        assert_eq!(format_money(123_456_789, "USD"), "$1,234,567.89");
        assert_eq!(format_money(1500, "JPY"), "¥1,500");
        assert_eq!(format_money(5, "CHF"), "CHF\u{a0}0.05");
        assert_eq!(format_money(-250, "EUR"), "−€2.50");
    }

    #[test]
    fn a_number_is_kept_in_another_currency() {
        for (minor, from, to, same) in [
            (3400, "EUR", "USD", 3400),
            (3400, "EUR", "JPY", 34),
            (3449, "EUR", "JPY", 34),
            (3450, "EUR", "JPY", 35),
            (49, "EUR", "JPY", 0),
            (-3450, "EUR", "JPY", -35),
            (3400, "EUR", "KWD", 34_000),
            (34, "JPY", "EUR", 3400),
            (34, "JPY", "KWD", 34_000),
            (1_005, "KWD", "EUR", 101),
            (1_499, "KWD", "JPY", 1),
            (0, "KWD", "JPY", 0),
        ] {
            assert_eq!(same_number(minor, from, to), same, "{minor} {from} {to}");
        }
        assert_eq!(same_number(i64::MAX, "JPY", "KWD"), i64::MAX);
    }

    #[test]
    fn every_currency_has_the_digits_of_iso_4217() {
        for (currency, digits) in [
            ("EUR", 2),
            ("MGA", 2),
            ("ISK", 0),
            ("JPY", 0),
            ("UYI", 0),
            ("KWD", 3),
            ("IQD", 3),
            ("TND", 3),
            ("CLF", 4),
            ("UYW", 4),
        ] {
            assert_eq!(currency_digits(currency), digits, "{currency}");
        }
    }

    #[test]
    fn what_the_shop_writes_reads_back() {
        let amounts = [
            0, 1, 9, 10, 99, 100, 999, 1000, 1001, 1500, 12_345, 123_456, 1_234_567,
        ];
        for minor in amounts.into_iter().chain([1_000_000_000_000]) {
            for currency in ["EUR", "USD", "CHF", "JPY", "ISK", "KWD", "TND", "CLF"] {
                let plain = plain_amount(minor, currency);
                assert_eq!(
                    parse_amount(&plain, currency),
                    Ok(minor),
                    "{plain} {currency}"
                );
                // Without decimals `¥1,500` could be any language's.
                if currency_digits(currency) > 0 {
                    let shown = format_money(minor, currency);
                    assert_eq!(parse_amount(&shown, currency), Ok(minor), "{shown}");
                }
            }
        }
    }
}
