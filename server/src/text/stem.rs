//! What the forms of a word have in common, by the rules of its language.

use app::locale::Locale;
use rust_stemmers::{Algorithm, Stemmer};

/// Letters of the shortest word that has endings.
const SHORTEST: usize = 3;

/// Plurals that no rule makes, by their singular.
const IRREGULAR: [(&str, &str); 17] = [
    ("calves", "calf"),
    ("children", "child"),
    ("feet", "foot"),
    ("geese", "goose"),
    ("halves", "half"),
    ("hooves", "hoof"),
    ("knives", "knife"),
    ("leaves", "leaf"),
    ("loaves", "loaf"),
    ("men", "man"),
    ("mice", "mouse"),
    ("scarves", "scarf"),
    ("shelves", "shelf"),
    ("teeth", "tooth"),
    ("wives", "wife"),
    ("wolves", "wolf"),
    ("women", "woman"),
];

/// The stem of a folded word. `None` for what is not declined: numbers, and words in a script that the
/// language does not use.
pub fn stem(word: &str, language: Locale) -> Option<String> {
    let is_declined = word.len() >= SHORTEST && word.bytes().all(|c| c.is_ascii_lowercase());
    is_declined.then(|| match language {
        Locale::En => english(word),
        Locale::De => german(word),
    })
}

fn english(word: &str) -> String {
    let irregular = IRREGULAR.iter().find(|(plural, _)| *plural == word);
    let word = irregular.map_or(word, |(_, singular)| *singular);
    let stemmer = Stemmer::create(Algorithm::English);
    stemmer.stem(word).into_owned()
}

fn german(word: &str) -> String {
    let word = with_one_letter(word);
    let stemmer = Stemmer::create(Algorithm::German);
    stemmer.stem(&word).into_owned()
}

/// ä, ö and ü are folded to one letter. Who has no such key types two: `muetze` becomes `mutze`, which is
/// what `Mütze` is folded to. In `neue`, `Bauer` and `Quelle` the two letters are two sounds.
fn with_one_letter(word: &str) -> String {
    let mut short = String::with_capacity(word.len());
    let (mut before, mut last) = (' ', ' ');
    for c in word.chars() {
        let is_mark = c == 'e'
            && match last {
                'a' | 'o' => true,
                'u' => !matches!(before, 'a' | 'e' | 'i' | 'o' | 'u' | 'q'),
                _ => false,
            };
        if !is_mark {
            short.push(c);
        }
        (before, last) = (last, c);
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    fn share_a_stem(language: Locale, forms: &[&str]) {
        let stems: Vec<_> = forms
            .iter()
            .map(|form| stem(&fold(form), language))
            .collect();
        assert!(stems[0].is_some(), "{forms:?}");
        assert!(
            stems.iter().all(|stem| *stem == stems[0]),
            "{forms:?} {stems:?}"
        );
    }

    #[test]
    fn the_forms_of_a_word_share_its_stem() {
        for forms in [
            &["widget", "widgets"][..],
            &["berry", "Berries"],
            &["box", "boxes"],
            &["knife", "knives"],
            &["woman", "women"],
            &["shelf", "shelves"],
            &["hike", "hiking", "hiked"],
        ] {
            share_a_stem(Locale::En, forms);
        }
        for forms in [
            &["Tasche", "Taschen"][..],
            &["Haus", "Häuser", "haeuser"],
            &["Buch", "Bücher", "buecher"],
            &["Mütze", "Mützen", "muetze"],
            &["Apfel", "Äpfel", "aepfel"],
            &["Kleid", "Kleider", "Kleides"],
            &["Straße", "Straßen", "strasse"],
            &["Schuh", "Schuhe", "Schuhen"],
        ] {
            share_a_stem(Locale::De, forms);
        }
    }

    #[test]
    fn two_letters_are_one_only_where_they_are_one_sound() {
        for (word, short) in [
            ("muetze", "mutze"),
            ("baer", "bar"),
            ("oel", "ol"),
            ("neue", "neue"),
            ("bauer", "bauer"),
            ("quelle", "quelle"),
            ("feuer", "feuer"),
        ] {
            assert_eq!(with_one_letter(word), short);
        }
    }

    #[test]
    fn what_is_not_declined_has_no_stem() {
        for word in ["", "42", "a", "xl", "hf01", "緑茶", "чаи"] {
            for language in Locale::ALL {
                assert_eq!(stem(word, language), None, "{word}");
            }
        }
    }
}
