//! References by which transfers are known: the order's number as a creditor reference, ISO 11649.
//! Its check digits let banks and this shop notice a digit that was mistyped.

use std::{collections::BTreeSet, fmt};

use app::text::in_fours;
use unicode_normalization::UnicodeNormalization;

use crate::ids::{order_digits, order_number};

/// `RF` and two check digits come before the reference itself.
const PREFIX: &str = "RF";
/// What follows `RF` and the check digits: an order's number without its hyphens.
const BODY: usize = 12;
const WHOLE: usize = PREFIX.len() + 2 + BODY;

/// The reference of an order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference(String);

impl Reference {
    /// `None` if this is no order number.
    pub fn of_order(number: &str) -> Option<Self> {
        let body = order_digits(&order_number(number)?)?;
        let check = 98 - remainder(&format!("{body}{PREFIX}00"))?;
        Some(Self(format!("{PREFIX}{check:02}{body}")))
    }

    /// As a bank may have kept it: without blanks, in capital letters. `None` if the check digits are
    /// wrong or it is no order's.
    pub fn parse(compact: &str) -> Option<Self> {
        let body = compact.strip_prefix(PREFIX)?.get(2..)?;
        Self::of_order(body).filter(|reference| reference.0 == compact)
    }

    /// `HF-7K3MQ-9Q2XA`.
    pub fn order_number(&self) -> Option<String> {
        order_number(self.0.get(PREFIX.len() + 2..)?)
    }

    /// Without blanks, for a bank's form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// In groups of four, as ISO 11649 prints it: `RF18 HF7K 3MQ9 Q2XA`.
impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&in_fours(&self.0))
    }
}

/// Modulo 97 of digits and letters, `A` being 10 and `Z` 35. `None` if there is anything else.
pub(super) fn remainder(text: &str) -> Option<u32> {
    text.chars().try_fold(0, |rest, c| {
        let value = c.to_digit(36).filter(|_| !c.is_ascii_lowercase())?;
        let shift = if value < 10 { 10 } else { 100 };
        Some((rest * shift + value) % 97)
    })
}

/// The orders that a transfer's text names: by their references, or by their numbers if there is none.
/// Banks break lines, drop blanks and hyphens, and change capitals; none of that matters.
pub fn references_in(text: &str) -> BTreeSet<Reference> {
    let compact: String = text
        .nfkc()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_uppercase)
        .collect();
    let found: BTreeSet<_> = windows(&compact, WHOLE, PREFIX)
        .filter_map(|(_, part)| Reference::parse(part))
        .collect();
    if !found.is_empty() {
        return found;
    }
    windows(&compact, BODY, "HF")
        .filter(|(before, _)| !ends_a_reference(before))
        .filter_map(|(_, part)| Reference::of_order(part))
        .collect()
}

/// Whether what follows is the body of a reference, whose check digits were wrong.
fn ends_a_reference(before: &str) -> bool {
    let mut last = before.chars().rev();
    let are_digits = last.by_ref().take(2).filter(char::is_ascii_digit).count() == 2;
    are_digits && last.next() == Some('F') && last.next() == Some('R')
}

/// The parts of a text that have this length and beginning, each with what is before it.
fn windows<'a>(
    text: &'a str,
    length: usize,
    beginning: &'a str,
) -> impl Iterator<Item = (&'a str, &'a str)> {
    text.match_indices(beginning)
        .filter_map(move |(start, _)| Some((&text[..start], text.get(start..start + length)?)))
        .filter(|(_, part)| part.is_ascii())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ids::new_order_number;

    fn of(number: &str) -> Reference {
        Reference::of_order(number).unwrap()
    }

    #[test]
    fn check_digits_are_those_of_iso_11649() {
        // The standard's own example, RF18 5390 0754 7034, and an IBAN, which is checked in the same way.
        assert_eq!(remainder("539007547034RF18"), Some(1));
        assert_eq!(remainder("370400440532013000DE89"), Some(1));
        let reference = of("HF-7K3M0-9Q21A");
        let (check, body) = reference.as_str()[2..].split_at(2);
        assert_eq!(body, "HF7K3M09Q21A");
        assert_eq!(remainder(&format!("{body}RF{check}")), Some(1));
        assert_eq!(reference.order_number().as_deref(), Some("HF-7K3M0-9Q21A"));
    }

    #[test]
    fn a_reference_is_found_however_the_bank_has_kept_it() {
        let reference = of("HF-7K3M0-9Q21A");
        let (compact, printed) = (reference.as_str(), reference.to_string());
        for text in [
            compact.to_owned(),
            printed.clone(),
            printed.to_lowercase(),
            format!("SVWZ+Order {printed} thank you"),
            format!("EREF: NOTPROVIDED {}\n{}", &compact[..9], &compact[9..]),
            "Order HF-7K3M0-9Q21A, Zoe".to_owned(),
            "hf7k3m09q21a".to_owned(),
        ] {
            let found = references_in(&text);
            assert_eq!(found, BTreeSet::from([reference.clone()]), "{text}");
        }
    }

    #[test]
    fn a_mistyped_reference_is_not_another_order() {
        let reference = of("HF-7K3M0-9Q21A");
        let compact = reference.as_str();
        let wrong = compact.replace("7K3", "7K4");
        assert_eq!(Reference::parse(&wrong), None);
        assert_eq!(references_in(&wrong), BTreeSet::new());
        assert_eq!(Reference::parse(compact), Some(reference.clone()));
        for text in ["", "RF", "Invoice 4711", "Ärger HF-é", &compact[..14]] {
            assert_eq!(references_in(text), BTreeSet::new(), "{text}");
        }
    }

    #[test]
    fn two_orders_in_one_transfer_are_two() {
        let both = [of("HF-7K3M0-9Q21A"), of("HF-00000-00001")];
        let text = format!("{} and {}", both[0], both[1]);
        assert_eq!(references_in(&text), BTreeSet::from(both));
    }

    proptest! {
        #[test]
        fn any_text_can_be_read(text in "\\PC{0,200}") {
            references_in(&text);
        }

        #[test]
        fn one_wrong_letter_is_noticed(position in 4..16usize, shift in 1..10u8) {
            let reference = of(&new_order_number());
            let right = reference.as_str();
            let letter = right.as_bytes()[position];
            let (first, count) = if letter.is_ascii_digit() { (b'0', 10) } else { (b'A', 26) };
            let other = char::from(first + (letter - first + shift) % count);
            let wrong = format!("{}{other}{}", &right[..position], &right[position + 1..]);
            prop_assert_eq!(Reference::parse(&wrong), None);
        }
    }
}
