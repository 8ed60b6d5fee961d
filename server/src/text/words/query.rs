//! What a search asks for.

use app::locale::Locale;

use super::{
    Ending,
    forms::{asked_stems, joined, near_all},
    spelling::{MAX_WORD, Spelling, Stretch, capped, spellings, taken_apart},
};

/// Words that a search may ask for.
const MAX_WANTED: usize = 8;

/// Words side by side, of which the last may go on.
pub type Phrase = Vec<String>;

/// All of its words are asked for, each in one of its forms. There is at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    pub words: Vec<SoughtWord>,
}

/// One word as it was typed, and in which forms it is found. Words hold letters and digits only; forms
/// are marked as an index holds them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SoughtWord {
    /// As it is spelled; there is at least one, and none is empty.
    pub typed: Vec<Phrase>,
    /// Written as one with the word before it or behind it; the word may go on.
    pub joined: Vec<String>,
    /// Whole words of the index.
    pub forms: Vec<String>,
    /// The same for what one mistake makes of it; empty if mistakes are not looked for in it.
    pub near: Vec<String>,
    /// Whether words that are near count.
    pub is_mistyped: bool,
    /// What is asked to find German words that it is the end of, if it is one word.
    pub ending: Option<Ending>,
}

impl Query {
    /// `None` if there is no letter and no digit in the text. Stems are those of the language, or of each
    /// where the text may be in any.
    pub fn of(text: &str, language: Option<Locale>) -> Option<Self> {
        let languages = language.map_or_else(|| Locale::ALL.to_vec(), |language| vec![language]);
        let all: Vec<Vec<Spelling>> = taken_apart(text)
            .iter()
            .map(|parts| spellings(parts))
            .filter(|spellings| !spellings.is_empty())
            .take(MAX_WANTED)
            .collect();
        let plain: Vec<Option<String>> =
            all.iter().map(|spellings| word_alone(spellings)).collect();
        let words: Vec<SoughtWord> = all
            .iter()
            .enumerate()
            .map(|(at, spellings)| {
                let before = at
                    .checked_sub(1)
                    .and_then(|before| plain[before].as_deref());
                let behind = plain.get(at + 1).and_then(Option::as_deref);
                let mut wanted = SoughtWord::of(spellings, &languages);
                if let Some(word) = plain[at].as_deref() {
                    wanted.ending = Ending::of(word);
                    wanted.join([(before, Some(word)), (Some(word), behind)], &languages);
                }
                wanted
            })
            .collect();
        (!words.is_empty()).then_some(Self { words })
    }

    /// With the words near to those at these places.
    pub fn with_mistakes(mut self, places: &[usize]) -> Self {
        for place in places {
            if let Some(word) = self.words.get_mut(*place) {
                word.is_mistyped = true;
            }
        }
        self
    }

    /// With words that are made of those at these places, by their forms.
    pub fn with_compounds(mut self, found: &[(usize, Vec<String>)]) -> Self {
        for (place, forms) in found {
            if let Some(word) = self.words.get_mut(*place) {
                forms
                    .iter()
                    .for_each(|form| add(&mut word.forms, form.clone()));
            }
        }
        self
    }

    pub fn has_mistakes(&self) -> bool {
        self.words.iter().any(|word| word.is_mistyped)
    }
}

impl SoughtWord {
    fn of(spellings: &[Spelling], languages: &[Locale]) -> Self {
        let mut wanted = Self {
            typed: Vec::new(),
            joined: Vec::new(),
            forms: Vec::new(),
            near: Vec::new(),
            is_mistyped: false,
            ending: None,
        };
        for spelling in spellings {
            let as_one = spelling.joined().map(|word| vec![word]);
            for phrase in [Some(spelling.asked()), as_one].into_iter().flatten() {
                add(&mut wanted.typed, phrase);
            }
            if let Some(word) = spelling.as_one() {
                near_all(&word, languages)
                    .into_iter()
                    .for_each(|form| add(&mut wanted.near, form));
                add(&mut wanted.forms, joined(&word));
                asked_stems(&word, languages)
                    .into_iter()
                    .for_each(|form| add(&mut wanted.forms, form));
            }
        }
        wanted
    }

    fn join(&mut self, pairs: [(Option<&str>, Option<&str>); 2], languages: &[Locale]) {
        for pair in pairs {
            let (Some(one), Some(other)) = pair else {
                continue;
            };
            let word = [one, other].concat();
            if word.chars().count() > MAX_WORD {
                continue;
            }
            asked_stems(&word, languages)
                .into_iter()
                .for_each(|form| add(&mut self.forms, form));
            add(&mut self.joined, word);
        }
    }
}

fn add<T: PartialEq>(all: &mut Vec<T>, one: T) {
    if !all.contains(&one) {
        all.push(one);
    }
}

/// The word that is there between two blanks, if it is one.
fn word_alone(spellings: &[Spelling]) -> Option<String> {
    let spelling = spellings.first()?;
    (spelling.parts.len() == 1).then(|| spelling.as_one())?
}

impl Spelling {
    /// All of it as one word, if it is of letters that make words.
    fn as_one(&self) -> Option<String> {
        match self.stretches.as_slice() {
            [Stretch::Word(word)] => Some(capped(word)),
            _ => self.joined(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(text: &str) -> Query {
        Query::of(text, Some(Locale::En)).expect("there are words in it")
    }

    #[test]
    fn neighbours_are_asked_for_as_one_word_too() {
        let joined = |text: &str| -> Vec<Vec<String>> {
            let words = query(text).words;
            words.into_iter().map(|word| word.joined).collect()
        };
        assert_eq!(
            joined("back pack rain"),
            [
                vec!["backpack".to_owned()],
                vec!["backpack".to_owned(), "packrain".to_owned()],
                vec!["packrain".to_owned()],
            ]
        );
        assert_eq!(joined("t-shirt red"), [vec![""; 0], vec![]]);
        assert_eq!(joined("緑茶 red"), [vec![""; 0], vec![]]);
    }

    #[test]
    fn a_word_is_asked_for_by_its_stem_and_as_two_words() {
        let forms = |text: &str| query(text).words.remove(0).forms;
        assert_eq!(
            forms("backpacks"),
            ["ß2backpacks", "ßenbackpack", "backpack"]
        );
        assert_eq!(forms("t-shirts"), ["ß2tshirts", "ßentshirt", "tshirt"]);
        assert_eq!(forms("緑茶"), [""; 0]);
    }

    #[test]
    fn mistakes_are_looked_for_in_words_that_have_some_length() {
        for text in ["hat", "12345", "緑茶セット", "hf-bp-01"] {
            assert!(query(text).words[0].near.is_empty(), "{text}");
        }
        let lantern = query("lantern");
        assert!(!lantern.words[0].near.is_empty());
        assert!(!lantern.has_mistakes());
        assert!(lantern.with_mistakes(&[0, 7]).has_mistakes());
    }
}
