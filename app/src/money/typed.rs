//! Amounts as people type them: one rule for every field, address and file.
//!
//! `.` and `,` are decimal signs in one language and group thousands in another, so one of them alone
//! before exactly three digits says two things, and is refused with both:
//!
//! | Typed | EUR: 2 digits | JPY: 0 | KWD: 3 |
//! | --- | --- | --- | --- |
//! | `1000`, `1 000`, `1'000` | 1,000.00 | 1,000 | 1,000.000 |
//! | `1.50`, `1,50` | 1.50 | refused: no decimals | 1.500 |
//! | `1.000` | refused: 1.00 or 1,000.00 | refused: 1 or 1,000 | 1.000, as the shop writes it |
//! | `1,000` | refused: 1.00 or 1,000.00 | refused: 1 or 1,000 | refused: 1.000 or 1,000.000 |
//! | `1,234.50`, `1.234,50`, `1 234,50` | 1,234.50 | refused: no decimals | 1,234.500 |
//! | `1.000.000`, `1,000,000` | 1,000,000.00 | 1,000,000 | 1,000,000.000 |
//! | `0.500`, `.500`, `1234.500` | 0.50, 0.50, 1,234.50 | refused: no decimals | 0.500, 0.500, 1,234.500 |
//! | `34.00` | 34.00 | 34 | 34.000 |
//! | `1.0000` | refused: decimals | refused: no decimals | refused: decimals |
//!
//! Where both signs are, the last is the decimal one. Spaces of all widths and apostrophes group
//! only. Digits past those of the currency are taken if they are zeros, and no more than three. What
//! [`plain_amount`](super::plain_amount) writes is read back as the same amount in every currency.

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use super::{currency_digits, grouped, plain, symbol};

/// Decimals that may be typed of any currency, if those it does not have are zeros.
const MOST_DECIMALS: usize = 3;
/// In minor units: far past what a price can be, and far from where sums overflow.
const LIMIT: i64 = 100_000_000_000_000;

/// Why a text is not an amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AmountError {
    /// No number, or one below zero.
    NotAmount,
    /// It could mean two amounts.
    Ambiguous(Readings),
    /// The currency has no more than these.
    Decimals(u32),
    TooLarge,
}

impl AmountError {
    /// For the field it was typed into; `wanted` says what belongs there, such as "Enter a price,
    /// such as 49.00." In English: `faults::amount_words` is in the language of the request.
    pub fn words(&self, wanted: &str) -> String {
        match self {
            Self::NotAmount | Self::TooLarge => wanted.to_owned(),
            Self::Ambiguous(readings) => {
                format!("{}. Write {}.", readings.meanings(), readings.instead())
            }
            Self::Decimals(0) => "Leave the decimals out: this currency has none.".to_owned(),
            Self::Decimals(digits) => format!("Use at most {digits} decimals."),
        }
    }
}

/// The two amounts that a text could mean: `1.000` is one, or a thousand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Readings {
    pub typed: String,
    /// Of the currency, after the decimal point.
    pub digits: u32,
    /// If the sign is a decimal one; `None` if the currency has fewer digits.
    pub small_minor: Option<i64>,
    /// In whole units, if the sign groups thousands.
    pub large: i64,
}

impl Readings {
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// Digits that the currency has behind the point.
    pub const fn digits(&self) -> u32 {
        self.digits
    }

    /// Both amounts, with points and commas as in English: `1.00` and `1,000.00`.
    pub fn amounts(&self) -> [String; 2] {
        let small = match self.small_minor {
            Some(minor) => grouped(minor, self.digits),
            None => self.typed.replace(',', "."),
        };
        let large = grouped(self.large * 10i64.pow(self.digits), self.digits);
        [small, large]
    }

    /// What says the large amount and no other, and the same of the small one if the currency can
    /// have it: `1000` and `1.00`.
    pub fn unmistakable(&self) -> (String, Option<String>) {
        let small = self.small_minor.map(|minor| plain(minor, self.digits));
        (self.large.to_string(), small)
    }

    /// `1.000 could mean 1.00 or 1,000.00`
    fn meanings(&self) -> String {
        let [small, large] = self.amounts();
        format!("{} could mean {small} or {large}", self.typed)
    }

    /// `1000 or 1.00`
    fn instead(&self) -> String {
        let (large, small) = self.unmistakable();
        match (small, self.digits) {
            (Some(small), _) => format!("{large} or {small}"),
            (None, 0) => large,
            (None, digits) => format!("{large}, or use at most {digits} decimals"),
        }
    }
}

/// Reads what a person types for an amount as minor units, by the rule above. The currency's sign or
/// code may be before or behind it.
pub fn parse_amount(text: &str, currency: &str) -> Result<i64, AmountError> {
    let digits = currency_digits(currency);
    number(without_currency(text, currency), digits)
}

/// Reads percent as hundredths of it, by the same rule: `1,5` is 150, and `1.000` is refused.
pub fn parse_percent(text: &str) -> Result<i64, AmountError> {
    let text = text.trim();
    number(text.strip_suffix('%').unwrap_or(text).trim_end(), 2)
}

/// What a number could mean, if it could mean two in a currency of so many digits.
pub fn readings(text: &str, digits: u32) -> Option<Readings> {
    match number(text, digits) {
        Err(AmountError::Ambiguous(readings)) => Some(readings),
        _ => None,
    }
}

fn without_currency<'a>(text: &'a str, currency: &str) -> &'a str {
    let text = text.trim();
    let mut marks = symbol(currency).into_iter().chain([currency]);
    let bare = marks.find_map(|mark| without(text, mark));
    bare.map_or(text, str::trim)
}

/// The text without a mark at its beginning or end, in whatever case.
fn without<'a>(text: &'a str, mark: &str) -> Option<&'a str> {
    let is_mark = |part: &str| part.eq_ignore_ascii_case(mark);
    if text.get(..mark.len()).is_some_and(is_mark) {
        return text.get(mark.len()..);
    }
    let end = text.len().checked_sub(mark.len())?;
    text.get(end..).is_some_and(is_mark).then(|| &text[..end])
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Point,
    Comma,
    Space,
    Apostrophe,
}

impl Sign {
    fn of(letter: char) -> Option<Self> {
        Some(match letter {
            '.' => Self::Point,
            ',' => Self::Comma,
            ' ' | '\u{a0}' | '\u{2007}' | '\u{2009}' | '\u{202f}' => Self::Space,
            '\'' | '’' => Self::Apostrophe,
            _ => return None,
        })
    }

    /// Whether decimals may follow it; all of them may group.
    fn may_be_decimal(self) -> bool {
        matches!(self, Self::Point | Self::Comma)
    }
}

/// The runs of digits, and the signs between them.
fn split(text: &str) -> Option<(Vec<&str>, Vec<Sign>)> {
    let (mut runs, mut signs, mut from) = (Vec::new(), Vec::new(), 0);
    for (at, letter) in text.char_indices() {
        if !letter.is_ascii_digit() {
            signs.push(Sign::of(letter)?);
            runs.push(&text[from..at]);
            from = at + letter.len_utf8();
        }
    }
    runs.push(&text[from..]);
    Some((runs, signs))
}

/// Whether these are thousands: one to three digits, then three each.
fn are_groups(runs: &[&str]) -> bool {
    let Some((first, rest)) = runs.split_first() else {
        return false;
    };
    (1..=3).contains(&first.len())
        && !first.starts_with('0')
        && rest.iter().all(|run| run.len() == 3)
}

fn number(text: &str, digits: u32) -> Result<i64, AmountError> {
    let (runs, signs) = split(text).ok_or(AmountError::NotAmount)?;
    let (Some((last, before)), Some((tail, head))) = (signs.split_last(), runs.split_last()) else {
        // No sign at all, so there is one run.
        return match text {
            "" => Err(AmountError::NotAmount),
            whole => minor(whole, "", digits),
        };
    };
    let may_be_decimal = last.may_be_decimal() && !tail.is_empty();
    if let [whole] = head {
        return match (are_groups(&runs), may_be_decimal) {
            // As the shop writes it itself.
            (true, true) if digits == 3 && *last == Sign::Point => minor(whole, tail, digits),
            (true, true) => Err(AmountError::Ambiguous(Readings {
                typed: text.to_owned(),
                digits,
                small_minor: minor(whole, tail, digits).ok(),
                large: minor(&runs.concat(), "", 0)?,
            })),
            (true, false) => minor(&runs.concat(), "", digits),
            (false, true) => minor(whole, tail, digits),
            (false, false) => Err(AmountError::NotAmount),
        };
    }
    let group = before.first().copied();
    if before.iter().any(|sign| Some(*sign) != group) {
        return Err(AmountError::NotAmount);
    }
    if Some(*last) == group && are_groups(&runs) {
        return minor(&runs.concat(), "", digits);
    }
    if Some(*last) != group && may_be_decimal && are_groups(head) {
        return minor(&head.concat(), tail, digits);
    }
    Err(AmountError::NotAmount)
}

/// Digits before and after the decimal sign as minor units.
fn minor(whole: &str, fraction: &str, digits: u32) -> Result<i64, AmountError> {
    let width = digits as usize;
    let (kept, beyond) = fraction.split_at(fraction.len().min(width));
    let is_too_long = fraction.len() > MOST_DECIMALS.max(width);
    if is_too_long || beyond.bytes().any(|digit| digit != b'0') {
        return Err(AmountError::Decimals(digits));
    }
    format!("0{whole}{kept:0<width$}")
        .parse::<i64>()
        .ok()
        .filter(|minor| *minor < LIMIT)
        .ok_or(AmountError::TooLarge)
}
