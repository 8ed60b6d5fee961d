//! Numbers in texts that islands get from the page.

/// The text with the number in the place of `#`.
pub fn counted(text: &str, number: i64) -> String {
    let (before, after) = text.split_once('#').unwrap_or((text, ""));
    [before, &number.to_string(), after].concat()
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn the_number_is_where_the_language_has_it() {
        assert_eq!(counted("Only # left", 3), "Only 3 left");
        assert_eq!(counted("# auf Lager", 12), "12 auf Lager");
    }
}
