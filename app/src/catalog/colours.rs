//! Colours that goods are sold in, by the words that shops use for them.

/// What an option is called, in lower case, whose values are colours.
pub const OPTION_KEYS: [&str; 3] = ["colour", "color", "farbe"];

/// The swatches of `style/swatches.css`, each with the words for it.
static SWATCHES: [(&str, &[&str]); 26] = [
    ("beige", &["beige", "sand", "oat", "linen", "nude"]),
    ("black", &["black", "charcoal", "jet", "schwarz"]),
    ("blue", &["blue", "cobalt", "blau"]),
    ("bronze", &["bronze", "copper", "kupfer"]),
    ("brown", &["brown", "chocolate", "cognac", "braun"]),
    (
        "burgundy",
        &["burgundy", "wine", "bordeaux", "maroon", "weinrot"],
    ),
    ("coral", &["coral", "salmon", "koralle", "lachs"]),
    ("cream", &["cream", "ivory", "ecru", "creme", "elfenbein"]),
    ("gold", &["gold", "golden", "brass", "messing"]),
    (
        "graphite",
        &["graphite", "anthracite", "slate", "graphit", "anthrazit"],
    ),
    ("green", &["green", "grün", "gruen"]),
    ("grey", &["grey", "gray", "grau"]),
    ("khaki", &["khaki", "taupe"]),
    ("lilac", &["lilac", "lavender", "flieder", "lavendel"]),
    ("mint", &["mint", "minze"]),
    ("navy", &["navy", "midnight", "marine", "dunkelblau"]),
    ("olive", &["olive", "moss", "oliv"]),
    ("orange", &["orange", "apricot"]),
    ("pink", &["pink", "rosa"]),
    ("purple", &["purple", "violet", "plum", "lila", "violett"]),
    ("red", &["red", "scarlet", "rot"]),
    (
        "rust",
        &["rust", "terracotta", "brick", "rost", "terrakotta"],
    ),
    ("silver", &["silver", "silber"]),
    ("turquoise", &["turquoise", "teal", "petrol", "türkis"]),
    ("white", &["white", "weiß", "weiss"]),
    ("yellow", &["yellow", "mustard", "gelb", "senf"]),
];

pub fn is_colour(option: &str) -> bool {
    OPTION_KEYS.contains(&option.to_lowercase().as_str())
}

/// The classes of what shows this colour, if it is one that the shop knows: `Dark green` and
/// `Green/white` are green.
pub fn swatch(value: &str) -> Option<String> {
    let value = value.to_lowercase();
    let known = |word: &str| {
        let found = SWATCHES.iter().find(|(_, words)| words.contains(&word));
        found.map(|(name, _)| *name)
    };
    let mut words = value.split(|letter: char| !letter.is_alphabetic());
    let name = known(value.trim()).or_else(|| words.find_map(known))?;
    Some(format!("swatch swatch-{name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_known_by_its_word() {
        for (value, class) in [
            ("Green", Some("swatch swatch-green")),
            (" GREY ", Some("swatch swatch-grey")),
            ("Dunkelblau", Some("swatch swatch-navy")),
            ("Dark green", Some("swatch swatch-green")),
            ("Weiß/Rot", Some("swatch swatch-white")),
            ("Harbour", None),
            ("Evergreen", None),
            ("", None),
        ] {
            assert_eq!(swatch(value).as_deref(), class, "{value:?}");
        }
        assert!(is_colour("Colour") && is_colour("FARBE") && !is_colour("Size"));
    }

    #[test]
    fn every_swatch_has_its_style_and_every_word_one_swatch() {
        let css = include_str!("../../../style/swatches.css");
        let mut words: Vec<&str> = Vec::new();
        for (name, own) in SWATCHES {
            assert!(css.contains(&format!(".swatch-{name} {{")), "{name}");
            words.extend(own);
        }
        let all = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), all);
        assert_eq!(css.matches(".swatch-").count(), SWATCHES.len());
    }
}
