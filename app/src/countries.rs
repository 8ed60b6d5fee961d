//! Countries there are, and those a shop delivers to.

mod german;
mod regions;

use std::collections::BTreeSet;

pub use regions::{REGIONS, Region};
use serde::{Deserialize, Serialize};

use crate::{
    error::FieldError,
    faults::text::Text,
    locale::{Locale, locale},
};

/// Where a shop delivers until its owner says otherwise, besides all of the European Union.
const AT_FIRST: [&str; 4] = ["CH", "GB", "NO", "US"];

/// All regions at once, as forms send it.
pub const EVERYWHERE: &str = "everywhere";

fn every() -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    REGIONS.iter().flat_map(|region| region.countries)
}

/// A country by its ISO 3166-1 code; `None` for what is no code in capital letters.
pub fn country_name(code: &str) -> Option<&'static str> {
    every()
        .find(|(known, _)| *known == code)
        .map(|(_, name)| *name)
}

/// The same in the language of the request at hand.
pub fn local_name(code: &str) -> Option<&'static str> {
    name_in(code, locale())
}

/// The same in a language.
pub fn name_in(code: &str, language: Locale) -> Option<&'static str> {
    match language {
        Locale::En => country_name(code),
        Locale::De => german::NAMES
            .iter()
            .find(|(known, _)| *known == code)
            .map(|(_, name)| *name),
    }
}

/// Whether the country of this code is in the European Union.
pub fn is_in_eu(code: &str) -> bool {
    let union = REGIONS.iter().filter(|region| region.id == "eu");
    let mut countries = union.flat_map(|region| region.countries);
    countries.any(|(known, _)| *known == code)
}

/// Codes of the countries a shop delivers to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryCountries(BTreeSet<String>);

impl Default for DeliveryCountries {
    fn default() -> Self {
        let union = REGIONS[0].countries.iter().map(|(code, _)| *code);
        Self(union.chain(AT_FIRST).map(str::to_owned).collect())
    }
}

impl DeliveryCountries {
    /// Those of the codes that are countries.
    pub fn of<'a>(codes: impl IntoIterator<Item = &'a str>) -> Self {
        let codes = codes
            .into_iter()
            .map(|code| code.trim().to_ascii_uppercase());
        Self(codes.filter(|code| country_name(code).is_some()).collect())
    }

    pub fn everywhere() -> Self {
        Self::of(every().map(|(code, _)| *code))
    }

    /// All countries of a region, or `everywhere`; `None` if there is no such region.
    pub fn of_region(id: &str) -> Option<Self> {
        if id == EVERYWHERE {
            return Some(Self::everywhere());
        }
        let region = REGIONS.iter().find(|region| region.id == id)?;
        Some(Self::of(region.countries.iter().map(|(code, _)| *code)))
    }

    /// From [`stored`](Self::stored).
    pub fn parse(stored: &str) -> Self {
        Self::of(stored.split_whitespace())
    }

    /// Codes in the order of the alphabet, separated by blanks.
    pub fn stored(&self) -> String {
        self.codes().collect::<Vec<_>>().join(" ")
    }

    /// In the order of the alphabet.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    pub fn contains(&self, code: &str) -> bool {
        self.0.contains(code)
    }

    pub fn with(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Codes and names, by name, in the language of the request at hand.
    pub fn named(&self) -> Vec<(&'static str, &'static str)> {
        let mut named: Vec<_> = every()
            .filter(|(code, _)| self.contains(code))
            .map(|(code, name)| (*code, local_name(code).unwrap_or(*name)))
            .collect();
        named.sort_by_cached_key(|(_, name)| sort_key(name));
        named
    }

    /// Says that nothing is delivered there, unless it is.
    pub fn refusal(&self, country: &str) -> Option<FieldError> {
        (!self.contains(country)).then(|| not_delivered_to(country))
    }
}

/// Says that nothing is delivered to the country of this code.
pub fn not_delivered_to(country: &str) -> FieldError {
    let text = Text::from(locale());
    let message = match local_name(country) {
        Some(name) => text.not_delivered_to(name),
        None => text.choose_a_country().to_owned(),
    };
    FieldError {
        field: "country".to_owned(),
        message,
    }
}

/// A name in lower case and without its accents: Åland is sorted under A, and Québec is Quebec.
pub(super) fn sort_key(name: &str) -> String {
    use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
    name.nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_has_one_code_and_one_name() {
        let codes: BTreeSet<_> = every().map(|(code, _)| code).collect();
        let names: BTreeSet<_> = every().map(|(_, name)| name).collect();
        assert_eq!((codes.len(), names.len()), (250, 250));
        assert!(
            every()
                .all(|(code, _)| code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase()))
        );
    }

    #[test]
    fn every_country_has_a_german_name() {
        let codes: BTreeSet<_> = every().map(|(code, _)| code).collect();
        let german: BTreeSet<_> = german::NAMES.iter().map(|(code, _)| code).collect();
        assert_eq!(codes, german);
        let names: BTreeSet<_> = german::NAMES.iter().map(|(_, name)| name).collect();
        assert_eq!(names.len(), german::NAMES.len());
    }

    #[test]
    fn all_of_the_union_is_delivered_to_at_first() {
        let at_first = DeliveryCountries::default();
        let union =
            "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK";
        for code in union.split(' ').chain(["CH", "GB", "NO", "US"]) {
            assert!(at_first.contains(code), "{code}");
        }
        assert_eq!(at_first.len(), 31);
        assert_eq!(DeliveryCountries::parse(&at_first.stored()), at_first);
    }

    #[test]
    fn what_is_no_country_is_left_out() {
        let some = DeliveryCountries::of(["de", " JP ", "ZZ", "", "D", "DE"]);
        assert_eq!(some.stored(), "DE JP");
        assert_eq!(some.named(), [("DE", "Germany"), ("JP", "Japan")]);
        assert!(DeliveryCountries::parse("").is_empty());
        let names: Vec<_> = DeliveryCountries::of(["AX", "AF", "ZW", "AL"])
            .named()
            .into_iter()
            .map(|(code, _)| code)
            .collect();
        assert_eq!(names, ["AF", "AX", "AL", "ZW"]);
    }

    #[test]
    fn a_refusal_names_the_country() {
        let some = DeliveryCountries::of(["DE"]);
        assert_eq!(some.refusal("DE"), None);
        let words = |country: &str| some.refusal(country).unwrap().message;
        assert_eq!(
            words("JP"),
            "We don’t deliver to this country: Japan. Choose another one."
        );
        assert_eq!(words("<b>"), "Choose a country we deliver to.");
    }
}
