//! Sentences of the owner's own: what a shop says or promises and no setting tells. One that the owner
//! has not written is not said.

use serde::{Deserialize, Serialize};

use crate::locale::Locale;

/// Longest sentence, in characters.
pub const MAX_SENTENCE: usize = 300;

crate::words! {
    /// What a sentence is for.
    pub enum Sentence {
        /// In the footer: what the shop is.
        About = "about",
        /// On a product's page and beside the checkout: what is promised of returns.
        Returns = "returns",
        /// In the confirmation of an order.
        OrderMail = "order_mail",
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    pub sentence: Sentence,
    pub language: Locale,
    pub text: String,
}

/// All that are written, in all languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentences(pub Vec<Written>);

impl Sentences {
    /// As written in this language.
    pub fn written(&self, sentence: Sentence, language: Locale) -> Option<&str> {
        let found = self
            .0
            .iter()
            .find(|written| written.sentence == sentence && written.language == language)?;
        Some(&found.text)
    }

    /// With this one in place of what is written of it; an empty one is none.
    #[must_use]
    pub fn with(mut self, new: Written) -> Self {
        self.0
            .retain(|old| (old.sentence, old.language) != (new.sentence, new.language));
        if !new.text.is_empty() {
            self.0.push(new);
        }
        self.0
            .sort_by_key(|written| (written.sentence.as_str(), written.language.code()));
        self
    }

    /// What is said in a language: what is not translated is said in the shop's default language.
    pub fn said(&self, sentence: Sentence, language: Locale, default: Locale) -> Option<&str> {
        self.written(sentence, language)
            .or_else(|| self.written(sentence, default))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_translated_is_said_in_the_default_language() {
        let written = |sentence, language, text: &str| Written {
            sentence,
            language,
            text: text.to_owned(),
        };
        let sentences = Sentences(vec![
            written(Sentence::About, Locale::En, "Rope."),
            written(Sentence::About, Locale::De, "Seile."),
            written(Sentence::Returns, Locale::De, "Rückgabe"),
        ]);
        let said = |sentence, language| sentences.said(sentence, language, Locale::En);
        assert_eq!(said(Sentence::About, Locale::De), Some("Seile."));
        assert_eq!(said(Sentence::Returns, Locale::De), Some("Rückgabe"));
        assert_eq!(said(Sentence::Returns, Locale::En), None);
        assert_eq!(said(Sentence::OrderMail, Locale::De), None);
        let german = sentences.said(Sentence::Returns, Locale::En, Locale::De);
        assert_eq!(german, Some("Rückgabe"));
    }

    #[test]
    fn one_takes_the_place_of_what_was_written_and_an_empty_one_takes_it_away() {
        let about = |text: &str| Written {
            sentence: Sentence::About,
            language: Locale::En,
            text: text.to_owned(),
        };
        let returns = Written {
            sentence: Sentence::Returns,
            ..about("30 days")
        };
        let none = Sentences::default();
        let both = none.clone().with(returns.clone()).with(about("Rope."));
        assert_eq!(both, Sentences(vec![about("Rope."), returns.clone()]));
        let other = both.clone().with(about("Knots."));
        assert_eq!(other.0, [about("Knots."), returns.clone()]);
        assert_eq!(both.clone().with(about("Rope.")), both);
        assert_eq!(both.with(about("")).0, [returns]);
        assert_eq!(none.clone().with(about("")), none);
    }
}
