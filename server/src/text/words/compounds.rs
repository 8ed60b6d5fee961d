//! German words that are made of others: a search for `Becher` finds an `Emaillebecher`.
//!
//! The words in a shop's names are its dictionary. An index keeps them, and the stems of long ones backwards, so
//! that those which end in a word are side by side. One of them is made of that word if what is before it
//! is a word of the shop, too: `Besteck` is not made of `Ecke`, for there is no `Best`.

use std::collections::BTreeSet;

use app::locale::Locale;

use super::forms::stem_mark;
use crate::text::stem::stem;

/// Letters of the shortest part, and of the shortest word that is looked at as made of two.
const SHORTEST_PART: usize = 3;
const SHORTEST: usize = 7;
/// Letters of the longest.
const LONGEST: usize = 40;
/// What may be between two words.
const LINKS: [&str; 5] = ["s", "n", "en", "es", "e"];
/// Words of a product's names, and of its description, that are kept.
const MAX_WORDS: usize = 40;

/// What an index keeps of the words of a product's names, and of its description as far as the names have
/// words that begin with those.
pub(super) fn held(names: &BTreeSet<&str>, body: &BTreeSet<&str>) -> BTreeSet<String> {
    let stems = names.iter().filter_map(|word| stem(word, Locale::De));
    let has_length = |stem: &String| (SHORTEST..=LONGEST).contains(&stem.len());
    let long: Vec<String> = stems.filter(has_length).take(MAX_WORDS).collect();
    let begins = |word: &&&str| {
        let stem = stem(word, Locale::De).unwrap_or_default();
        let is_begun = |long: &String| {
            stem.len() >= SHORTEST_PART
                && long.len() >= stem.len() + SHORTEST_PART
                && long.starts_with(stem.as_str())
        };
        long.iter().any(is_begun)
    };
    let words = names.iter().take(MAX_WORDS);
    let words = words.chain(body.iter().filter(begins).take(MAX_WORDS));
    words
        .flat_map(|word| forms(word))
        .chain(long.iter().map(|stem| backwards(stem)))
        .collect()
}

/// A word and its stem as they are kept, if there may be words that begin with it.
fn forms(word: &str) -> Vec<String> {
    let is_short = word.len() <= LONGEST;
    let stem = stem(word, Locale::De).filter(|_| is_short);
    stem.into_iter()
        .flat_map(|stem| [kept(word), kept(&stem)])
        .collect()
}

fn kept(word: &str) -> String {
    format!("={word}")
}

fn backwards(word: &str) -> String {
    word.chars().rev().collect()
}

/// What the index is asked for a word that others may end in: they are kept between these two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    stem: String,
}

impl Ending {
    /// Of a word as it is typed.
    pub(super) fn of(word: &str) -> Option<Self> {
        let stem = stem(word, Locale::De)?;
        let has_length = (SHORTEST_PART..LONGEST).contains(&stem.len());
        has_length.then_some(Self { stem })
    }

    /// Letters are ASCII, which end before `~`.
    pub fn between(&self) -> [String; 2] {
        let first = backwards(&self.stem);
        let end = format!("{first}~");
        [first, end]
    }

    /// What was kept as a long word that ends in this one.
    pub fn compound(&self, kept: &str) -> Option<Compound> {
        let stem = backwards(kept);
        let head = stem.strip_suffix(&self.stem)?;
        (head.len() >= SHORTEST_PART).then(|| Compound {
            head: head.to_owned(),
            stem: stem.clone(),
        })
    }
}

/// A word that may be made of two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compound {
    head: String,
    stem: String,
}

impl Compound {
    /// What is kept if the first part is a word: it, or it without a link, in any form.
    pub fn head(&self) -> BTreeSet<String> {
        let linked = LINKS.iter().filter_map(|link| {
            let word = self.head.strip_suffix(link)?;
            (word.len() >= SHORTEST_PART).then_some(word)
        });
        let words = linked.chain([self.head.as_str()]);
        let stem = stem(&self.head, Locale::De);
        words
            .map(kept)
            .chain(stem.map(|stem| kept(&stem)))
            .collect()
    }

    /// The forms by which it is asked for.
    pub fn forms(&self) -> [String; 2] {
        [stem_mark(&self.stem, Locale::De), self.stem.clone()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a shop with these names, and these words in a description, has the first one as made of a
    /// word that is typed.
    fn finds(names: &[&str], body: &[&str], typed: &str) -> bool {
        let names = names.iter().copied().collect();
        let parts = held(&names, &body.iter().copied().collect());
        let Some(ending) = Ending::of(typed) else {
            return false;
        };
        let [first, end] = ending.between();
        let kept = parts.iter().filter(|part| first < **part && **part < end);
        kept.filter_map(|kept| ending.compound(kept))
            .any(|compound| !compound.head().is_disjoint(&parts))
    }

    #[test]
    fn a_compound_ends_in_a_word_and_begins_with_another() {
        for (word, typed, head) in [
            ("emaillebecher", "becher", "emaille"),
            ("emaillebecher", "bechern", "emaille"),
            ("messerblock", "block", "messer"),
            ("kerzenhalter", "halter", "kerze"),
            ("kuchenmesser", "messer", "kuche"),
            ("arbeitshose", "hosen", "arbeit"),
            ("weinglaser", "glas", "wein"),
            ("schulbuch", "bucher", "schule"),
        ] {
            assert!(finds(&[word, head], &[], typed), "{word} {typed}");
            assert!(finds(&[word], &[head], typed), "{word} {typed}");
            assert!(!finds(&[word], &["etwas"], typed), "{word} {typed}");
        }
    }

    #[test]
    fn short_words_and_beginnings_are_none() {
        for (word, typed) in [
            ("becher", "becher"),
            ("messerblock", "messer"),
            ("karton", "ton"),
            ("flasche", "asche"),
            ("1234567890", "890"),
            ("emaillebecher", "er"),
            ("kerzenhalter", "alter"),
        ] {
            let all = [word, "kar", "messer", "kerze", "emaille"];
            assert!(!finds(&all, &[], typed), "{word} {typed}");
        }
    }

    #[test]
    fn of_a_description_what_begins_no_name_is_left_out() {
        let names = BTreeSet::from(["messerblock"]);
        let body = BTreeSet::from(["messer", "holz"]);
        let all = held(&names, &body);
        assert!(all.contains("=messer") && all.contains("kcolbressem"));
        assert!(!all.contains("=holz"), "{all:?}");
    }
}
