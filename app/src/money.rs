//! Amounts are `i64` minor units (cents); this turns them into words and back.

/// Digits after the decimal point, by ISO 4217.
pub fn currency_digits(currency: &str) -> u32 {
    match currency {
        "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX"
        | "VND" | "VUV" | "XAF" | "XOF" | "XPF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
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

/// `1234.50`: no symbol, no grouping; for form fields, feeds and structured data.
pub fn plain_amount(minor: i64, currency: &str) -> String {
    let digits = currency_digits(currency) as usize;
    let sign = if minor < 0 { "-" } else { "" };
    let minor = minor.unsigned_abs();
    if digits == 0 {
        return format!("{sign}{minor}");
    }
    let unit = 10u64.pow(digits as u32);
    format!("{sign}{}.{:0digits$}", minor / unit, minor % unit)
}

/// `€1,234.50`, or `CHF 1,234.50` where the currency has no well-known sign.
pub fn format_money(minor: i64, currency: &str) -> String {
    let plain = plain_amount(minor.saturating_abs(), currency);
    let (whole, rest) = plain.split_at(plain.find('.').unwrap_or(plain.len()));
    let mut grouped = String::with_capacity(whole.len() + whole.len() / 3);
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = if minor < 0 { "−" } else { "" };
    match symbol(currency) {
        Some(symbol) => format!("{sign}{symbol}{grouped}{rest}"),
        None => format!("{sign}{currency}\u{a0}{grouped}{rest}"),
    }
}

/// Reads what a person types for an amount (`49`, `49.9`, `49,90`, `1,234.50`) as minor units.
/// `None` if it is not an amount, is negative, or has more decimals than the currency.
pub fn parse_amount(text: &str, currency: &str) -> Option<i64> {
    let digits = currency_digits(currency) as usize;
    let text = text
        .trim()
        .trim_start_matches(symbol(currency).unwrap_or(""));
    let text = text.trim();
    let (whole, fraction) = match text.rfind(['.', ',']) {
        // A last group of exactly three digits behind a comma is a thousands group.
        Some(at) if text[at..].starts_with(',') && text.len() - at == 4 && digits != 3 => {
            (text, "")
        }
        Some(at) => (&text[..at], &text[at + 1..]),
        None => (text, ""),
    };
    let whole: String = whole.chars().filter(|c| *c != ',').collect();
    let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    let fraction = fraction.trim_end_matches('0');
    if (whole.is_empty() && fraction.is_empty())
        || whole.len() > 12
        || fraction.len() > digits
        || !all_digits(&whole)
        || !all_digits(fraction)
    {
        return None;
    }
    let unit = 10i64.pow(digits as u32);
    let whole: i64 = if whole.is_empty() {
        0
    } else {
        whole.parse().ok()?
    };
    let fraction: i64 = format!("{fraction:0<digits$}0").parse::<i64>().ok()? / 10;
    whole.checked_mul(unit)?.checked_add(fraction)
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
    fn typed_amounts_are_read_or_refused() {
        for (text, minor) in [
            ("49", Some(4900)),
            ("49.9", Some(4990)),
            ("49,90", Some(4990)),
            ("1,234.50", Some(123_450)),
            ("1,234", Some(123_400)),
            ("€ 12", Some(1200)),
            ("0.05", Some(5)),
            (".5", Some(50)),
            ("", None),
            ("-1", None),
            ("1.234", None),
            ("abc", None),
            ("9999999999999", None),
        ] {
            assert_eq!(parse_amount(text, "EUR"), minor, "{text:?}");
        }
        assert_eq!(parse_amount("1500", "JPY"), Some(1500));
        assert_eq!(parse_amount("15.5", "JPY"), None);
    }

    #[test]
    fn what_is_written_plainly_reads_back() {
        for minor in [0, 1, 99, 100, 101, 123_456_789] {
            for currency in ["EUR", "JPY", "KWD"] {
                assert_eq!(
                    parse_amount(&plain_amount(minor, currency), currency),
                    Some(minor)
                );
            }
        }
    }
}
