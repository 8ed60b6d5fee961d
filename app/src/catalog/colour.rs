//! Which option of a product is its colour.

/// The names of such options, in lower case, as owners write them.
pub const KEYS: [&str; 3] = ["colour", "color", "farbe"];

/// Whether an option by this name is the colour.
pub fn is_colour(name: &str) -> bool {
    KEYS.contains(&name.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_known_in_any_spelling() {
        for name in ["Colour", "color", "FARBE"] {
            assert!(is_colour(name), "{name}");
        }
        for name in ["Size", "Colours", "Colour of the lid", ""] {
            assert!(!is_colour(name), "{name}");
        }
    }
}
