//! Texts taken apart into the words they are found by, alike for an index and for a search.
//!
//! An index holds words in the order of the text, so that a search can ask for words side by side:
//! - what hyphens or apostrophes join is found split and written as one: `T-shirt`, `tshirt`;
//! - in scripts that put no blank between words, pairs of letters stand for words, and pairs side by
//!   side for any stretch of text;
//! - other spellings, and what a SKU consists of, are held besides;
//! - so are stems, words that are written as two, and what is left of a word with a mistake in it.

mod forms;
mod query;

use std::collections::BTreeSet;

use app::locale::Locale;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::fold::{fold, is_invisible};

pub use query::{Phrase, Query, Wanted};

/// Rises whenever other words or forms are made of the same text: products that were indexed with a
/// lower one are indexed again, while the shop runs.
pub const WORDS: i64 = 1;

/// Signs that stand within a word, or between words that are written as one as well.
const JOINERS: [char; 11] = [
    '-', '‐', '–', '_', '\'', '’', '‘', 'ʼ', 'ʻ', '·', '\u{200c}',
];
/// Letters of a word that are looked at.
const MAX_WORD: usize = 64;
/// Parts that are written as one as well.
const MAX_PARTS: usize = 8;
/// What one field of an index may hold: Postgres refuses more than a megabyte for all of them.
const MAX_WORDS: usize = 12_000;
const MAX_BYTES: usize = 300_000;
/// Words of a field that are found with a mistake in them.
const MAX_NEAR: usize = 40;
/// What a search may ask for.
const MAX_SIDE_BY_SIDE: usize = 32;

/// The words of one field of an index.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// `None` where two words are not side by side.
    in_order: Vec<Option<String>>,
    besides: BTreeSet<String>,
    /// Stems, and two words as one.
    forms: BTreeSet<String>,
    near: BTreeSet<String>,
    bytes: usize,
}

/// What a text is to a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Short: it is also found with a mistake in it, or with words run together.
    Name,
    Body,
}

impl Words {
    pub fn of(text: &str) -> Self {
        let mut words = Self::default();
        words.add(text);
        words
    }

    /// Adds a text that the ones before do not go on into.
    pub fn add(&mut self, text: &str) {
        self.in_order.push(None);
        for parts in compounds(text) {
            if self.is_full() {
                return;
            }
            for (at, spelling) in spellings(&parts).into_iter().enumerate() {
                let words = spelling.indexed();
                match at {
                    0 => words.into_iter().for_each(|word| self.push(word)),
                    _ => words.into_iter().for_each(|word| self.put_besides(word)),
                }
                if let Some(joined) = spelling.joined() {
                    self.put_besides(joined);
                }
            }
        }
    }

    /// Adds a SKU, which people know without its signs, by a part of it, or without leading zeros.
    pub fn add_sku(&mut self, sku: &str) {
        self.add(sku);
        let plain: String = fold(sku).chars().filter(|c| c.is_alphanumeric()).collect();
        for stretch in split_digits(&plain) {
            let number = stretch.trim_start_matches('0');
            for part in [stretch, number] {
                if part.chars().count() > 1 {
                    self.put_besides(capped(part));
                }
            }
        }
        self.put_besides(capped(&plain));
    }

    /// Adds the forms of the words that are there, by the rules of these languages.
    fn with_forms(mut self, languages: &[Locale], part: Part) -> Self {
        for form in self.found_forms(languages, part) {
            if self.is_full() {
                break;
            }
            self.bytes += form.len();
            self.forms.insert(form);
        }
        if part == Part::Name {
            let words = self.plain().into_iter().take(MAX_NEAR);
            let near = words.flat_map(|word| forms::near_all(word, languages));
            self.near = near.collect();
        }
        self
    }

    /// Those that have forms, each once.
    fn plain(&self) -> BTreeSet<&str> {
        let words = self.in_order.iter().flatten().chain(&self.besides);
        let words = words.map(String::as_str);
        words.filter(|word| is_plain(word)).collect()
    }

    fn found_forms(&self, languages: &[Locale], part: Part) -> Vec<String> {
        let words = self.plain();
        let mut found: Vec<String> = words
            .iter()
            .flat_map(|word| forms::held_stems(word, languages))
            .collect();
        let neighbours: &[Option<String>] = match part {
            Part::Name => &self.in_order,
            Part::Body => &[],
        };
        for pair in neighbours.windows(2) {
            if let [Some(one), Some(other)] = pair
                && is_plain(one)
                && is_plain(other)
            {
                let word = capped(&[one.as_str(), other.as_str()].concat());
                found.extend(forms::held_joined(&word, languages));
            }
        }
        found
    }

    fn is_full(&self) -> bool {
        let words = self.in_order.len() + self.besides.len() + self.forms.len();
        words >= MAX_WORDS || self.bytes >= MAX_BYTES
    }

    fn push(&mut self, word: String) {
        self.bytes += word.len();
        self.in_order.push(Some(word));
    }

    fn put_besides(&mut self, word: String) {
        if !word.is_empty() && !self.is_full() {
            self.bytes += word.len();
            self.besides.insert(word);
        }
    }

    /// In the order in which an index holds them; `None` keeps the words round it from being side by
    /// side.
    pub fn iter(&self) -> impl Iterator<Item = Option<&str>> {
        let besides = self
            .besides
            .iter()
            .flat_map(|word| [None, Some(word.as_str())]);
        self.in_order.iter().map(Option::as_deref).chain(besides)
    }

    /// Stems, and two words as one; in no order.
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        self.forms.iter().map(String::as_str)
    }

    /// What words with a mistake in them have in common with the words; in no order.
    pub fn near(&self) -> impl Iterator<Item = &str> {
        self.near.iter().map(String::as_str)
    }
}

/// What a product is found by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    pub title: Words,
    pub vendor: Words,
    pub category: Words,
    /// With the SKUs.
    pub tags: Words,
    pub body: Words,
}

/// The texts that a product's [`Document`] is made of.
#[derive(Debug, Clone, Default)]
pub struct Texts<'a> {
    pub title: &'a str,
    pub vendor: &'a str,
    pub category: &'a str,
    pub tags: Vec<&'a str>,
    pub skus: Vec<&'a str>,
    /// The description's words, without HTML.
    pub body: &'a str,
    /// Whose rules the stems follow.
    pub languages: &'a [Locale],
}

impl Document {
    pub fn of(texts: &Texts<'_>) -> Self {
        let words = |text: &str, part| Words::of(text).with_forms(texts.languages, part);
        let mut tags = Words::default();
        texts.tags.iter().for_each(|tag| tags.add(tag));
        // A SKU is no word: it is not declined, and another letter is another SKU.
        let mut tags = tags.with_forms(texts.languages, Part::Name);
        texts.skus.iter().for_each(|sku| tags.add_sku(sku));
        Self {
            title: words(texts.title, Part::Name),
            vendor: words(texts.vendor, Part::Name),
            category: words(texts.category, Part::Name),
            tags,
            body: words(texts.body, Part::Body),
        }
    }
}

/// What stands between blanks and signs, decomposed and in the parts that [`JOINERS`] join: one for
/// most.
fn compounds(text: &str) -> Vec<Vec<String>> {
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
enum Stretch {
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
struct Spelling {
    parts: Vec<String>,
    stretches: Vec<Stretch>,
}

impl Spelling {
    /// Of folded parts.
    fn of(parts: Vec<String>) -> Self {
        let stretches = parts.iter().flat_map(|part| stretches(part)).collect();
        Self { parts, stretches }
    }

    /// Its words as an index holds them.
    fn indexed(&self) -> Vec<String> {
        let words = self.stretches.iter().flat_map(|stretch| match stretch {
            Stretch::Word(word) => vec![capped(word)],
            Stretch::Run(run) => pairs(run),
        });
        words.collect()
    }

    /// The words that a search asks for side by side. The last letter alone of a run is only where the
    /// run ends, and what is looked for may go on.
    fn asked(&self) -> Vec<String> {
        let mut words = self.indexed();
        if matches!(self.stretches.last(), Some(Stretch::Run(run)) if run.len() > 1) {
            words.pop();
        }
        words.truncate(MAX_SIDE_BY_SIDE);
        words
    }

    /// All of it written as one word.
    fn joined(&self) -> Option<String> {
        let is_plain = |stretch: &Stretch| matches!(stretch, Stretch::Word(_));
        ((2..=MAX_PARTS).contains(&self.parts.len()) && self.stretches.iter().all(is_plain))
            .then(|| capped(&self.parts.concat()))
    }
}

/// The ways to spell a compound, the folded one first. None if only marks are left of it.
fn spellings(parts: &[String]) -> Vec<Spelling> {
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

fn split_digits(text: &str) -> Vec<&str> {
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
fn is_plain(word: &str) -> bool {
    !word.chars().any(is_of_runs)
}

fn capped(word: &str) -> String {
    word.chars().take(MAX_WORD).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn indexed(text: &str) -> String {
        shown(&Words::of(text))
    }

    fn shown(words: &Words) -> String {
        let words: Vec<&str> = words.iter().map(|word| word.unwrap_or("|")).collect();
        words.join(" ")
    }

    /// Phrases in brackets, spellings with a stroke between them.
    fn asked(text: &str) -> String {
        let Some(query) = Query::of(text, None) else {
            return String::new();
        };
        let wanted: Vec<String> = query
            .words
            .iter()
            .map(|wanted| {
                let typed = wanted.typed.iter();
                let phrases: Vec<String> = typed.map(|words| words.join(" ")).collect();
                format!("[{}]", phrases.join("|"))
            })
            .collect();
        wanted.concat()
    }

    #[test]
    fn joined_words_are_held_and_asked_for_split_and_as_one() {
        assert_eq!(
            indexed("A T-Shirt, men’s"),
            "| a t shirt men s | mens | tshirt"
        );
        assert_eq!(asked("T‑shirt"), "[t shirt|tshirt]");
        assert_eq!(asked("tshirt"), "[tshirt]");
        assert_eq!(asked("L'Oréal"), "[l oreal|loreal]");
        assert_eq!(asked("L´Oréal"), "[l oreal|loreal]");
        assert_eq!(asked("rock 'n' roll -- it"), "[rock][n][roll][it]");
        assert_eq!(asked("Rain-jacket \" OR *"), "[rain jacket|rainjacket][or]");
        assert_eq!(asked("cel·la"), "[cel la|cella]");
    }

    #[test]
    fn scripts_without_blanks_are_held_in_pairs() {
        assert_eq!(indexed("香港罗汉果"), "| 香港 港罗 罗汉 汉果 果");
        assert_eq!(asked("罗汉果"), "[罗汉 汉果]");
        assert_eq!(asked("茶"), "[茶]");
        assert_eq!(asked("شاي"), "[شا اي]");
        assert_eq!(indexed("الشاي"), "| ال لش شا اي ي");
        assert_eq!(indexed("iPhoneケース"), "| iphone ケー ース ス");
        assert_eq!(asked("ケースiPhone"), "[ケー ース ス iphone]");
        assert_eq!(asked("第2回"), "[第 2 回]");
        let thai = indexed("น้ำมะพร้าวสด");
        let wanted = asked("มะพร้าว");
        assert!(
            thai.contains(wanted.trim_matches(['[', ']'])),
            "{thai} {wanted}"
        );
        let korean: String = "배추 추김 김치 치".nfd().collect();
        assert_eq!(indexed("배추김치"), format!("| {korean}"));
        let typed = asked("추기");
        let begun = typed.trim_matches(['[', ']']);
        assert!(korean.split(' ').any(|pair| pair.starts_with(begun)));
    }

    #[test]
    fn letters_with_two_dots_are_known_in_two_letters_too() {
        assert_eq!(indexed("Müller"), "| muller | mueller");
        assert_eq!(asked("mueller"), "[mueller]");
        assert_eq!(asked("Müller"), "[muller|mueller]");
        assert_eq!(indexed("Smørrebrød"), "| smorrebrod | smoerrebroed");
        assert_eq!(indexed("Straße ΣΊΣΥΦΟΣ"), "| strasse σισυφοσ");
    }

    #[test]
    fn a_sku_is_known_by_its_parts() {
        let sku = |text: &str| {
            let mut words = Words::default();
            words.add_sku(text);
            shown(&words)
        };
        assert_eq!(sku("HF-BP-01"), "| hf bp 01 | 01 | hfbp | hfbp01");
        assert_eq!(sku("00417"), "| 00417 | 00417 | 417");
        assert_eq!(sku("A.12/7X"), "| a 12 7x | 127 | a127x");
        assert_eq!(sku("--"), "|");
    }

    #[test]
    fn names_are_held_with_their_forms_and_texts_with_their_stems() {
        let document = Document::of(&Texts {
            title: "Regen Jacken 緑茶",
            body: "Regen Jacken",
            skus: vec!["ROCKS-LAMPEN"],
            languages: &[Locale::De],
            ..Texts::default()
        });
        let forms = |words: &Words| words.forms().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(
            forms(&document.title),
            ["ß2regenjacken", "ßdejack", "ßdereg", "ßderegenjack"]
        );
        assert_eq!(forms(&document.body), ["ßdejack", "ßdereg"]);
        assert_eq!(forms(&document.tags), [""; 0]);
        assert!(document.title.near().any(|form| form == "ß1jackn"));
        assert_eq!(document.body.near().count(), 0);
        assert_eq!(document.tags.near().count(), 0);
    }

    #[test]
    fn signs_and_marks_are_no_words() {
        for nothing in ["", "!!! ()", "😀", "\u{301}", "™", "'-'", "❤\u{fe0f}"] {
            assert_eq!(Query::of(nothing, None), None, "{nothing}");
        }
        assert_eq!(asked("Foo™ 5㎏"), "[foo][5kg]");
        assert_eq!(asked(&"r".repeat(1000)), format!("[{}]", "r".repeat(64)));
        let endless = Query::of(&"a ".repeat(100), None).unwrap();
        assert_eq!(endless.words.len(), 8);
        let endless = Words::of(&"word ".repeat(50_000));
        assert!(endless.iter().count() <= MAX_WORDS + 1);
    }
}
