//! All that a product is found by.

use std::collections::BTreeSet;

use app::locale::Locale;

use super::{Part, Words, compounds};

/// What a product is found by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    pub title: Words,
    pub vendor: Words,
    pub category: Words,
    /// With the SKUs.
    pub tags: Words,
    pub body: Words,
    /// What the names tell of words that are made of others.
    pub parts: BTreeSet<String>,
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
        let title = words(texts.title, Part::Name);
        let category = words(texts.category, Part::Name);
        let body = words(texts.body, Part::Body);
        let parts = match texts.languages.contains(&Locale::De) {
            true => {
                let names = [&title, &category, &tags].into_iter();
                compounds::held(&names.flat_map(Words::plain).collect(), &body.plain())
            }
            false => BTreeSet::new(),
        };
        texts.skus.iter().for_each(|sku| tags.add_sku(sku));
        Self {
            title,
            vendor: words(texts.vendor, Part::Name),
            category,
            tags,
            body,
            parts,
        }
    }
}
