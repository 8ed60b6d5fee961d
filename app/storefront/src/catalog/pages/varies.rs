//! By what the variants of a product differ, in the words of schema.org.

use app::catalog::{colours::is_colour, types::ProductOption};

/// The other properties, by what shops call them in the languages of this software, in lower case.
const PROPERTIES: [(&str, &[&str]); 3] = [
    ("size", &["size", "größe", "groesse", "grösse"]),
    ("material", &["material"]),
    ("pattern", &["pattern", "muster"]),
];

/// The property that an option is, by its name as it is written or, else, as it is translated.
pub fn property(option: &ProductOption) -> Option<&'static str> {
    of_name(&option.name).or_else(|| of_name(option.label()))
}

fn of_name(name: &str) -> Option<&'static str> {
    let name = name.trim().to_lowercase();
    if is_colour(&name) {
        return Some("color");
    }
    let found = PROPERTIES
        .iter()
        .find(|(_, names)| names.contains(&name.as_str()));
    found.map(|(property, _)| *property)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_is_known_in_both_languages_and_by_its_translation() {
        for (name, label, expected) in [
            ("Colour", None, Some("color")),
            ("FARBE", None, Some("color")),
            ("Size", None, Some("size")),
            ("Größe ", None, Some("size")),
            ("Material", None, Some("material")),
            ("Muster", None, Some("pattern")),
            ("Taille", Some("Size"), Some("size")),
            ("Größe", Some("Length"), Some("size")),
            ("Knoten", Some("Knot"), None),
            ("", None, None),
        ] {
            let option = ProductOption {
                name: name.to_owned(),
                label: label.map(str::to_owned),
                ..ProductOption::default()
            };
            assert_eq!(property(&option), expected, "{name}");
        }
    }
}
