//! Codes for someone who lost the app.

use crate::ids::{digit, hash_secret, random_digits};

/// Codes that are made at a time.
pub const CODES: usize = 10;
/// Digits of a code: 80 random bits, so a plain hash of it is enough.
const LENGTH: usize = 16;
/// Digits that are together.
const GROUP: usize = 4;

/// New codes, each such as `7K3M-9Q2X-A0VB-5TWE`.
pub fn new_codes() -> Vec<String> {
    (0..CODES).map(|_| new_code()).collect()
}

fn new_code() -> String {
    let groups = (0..LENGTH / GROUP).map(|_| random_digits(GROUP));
    groups.collect::<Vec<_>>().join("-")
}

/// What is stored of a code; `None` if what was typed cannot be one. Small letters, blanks and
/// letters that look like digits are taken as they are meant.
pub fn hash(account_id: &str, typed: &str) -> Option<String> {
    let letters = typed.chars().filter(|c| !c.is_whitespace() && *c != '-');
    let code: String = letters.take(LENGTH + 1).map(digit).collect::<Option<_>>()?;
    (code.len() == LENGTH).then(|| hash_secret(&format!("{account_id} {code}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_known_again_as_people_type_it() {
        let code = "70AB-1CDE-2FGH-3JKM";
        let known = hash("kim", code);
        assert!(known.is_some());
        for typed in [
            "70ab1cde2fgh3jkm",
            " 7Oab icde 2fgh 3jkm ",
            "7oab-lcde-2fgh-3jkm",
        ] {
            assert_eq!(hash("kim", typed), known, "{typed}");
        }
        assert_ne!(hash("lou", code), known, "another account's");
        for other in [
            "",
            "123456",
            "70AB-1CDE-2FGH-3JK",
            "70AB-1CDE-2FGH-3JKU",
            "70AB-1CDE-2FGH-3JKM0",
        ] {
            assert_eq!(hash("kim", other), None, "{other}");
        }
    }

    #[test]
    fn codes_are_new_each_time() {
        let mut codes = [new_codes(), new_codes()].concat();
        assert!(codes.iter().all(|code| hash("kim", code).is_some()));
        codes.sort();
        codes.dedup();
        assert_eq!(codes.len(), 2 * CODES);
    }
}
