//! Amounts that were typed and cannot be read.

use super::text::Text;
use crate::{
    locale::{Locale, locale},
    money::{AmountError, Readings, grouped, plain},
};

/// What is wrong with an amount, in the language of the request at hand, for the field it was typed
/// into; `wanted` says what belongs there, such as "Enter a price, such as 49.00."
pub fn amount_words(error: &AmountError, wanted: &str) -> String {
    let (locale, text) = (locale(), Text::from(locale()));
    match error {
        AmountError::NotAmount | AmountError::TooLarge => wanted.to_owned(),
        AmountError::Ambiguous(readings) => {
            let instead = instead(readings, text, |amount| locale.separated(&amount));
            text.amount_ambiguous(&instead, &meanings(readings, locale))
        }
        AmountError::Decimals(0) => text.amount_no_decimals().to_owned(),
        AmountError::Decimals(digits) => text.amount_decimals(&digits.to_string()),
    }
}

/// What the amount of a file could mean, and what to write there: decimals follow a point in files of
/// every language. In one line, for a message that goes on.
pub fn readings_in_file(readings: &Readings, locale: Locale) -> String {
    let text = Text::from(locale);
    let instead = instead(readings, text, |amount| amount);
    text.amount_ambiguous_in_file(&instead, &meanings(readings, locale))
}

/// `1.000 could mean 1.00 or 1,000.00`
fn meanings(readings: &Readings, locale: Locale) -> String {
    let small = match readings.small_minor {
        Some(minor) => grouped(minor, readings.digits),
        None => readings.typed.replace(',', "."),
    };
    let large = grouped(readings.large * 10i64.pow(readings.digits), readings.digits);
    Text::from(locale).amount_readings(
        &locale.separated(&large),
        &locale.separated(&small),
        &readings.typed,
    )
}

/// `1000 or 1.00`
fn instead(readings: &Readings, text: Text, write: impl Fn(String) -> String) -> String {
    let large = readings.large.to_string();
    match (readings.small_minor, readings.digits) {
        (Some(minor), digits) => text.amount_either(&large, &write(plain(minor, digits))),
        (None, 0) => large,
        (None, digits) => text.amount_or_decimals(&digits.to_string(), &large),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::parse_amount;

    const TYPED: [(&str, &str); 8] = [
        ("1.000", "EUR"),
        ("1,234", "EUR"),
        ("1.000", "JPY"),
        ("1,500", "JPY"),
        ("1,000", "KWD"),
        ("1.0000", "EUR"),
        ("15.5", "JPY"),
        ("cheap", "EUR"),
    ];

    #[test]
    fn english_is_what_those_say_who_know_no_language() {
        for (typed, currency) in TYPED {
            let error = parse_amount(typed, currency).unwrap_err();
            assert_eq!(amount_words(&error, "No."), error.words("No."), "{typed}");
        }
    }

    #[test]
    fn amounts_are_explained_with_the_separators_of_the_language() {
        let read = |typed: &str, currency: &str| match parse_amount(typed, currency) {
            Err(AmountError::Ambiguous(readings)) => readings,
            other => panic!("{typed} is {other:?}"),
        };
        let both = read("1.000", "EUR");
        assert_eq!(
            readings_in_file(&both, Locale::En),
            "1.000 could mean 1.00 or 1,000.00; write 1000 or 1.00"
        );
        assert_eq!(
            readings_in_file(&both, Locale::De),
            "1.000 könnte 1,00 oder 1.000,00 bedeuten; schreiben Sie 1000 oder 1.00"
        );
        assert_eq!(
            readings_in_file(&read("1,234", "EUR"), Locale::De),
            "1,234 könnte 1,234 oder 1.234,00 bedeuten; schreiben Sie 1234, oder verwenden Sie \
             höchstens 2 Nachkommastellen"
        );
    }
}
