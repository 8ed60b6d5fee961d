//! Text taken apart into words, and the ways in which a word is spelled.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::text::fold::{fold, is_invisible};

/// Signs that are within a word, or between words that are written as one as well.
const JOINERS: [char; 11] = [
    '-', '‐', '–', '_', '\'', '’', '‘', 'ʼ', 'ʻ', '·', '\u{200c}',
];
/// Letters of a word that are looked at.
pub(super) const MAX_WORD: usize = 64;
/// Parts that are written as one as well.
const MAX_PARTS: usize = 8;
/// What a search may ask for.
const MAX_SIDE_BY_SIDE: usize = 32;

/// What is between blanks and signs, decomposed and in the parts that [`JOINERS`] join: one for
/// most.
pub(super) fn taken_apart(text: &str) -> Vec<Vec<String>> {
    let text = text.replace(['™', '℠'], " ").replace(['´', '`'], "'");
    let mut found = Vec::new();
    let (mut parts, mut part) = (Vec::new(), String::new());
    // The blank ends the last one.
    for c in text.nfkd().chain([' ']).filter(|c| !is_invisible(*c)) {
        let is_joiner = JOINERS.contains(&c);
        if !is_joiner && (c.is_alphanumeric() || is_combining_mark(c)) {
            part.push(c);
            continue;
        }
        let ends_part = !part.is_empty();
        if ends_part {
            parts.push(std::mem::take(&mut part));
        }
        if !(parts.is_empty() || ends_part && is_joiner) {
            found.push(std::mem::take(&mut parts));
        }
    }
    found
}

/// A stretch of a word in scripts of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Stretch {
    Word(String),
    /// Of a script in which any letter may begin what is looked for.
    Run(Vec<char>),
}

fn stretches(folded: &str) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    // Composed, for a Korean syllable is one letter of a run.
    for c in folded.nfc() {
        match (found.last_mut(), is_of_runs(c)) {
            (Some(Stretch::Word(word)), false) => word.push(c),
            (Some(Stretch::Run(run)), true) => run.push(c),
            (_, false) => found.push(Stretch::Word(c.to_string())),
            (_, true) => found.push(Stretch::Run(vec![c])),
        }
    }
    found
}

/// Letters of scripts without blanks between words, or that write articles and compounds as one word:
/// Hebrew, Arabic, Thai, Lao, Tibetan, Burmese, Khmer, kana, Chinese characters, Korean.
const fn is_of_runs(c: char) -> bool {
    let is_numeral = matches!(
        c,
        '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' | '\u{e50}'..='\u{e59}'
            | '\u{ed0}'..='\u{ed9}' | '\u{f20}'..='\u{f33}' | '\u{1040}'..='\u{1049}'
            | '\u{17e0}'..='\u{17e9}'
    );
    !is_numeral
        && matches!(
            c,
            '\u{590}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{8a0}'..='\u{8ff}'
                | '\u{e00}'..='\u{fff}' | '\u{1000}'..='\u{109f}' | '\u{1100}'..='\u{11ff}'
                | '\u{1780}'..='\u{17ff}' | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{312f}'
                | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
                | '\u{a960}'..='\u{a97f}' | '\u{ac00}'..='\u{d7ff}' | '\u{20000}'..='\u{3ffff}'
        )
}

/// One way to spell a compound.
pub(super) struct Spelling {
    pub(super) parts: Vec<String>,
    pub(super) stretches: Vec<Stretch>,
}

impl Spelling {
    /// Of folded parts.
    fn of(parts: Vec<String>) -> Self {
        let stretches = parts.iter().flat_map(|part| stretches(part)).collect();
        Self { parts, stretches }
    }

    /// Its words as an index holds them.
    pub(super) fn indexed(&self) -> Vec<String> {
        let words = self.stretches.iter().flat_map(|stretch| match stretch {
            Stretch::Word(word) => vec![capped(word)],
            Stretch::Run(run) => pairs(run),
        });
        words.collect()
    }

    /// The words that a search asks for side by side. The last letter alone of a run is only where the
    /// run ends, and what is looked for may go on.
    pub(super) fn asked(&self) -> Vec<String> {
        let mut words = self.indexed();
        if matches!(self.stretches.last(), Some(Stretch::Run(run)) if run.len() > 1) {
            words.pop();
        }
        words.truncate(MAX_SIDE_BY_SIDE);
        words
    }

    /// All of it written as one word.
    pub(super) fn joined(&self) -> Option<String> {
        let is_plain = |stretch: &Stretch| matches!(stretch, Stretch::Word(_));
        ((2..=MAX_PARTS).contains(&self.parts.len()) && self.stretches.iter().all(is_plain))
            .then(|| capped(&self.parts.concat()))
    }
}

/// The ways to spell a compound, the folded one first. None if only marks are left of it.
pub(super) fn spellings(parts: &[String]) -> Vec<Spelling> {
    let folded = |spell: fn(&str) -> String| -> Vec<String> {
        let parts = parts.iter().map(|part| fold(&spell(part)));
        parts.filter(|part| !part.is_empty()).collect()
    };
    let plain = folded(str::to_owned);
    if plain.is_empty() {
        return Vec::new();
    }
    let long = folded(with_two_letters);
    let differs = long != plain;
    let mut all = vec![Spelling::of(plain)];
    if differs {
        all.push(Spelling::of(long));
    }
    all
}

/// A decomposed word as German and the Scandinavian languages write it where there are no such letters:
/// ä as ae, ö and ø as oe, ü as ue, å as aa.
fn with_two_letters(part: &str) -> String {
    let mut word = String::with_capacity(part.len());
    for c in part.chars() {
        match (c, word.chars().next_back()) {
            ('\u{308}', Some('a' | 'A' | 'o' | 'O' | 'u' | 'U')) => word.push('e'),
            ('\u{30a}', Some('a' | 'A')) => word.push('a'),
            ('ø' | 'Ø', _) => word.push_str("oe"),
            _ => word.push(c),
        }
    }
    word
}

/// Each two neighbours of a run, and its last letter alone.
fn pairs(run: &[char]) -> Vec<String> {
    let pairs = run.windows(2).chain(run.last().map(std::slice::from_ref));
    // Decomposed, so that a Korean syllable that is still being typed finds what it may become.
    pairs
        .map(|letters| letters.iter().copied().nfkd().collect())
        .collect()
}

pub(super) fn split_digits(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_other = |c: char| c.is_numeric() != first.is_numeric();
        let (part, behind) = rest.split_at(rest.find(is_other).unwrap_or(rest.len()));
        parts.push(part);
        rest = behind;
    }
    parts
}

/// Whether a word of an index is of letters that make words, and not a pair of a run.
pub(super) fn is_plain(word: &str) -> bool {
    !word.chars().any(is_of_runs)
}

pub(super) fn capped(word: &str) -> String {
    word.chars().take(MAX_WORD).collect()
}
