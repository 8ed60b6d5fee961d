//! Barcodes: Global Trade Item Numbers, as they are printed below the bars.

/// A GTIN in digits, 8, 12, 13 or 14 of them with the right check digit at the end. Blanks and hyphens,
/// as on the back of a book, are left out. Nothing if it is none.
pub fn gtin(text: &str) -> Option<String> {
    let digits: String = text
        .chars()
        .filter(|letter| !matches!(letter, ' ' | '\u{a0}' | '-'))
        .collect();
    let is_long_enough = matches!(digits.len(), 8 | 12 | 13 | 14);
    if !is_long_enough || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // From the right, the digits count once and three times by turns.
    let sum: u32 = digits
        .bytes()
        .rev()
        .zip([1, 3].into_iter().cycle())
        .map(|(byte, weight)| u32::from(byte - b'0') * weight)
        .sum();
    sum.is_multiple_of(10).then_some(digits)
}

/// The barcodes that a text may mean, as they are stored; none if it is no barcode. Scanners read one of 12
/// digits with a zero before it.
pub fn barcodes(text: &str) -> Vec<String> {
    let Some(digits) = gtin(text) else {
        return Vec::new();
    };
    let other = match digits.len() {
        12 => Some(format!("0{digits}")),
        13 => digits.strip_prefix('0').map(str::to_owned),
        _ => None,
    };
    std::iter::once(digits).chain(other).collect()
}

#[cfg(test)]
mod tests {
    use super::{barcodes, gtin};

    #[test]
    fn a_barcode_of_twelve_digits_is_the_same_with_a_zero_before_it() {
        assert_eq!(barcodes("4006381333931"), ["4006381333931"]);
        assert_eq!(barcodes("036000291452"), ["036000291452", "0036000291452"]);
        assert_eq!(barcodes("0036000291452"), ["0036000291452", "036000291452"]);
        assert!(barcodes("lamp").is_empty());
    }

    #[test]
    fn only_numbers_with_their_check_digit_are_taken() {
        for (typed, taken) in [
            ("4006381333931", "4006381333931"),
            ("96385074", "96385074"),
            ("036000291452", "036000291452"),
            ("10012345678902", "10012345678902"),
            (" 978-3-16-148410-0 ", "9783161484100"),
        ] {
            assert_eq!(gtin(typed).as_deref(), Some(taken), "{typed}");
        }
        for wrong in [
            "",
            "4006381333932",
            "400638133393",
            "4006381333931a",
            "٤٠٠٦٣٨١٣٣٣٩٣١",
            "-",
            "123",
        ] {
            assert_eq!(gtin(wrong), None, "{wrong}");
        }
    }
}
