//! Amounts of money, stock and weight as files write them.
//!
//! Stricter than what people type: decimals follow a point. What could mean two amounts is refused by
//! the same rule (see [`app::money::parse_amount`]), but for weights.

use app::{
    catalog::limits::{MAX_AMOUNT, MAX_COUNT},
    money::readings,
};

use super::cell::CellError;

/// The digits before the point, without thousands commas, and those after it.
fn parts(text: &str) -> Option<(String, &str)> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) if digits(fraction) => (whole, fraction),
        Some(_) => return None,
        None => (text, ""),
    };
    let mut groups = whole.split(',');
    let first = groups.next().filter(|first| digits(first))?;
    let grouped = whole.len() > first.len();
    let well_grouped = first.len() <= 3 && groups.all(|group| group.len() == 3 && digits(group));
    (!grouped || well_grouped).then(|| (whole.replace(',', ""), fraction))
}

fn non_negative(text: &str) -> Result<(), CellError> {
    match text.strip_prefix('-') {
        Some(rest) if parts(rest).is_some() => Err(CellError::Negative(text.to_owned())),
        _ => Ok(()),
    }
}

/// Refuses what could mean two numbers: `1.000` and `1,000`.
fn unambiguous(text: &str, digits: u32) -> Result<(), CellError> {
    readings(text, digits).map_or(Ok(()), |readings| Err(CellError::Ambiguous(readings)))
}

/// An amount in minor units: `"1,234.5"` is 123450 with two digits.
pub(super) fn money(text: &str, digits: u32) -> Result<i64, CellError> {
    non_negative(text)?;
    let (whole, fraction) = parts(text).ok_or_else(|| CellError::NotMoney(text.to_owned()))?;
    unambiguous(text, digits)?;
    let width = digits as usize;
    let (kept, beyond) = fraction.split_at(fraction.len().min(width));
    if beyond.bytes().any(|byte| byte != b'0') {
        return Err(CellError::Decimals {
            text: text.to_owned(),
            digits,
        });
    }
    bounded(&format!("{whole}{kept:0<width$}"), MAX_AMOUNT, text)
}

/// A whole number that is not negative.
pub(super) fn whole(text: &str) -> Result<i64, CellError> {
    non_negative(text)?;
    match parts(text) {
        // Table programs write 12.0 for a whole number when its column has gaps.
        Some((whole, fraction)) if fraction.bytes().all(|byte| byte == b'0') => {
            // 12.000 may be twelve thousand; a comma before three digits groups, for units are whole.
            if !fraction.is_empty() {
                unambiguous(text, 0)?;
            }
            bounded(&whole, MAX_COUNT, text)
        }
        _ => Err(CellError::NotWhole(text.to_owned())),
    }
}

/// Units in stock. Shops that sell more than they have write negative ones.
pub(super) fn stock(text: &str) -> Result<i64, CellError> {
    match text.strip_prefix('-') {
        Some(owed) if parts(owed).is_some() => Ok(-whole(owed)?),
        _ => whole(text),
    }
}

/// Rounded to the gram: weights entered in ounces are exported with decimals, three of them as well, so
/// a point is a decimal one here. A comma before three digits could still be either.
pub(super) fn grams(text: &str) -> Result<i64, CellError> {
    non_negative(text)?;
    let (whole, fraction) = parts(text).ok_or_else(|| CellError::NotNumber(text.to_owned()))?;
    if fraction.is_empty() {
        unambiguous(text, 0)?;
    }
    let half = fraction.bytes().next().is_some_and(|tenth| tenth >= b'5');
    Ok(bounded(&whole, MAX_COUNT, text)? + i64::from(half))
}

fn bounded(digits: &str, max: i64, text: &str) -> Result<i64, CellError> {
    digits
        .parse()
        .ok()
        .filter(|&number| number <= max)
        .ok_or_else(|| CellError::TooLarge(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_read_as_people_and_shops_write_it() {
        for (text, minor) in [
            ("49", 4900),
            ("49.9", 4990),
            ("49.90", 4990),
            ("49.9000", 4990),
            ("1,234.50", 123_450),
            ("12,345,678", 1_234_567_800),
            ("0", 0),
            ("10000000000.00", MAX_AMOUNT),
        ] {
            assert_eq!(money(text, 2), Ok(minor), "{text}");
        }
        assert_eq!(money("500", 0), Ok(500));
        assert_eq!(money("500.00", 0), Ok(500));
        assert_eq!(money("1.234", 3), Ok(1234));
    }

    #[test]
    fn what_could_mean_two_amounts_is_refused_with_both() {
        let words = |text: &str, digits| money(text, digits).unwrap_err().to_string();
        assert_eq!(
            words("1.000", 2),
            "1.000 could mean 1.00 or 1,000.00; write 1000 or 1.00"
        );
        assert_eq!(
            words("12,345", 3),
            "12,345 could mean 12.345 or 12,345.000; write 12345 or 12.345"
        );
        for (text, digits) in [
            ("1,234", 2),
            ("49.900", 2),
            ("1.000", 0),
            ("1,500", 0),
            ("1,500", 3),
            ("1.500", 4),
        ] {
            assert!(
                matches!(money(text, digits), Err(CellError::Ambiguous(_))),
                "{text} {digits}"
            );
        }
        for (text, digits, minor) in [
            ("1.500", 3, 1500),
            ("0.500", 2, 50),
            ("1,234.00", 2, 123_400),
            ("1234.500", 2, 123_450),
            ("1,000,000", 0, 1_000_000),
        ] {
            assert_eq!(money(text, digits), Ok(minor), "{text} {digits}");
        }
    }

    #[test]
    fn money_that_could_mean_something_else_is_refused() {
        for text in [
            "", "abc", "$49", "49,90", "1,23,456", "1234,567", ",123", "49.", ".5", "1.2.3", "+4",
            "4 900", "１２", "--1", "1e3", "1.234,50",
        ] {
            assert!(
                matches!(money(text, 2), Err(CellError::NotMoney(_))),
                "{text}"
            );
        }
        assert_eq!(
            money("abc", 2).unwrap_err().to_string(),
            "\"abc\" is not an amount of money"
        );
        assert!(matches!(money("-5", 2), Err(CellError::Negative(_))));
        assert!(matches!(
            money("4.9999", 2),
            Err(CellError::Decimals { .. })
        ));
        assert!(matches!(money("500.5", 0), Err(CellError::Decimals { .. })));
        for text in ["10000000000.01", "99999999999999999999999"] {
            assert!(
                matches!(money(text, 2), Err(CellError::TooLarge(_))),
                "{text}"
            );
        }
    }

    #[test]
    fn stock_is_a_whole_number_and_may_be_owed() {
        assert_eq!(stock("12"), Ok(12));
        assert_eq!(stock("12.0"), Ok(12));
        assert_eq!(stock("1,200"), Ok(1200));
        assert!(matches!(stock("12.000"), Err(CellError::Ambiguous(_))));
        assert!(matches!(stock("-12.000"), Err(CellError::Ambiguous(_))));
        assert_eq!((stock("-3"), stock("-2.0")), (Ok(-3), Ok(-2)));
        assert!(matches!(whole("-3"), Err(CellError::Negative(_))));
        assert!(matches!(stock("-1.5"), Err(CellError::NotWhole(_))));
        assert!(matches!(stock("--1"), Err(CellError::NotWhole(_))));
        assert!(matches!(stock("1.5"), Err(CellError::NotWhole(_))));
        assert!(matches!(stock("many"), Err(CellError::NotWhole(_))));
        assert!(matches!(stock("9999999999"), Err(CellError::TooLarge(_))));
    }

    #[test]
    fn grams_are_rounded() {
        assert_eq!(grams("453.59237"), Ok(454));
        assert_eq!(grams("453.592"), Ok(454));
        assert_eq!(grams("28.350"), Ok(28));
        assert_eq!(grams("1.500"), Ok(2));
        assert_eq!(grams("1,360.777"), Ok(1361));
        assert_eq!(grams("0.4"), Ok(0));
        assert_eq!(grams("0.250"), Ok(0));
        assert!(matches!(grams("1,500"), Err(CellError::Ambiguous(_))));
        assert!(matches!(grams("-1"), Err(CellError::Negative(_))));
        assert!(matches!(grams("1 kg"), Err(CellError::NotNumber(_))));
    }
}
