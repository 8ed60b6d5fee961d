use super::*;

/// What is read, or why it is not: the words of the field.
fn read(text: &str, currency: &str) -> Result<i64, String> {
    parse_amount(text, currency).map_err(|error| error.words("No."))
}

fn table(currency: &str, rows: &[(&str, Result<i64, &str>)]) {
    for (text, expected) in rows {
        let expected = expected.map_err(str::to_owned);
        assert_eq!(read(text, currency), expected, "{text:?} in {currency}");
    }
}

#[test]
fn amounts_are_read_in_a_currency_of_two_digits() {
    table(
        "EUR",
        &[
            ("49", Ok(4900)),
            ("49.9", Ok(4990)),
            ("49,90", Ok(4990)),
            (" 49.90 ", Ok(4990)),
            ("0.05", Ok(5)),
            (".5", Ok(50)),
            (",50", Ok(50)),
            ("007", Ok(700)),
            ("1000", Ok(100_000)),
            ("1 000", Ok(100_000)),
            ("1\u{a0}000", Ok(100_000)),
            ("1\u{202f}234,50", Ok(123_450)),
            ("1'000", Ok(100_000)),
            ("1’000.50", Ok(100_050)),
            ("1,234.50", Ok(123_450)),
            ("1.234,5", Ok(123_450)),
            ("1,234.500", Ok(123_450)),
            ("1.000.000", Ok(100_000_000)),
            ("1,000,000", Ok(100_000_000)),
            ("1 000 000,00", Ok(100_000_000)),
            ("0.500", Ok(50)),
            ("1234.500", Ok(123_450)),
            ("€ 12", Ok(1200)),
            ("12 €", Ok(1200)),
            ("EUR 12.50", Ok(1250)),
            ("12,50\u{a0}eur", Ok(1250)),
            ("999999999999", Ok(99_999_999_999_900)),
            (
                "1.000",
                Err("1.000 could mean 1.00 or 1,000.00. Write 1000 or 1.00."),
            ),
            (
                "12,500",
                Err("12,500 could mean 12.50 or 12,500.00. Write 12500 or 12.50."),
            ),
            (
                "€1,234",
                Err("1,234 could mean 1.234 or 1,234.00. Write 1234, or use at most 2 decimals."),
            ),
            ("1.0000", Err("Use at most 2 decimals.")),
            ("1.005.5", Err("No.")),
            ("0.005", Err("Use at most 2 decimals.")),
            ("1234.567", Err("Use at most 2 decimals.")),
            ("9999999999999", Err("No.")),
            ("99999999999999999999999999", Err("No.")),
        ],
    );
}

#[test]
fn amounts_are_read_in_a_currency_without_decimals() {
    table(
        "JPY",
        &[
            ("1500", Ok(1500)),
            ("¥1500", Ok(1500)),
            ("1 500", Ok(1500)),
            ("34.00", Ok(34)),
            ("1,500.00", Ok(1500)),
            ("1.000.000", Ok(1_000_000)),
            (
                "1.000",
                Err("1.000 could mean 1 or 1,000. Write 1000 or 1."),
            ),
            ("1,500", Err("1,500 could mean 1.500 or 1,500. Write 1500.")),
            (
                "15.5",
                Err("Leave the decimals out: this currency has none."),
            ),
        ],
    );
}

#[test]
fn amounts_are_read_in_a_currency_of_three_digits() {
    table(
        "KWD",
        &[
            ("1.500", Ok(1500)),
            ("12.345", Ok(12_345)),
            ("1.5", Ok(1500)),
            ("1,50", Ok(1500)),
            ("1500", Ok(1_500_000)),
            ("1,500.000", Ok(1_500_000)),
            ("1.500,000", Ok(1_500_000)),
            ("KWD\u{a0}1,500.250", Ok(1_500_250)),
            ("0,500", Ok(500)),
            ("1234,567", Ok(1_234_567)),
            (
                "1,500",
                Err("1,500 could mean 1.500 or 1,500.000. Write 1500 or 1.500."),
            ),
            (
                "12,345",
                Err("12,345 could mean 12.345 or 12,345.000. Write 12345 or 12.345."),
            ),
            ("1.2345", Err("Use at most 3 decimals.")),
        ],
    );
    assert_eq!(parse_amount("1.5000", "CLF"), Ok(15_000));
    assert!(readings("1.500", 4).is_some());
}

#[test]
fn what_is_no_amount_is_refused_in_every_currency() {
    for text in [
        "",
        " ",
        "abc",
        "-1",
        "−1",
        "+1",
        "1-",
        "1e3",
        "1x",
        "49.",
        "49,",
        ".",
        ",",
        "1..5",
        "1.,5",
        "1  000",
        "1 00",
        "12 34",
        "1,23,456",
        "1234,567,890",
        "0.123.456",
        "1.000 000",
        "1,000'000.00",
        "1.2.3",
        "١٢",
        "１２",
        "€",
        "€€5",
        "USD 5",
        "5\u{0}",
        "½",
    ] {
        for currency in ["EUR", "JPY", "KWD"] {
            let read = parse_amount(text, currency);
            assert_eq!(read, Err(AmountError::NotAmount), "{text:?} in {currency}");
        }
    }
}

#[test]
fn percent_follows_the_same_rule() {
    for (text, hundredths) in [
        ("19", 1900),
        ("7.5", 750),
        ("1,5", 150),
        ("33.33", 3333),
        ("19 %", 1900),
        ("1000", 100_000),
    ] {
        assert_eq!(parse_percent(text), Ok(hundredths), "{text}");
    }
    for text in ["1.000", "1,000", "33.333", "", "%", "-5", "€5"] {
        assert!(parse_percent(text).is_err(), "{text}");
    }
}
