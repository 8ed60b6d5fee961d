//! Texts taken apart into the words they are found by, alike for an index and for a search.
//!
//! An index holds words in the order of the text, so that a search can ask for words side by side:
//! - what hyphens or apostrophes join is found split and written as one: `T-shirt`, `tshirt`;
//! - in scripts that put no blank between words, pairs of letters stand for words, and pairs side by
//!   side for any stretch of text;
//! - other spellings, and what a SKU consists of, are held besides;
//! - so are stems, words that are written as two, and what is left of a word with a mistake in it;
//! - so are words of names, as parts of German words that are made of others.

mod compounds;
mod document;
mod forms;
mod query;
mod spelling;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use app::locale::Locale;
pub use compounds::{Compound, Ending};
pub use document::{Document, Texts};
pub use query::{Phrase, Query, SoughtWord};
use spelling::{capped, is_plain, spellings, split_digits, taken_apart};

use super::fold::fold;

/// Rises whenever other words or forms are made of the same text: products that were indexed with a
/// lower one are indexed again, while the shop runs.
pub const WORDS: i64 = 2;

/// What one field of an index may hold: Postgres refuses more than a megabyte for all of them.
const MAX_WORDS: usize = 12_000;
const MAX_BYTES: usize = 300_000;
/// Words of a field that are found with a mistake in them.
const MAX_NEAR: usize = 40;

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
        for parts in taken_apart(text) {
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
