//! What a word is found by besides itself: its stems, the word it makes with the next one, and what is
//! left of it without one of its letters.
//!
//! An index holds these beside the words, each behind a mark that no folded text has.

use std::collections::BTreeSet;

use app::locale::Locale;

use crate::text::stem::stem;

/// Letters of the shortest and the longest word in which a mistake is looked for. In shorter ones most
/// mistakes make another word.
const SHORTEST: usize = 4;
const LONGEST: usize = 20;

const JOINED: &str = "ß2";
const NEAR: &str = "ß1";

/// A stem as an index holds it.
pub(super) fn stem_mark(stem: &str, language: Locale) -> String {
    format!("ß{}{stem}", language.code())
}

/// The stems by which an index holds a word. One that is its own stem is held as itself.
pub(super) fn held_stems(word: &str, languages: &[Locale]) -> Vec<String> {
    let stems = languages.iter().filter_map(|language| {
        let stem = stem(word, *language)?;
        (stem != word).then(|| stem_mark(&stem, *language))
    });
    stems.collect()
}

/// Two words as one, and the stems of it: an index holds no such word.
pub(super) fn held_joined(word: &str, languages: &[Locale]) -> Vec<String> {
    let stems = languages.iter().filter_map(|language| {
        let stem = stem(word, *language)?;
        Some(stem_mark(&stem, *language))
    });
    stems.chain([joined(word)]).collect()
}

/// The stems by which a search asks for a word: also for a word that is this stem.
pub(super) fn asked_stems(word: &str, languages: &[Locale]) -> Vec<String> {
    let stems = languages.iter().filter_map(|language| {
        let stem = stem(word, *language)?;
        Some([stem_mark(&stem, *language), stem])
    });
    stems.flatten().collect()
}

/// Two words as one.
pub(super) fn joined(word: &str) -> String {
    format!("{JOINED}{word}")
}

/// What a word and its stems share with those that one mistake makes of them.
pub(super) fn near_all(word: &str, languages: &[Locale]) -> BTreeSet<String> {
    let stems = languages
        .iter()
        .filter_map(|language| stem(word, *language));
    stems
        .flat_map(|stem| near(&stem))
        .chain(near(word))
        .collect()
}

/// What a word shares with those that one mistake makes of it: itself, and what is left without any
/// one of its letters. A letter too many or too few, another letter, and two letters in the wrong order
/// leave something in common. A word of four letters is near only where a letter is too many or too few:
/// with another letter it is most often another word, as `coat` and `boat`.
fn near(word: &str) -> BTreeSet<String> {
    let letters: Vec<char> = word.chars().collect();
    let has_length = (SHORTEST..=LONGEST).contains(&letters.len());
    if !has_length || !letters.iter().all(|c| c.is_alphabetic()) {
        return BTreeSet::new();
    }
    let mut all = BTreeSet::from([format!("{NEAR}{word}")]);
    if letters.len() > SHORTEST {
        all.extend((0..letters.len()).map(|gone| {
            let (before, behind) = (&letters[..gone], &letters[gone + 1..]);
            let rest: String = before.iter().chain(behind).collect();
            format!("{NEAR}{rest}")
        }));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn are_near(one: &str, other: &str) -> bool {
        !near(one).is_disjoint(&near(other))
    }

    #[test]
    fn one_mistake_leaves_words_near_and_two_do_not() {
        for (word, typed) in [
            ("lantern", "lanter"),
            ("lantern", "lanterrn"),
            ("lantern", "lamtern"),
            ("lantern", "lantenr"),
            ("lantern", "antern"),
            ("shirt", "shrt"),
            ("tent", "tennt"),
        ] {
            assert!(are_near(word, typed), "{word} {typed}");
        }
        for (word, typed) in [
            ("lantern", "lamterm"),
            ("lantern", "pattern"),
            ("coat", "boat"),
            ("cup", "cap"),
            ("a1234", "a1235"),
        ] {
            assert!(!are_near(word, typed), "{word} {typed}");
        }
    }

    #[test]
    fn a_word_that_is_its_own_stem_is_held_once_and_asked_for_as_itself() {
        let english = [Locale::En];
        assert_eq!(held_stems("backpack", &english), [""; 0]);
        assert_eq!(held_stems("backpacks", &english), ["ßenbackpack"]);
        assert_eq!(
            asked_stems("backpacks", &english),
            ["ßenbackpack", "backpack"]
        );
        assert_eq!(asked_stems("42", &Locale::ALL), [""; 0]);
    }
}
