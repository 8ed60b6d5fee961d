//! The languages that a shop speaks, and the one of the request at hand.
//!
//! The default language's addresses have no prefix; those of the others begin with its code, as in
//! `/de/cart`. The prefix is taken off before anything else reads the path, and comes back with
//! [`href`]. Addresses of the admin area never have one: they are in the language of the account.

mod dates;
mod languages;
mod marks;

use icu_decimal::{DecimalFormatter, input::Decimal};
use icu_plurals::PluralRules;
use leptos::prelude::use_context;
use serde::{Deserialize, Serialize};

use crate::money;

pub use icu_plurals::PluralCategory as Plural;

pub use languages::{Language, Languages, is_of_account};
pub use marks::{mark_texts, plain, whole};

/// A language that the shop has catalogues of texts for.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    #[default]
    En,
    De,
}

impl Locale {
    /// In the order of their declaration.
    pub const ALL: [Self; 2] = [Self::En, Self::De];

    /// As in `lang` and in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
        }
    }

    /// What those who speak it call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::De => "Deutsch",
        }
    }

    /// As browsers and ICU know it, with the country whose customs it has.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en-GB",
            Self::De => "de-DE",
        }
    }

    const fn icu(self) -> icu_locale_core::Locale {
        match self {
            Self::En => icu_locale_core::locale!("en-GB"),
            Self::De => icu_locale_core::locale!("de-DE"),
        }
    }

    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|locale| locale.code() == code)
    }

    /// `1,234` or `1.234`.
    pub fn number(self, number: i64) -> String {
        FORMATTERS.with(|all| match &all[self as usize].numbers {
            Some(numbers) => numbers.format(&Decimal::from(number)).to_string(),
            None => number.to_string(),
        })
    }

    /// Which form of a word goes with a number.
    pub fn plural(self, number: i64) -> Plural {
        FORMATTERS.with(|all| match &all[self as usize].plurals {
            Some(plurals) => plurals.category_for(number),
            None => Plural::Other,
        })
    }

    /// A rate of percent times 100, without idle zeros: `19`, `5.5` or `5,5`.
    pub fn percent(self, basis_points: i64) -> String {
        let (whole, rest) = (basis_points / 100, basis_points % 100);
        match rest {
            0 => whole.to_string(),
            _ => self.separated(format!("{whole}.{rest:02}").trim_end_matches('0')),
        }
    }

    /// What is between whole numbers and decimals.
    pub const fn decimal_point(self) -> &'static str {
        match self {
            Self::En => ".",
            Self::De => ",",
        }
    }

    /// `1,234.50` with the marks of this language: `1.234,50`.
    pub fn separated(self, number: &str) -> String {
        match self {
            Self::En => number.to_owned(),
            Self::De => money::with_comma(number),
        }
    }

    /// `€1,234.50` or `1.234,50 €`.
    pub fn money(self, minor: i64, currency: &str) -> String {
        match self {
            Self::En => money::format_money(minor, currency),
            Self::De => money::format_money_behind(minor, currency),
        }
    }
}

/// What numbers need in one language.
struct Formatters {
    plurals: Option<PluralRules>,
    numbers: Option<DecimalFormatter>,
}

impl Formatters {
    /// ICU's data of our languages is compiled in, so that nothing is missing.
    fn of(locale: Locale) -> Self {
        let icu = locale.icu();
        Self {
            plurals: PluralRules::try_new_cardinal((&icu).into()).ok(),
            numbers: DecimalFormatter::try_new((&icu).into(), Default::default()).ok(),
        }
    }
}

thread_local! {
    static FORMATTERS: [Formatters; Locale::ALL.len()] = Locale::ALL.map(Formatters::of);
}

tokio::task_local! {
    /// What the task at hand is done in.
    static LANGUAGE: Language;
}

/// Does the work in a language: what is said in it is said so, until it hands over to another task.
pub fn within<F: Future>(language: Language, work: F) -> impl Future<Output = F::Output> {
    // As it is: an async function would keep room for it twice.
    LANGUAGE.scope(language, work)
}

/// The language of the request at hand; `None` where there is no request, as in work that the shop
/// does by itself.
///
/// The task is asked first: only what a page loads runs in tasks of its own, each with the page's context.
pub fn asked_in() -> Option<Language> {
    let language = LANGUAGE.try_with(|language| *language).ok();
    language.or_else(use_context::<Language>)
}

/// The language of the request at hand.
pub fn language() -> Language {
    asked_in().unwrap_or_default()
}

/// What the request at hand is answered in.
pub fn locale() -> Locale {
    language().locale
}

/// What `work` makes, in a language of its own: that of a document whose reader is not who asks.
pub fn in_language<T>(locale: Locale, work: impl FnOnce() -> T) -> T {
    LANGUAGE.sync_scope(Language::of_its_own(locale), work)
}

/// The address of a path of ours that keeps the language of the request at hand: for links and for
/// what forms are posted to.
pub fn href(path: &str) -> String {
    language().href(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_amounts_are_written_as_each_language_does() {
        assert_eq!(Locale::En.number(1_234_567), "1,234,567");
        assert_eq!(Locale::De.number(1_234_567), "1.234.567");
        assert_eq!(Locale::En.money(123_450, "EUR"), "€1,234.50");
        assert_eq!(Locale::De.money(123_450, "EUR"), "1.234,50\u{a0}€");
        assert_eq!(Locale::De.money(-5, "CHF"), "−0,05\u{a0}CHF");
        assert_eq!(Locale::De.money(1500, "JPY"), "1.500\u{a0}¥");
        assert_eq!(Locale::En.percent(1900), "19");
        assert_eq!(Locale::En.percent(550), "5.5");
        assert_eq!(Locale::De.percent(825), "8,25");
        for locale in Locale::ALL {
            assert_eq!(locale.plural(1), Plural::One);
            assert_eq!(locale.plural(0), Plural::Other);
            assert_eq!(locale.plural(2), Plural::Other);
            assert_eq!(Locale::of_code(locale.code()), Some(locale));
        }
    }

    #[test]
    fn what_is_said_in_a_task_is_said_in_its_language() {
        assert_eq!(asked_in(), None);
        let both = Languages::parse("en,de").unwrap();
        let said = within(both.closest(Locale::De), async { href("/cart") });
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        let runtime = runtime.unwrap();
        assert_eq!(runtime.block_on(said), "/de/cart");
        assert_eq!(locale(), Locale::En);
    }

    #[test]
    fn a_document_may_be_in_another_language_than_what_is_around_it() {
        assert_eq!(in_language(Locale::De, locale), Locale::De);
        assert_eq!(locale(), Locale::En);
    }
}
