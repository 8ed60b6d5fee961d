//! Numbers in texts that islands get from the page.

/// The text with the number in the place of `#`. A text without one says no number.
pub fn counted(text: &str, number: i64) -> String {
    text.replacen('#', &number.to_string(), 1)
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn the_number_is_where_the_language_has_it() {
        assert_eq!(counted("Only # left", 3), "Only 3 left");
        assert_eq!(counted("# auf Lager", 12), "12 auf Lager");
    }

    #[test]
    fn a_text_without_a_place_for_the_number_stays_as_it_is() {
        assert_eq!(counted("Sold out", 0), "Sold out");
    }
}
