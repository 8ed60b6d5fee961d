//! The languages of a shop, and which of them an address is in.

use serde::{Deserialize, Serialize};

use super::Locale;

/// The languages of a shop, the default first; there is at least one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Languages(Vec<Locale>);

impl Default for Languages {
    fn default() -> Self {
        Self(vec![Locale::default()])
    }
}

impl Languages {
    /// `en,de`; nothing if one of them is unknown, or is there twice.
    pub fn parse(text: &str) -> Option<Self> {
        let locales: Vec<_> = text
            .split(',')
            .map(|code| Locale::of_code(code.trim()))
            .collect::<Option<_>>()?;
        let is_once =
            |locale: &Locale| locales.iter().filter(|other| *other == locale).count() == 1;
        locales.iter().all(is_once).then_some(Self(locales))
    }

    /// This one first, then the others in the order in which they are declared.
    pub fn of(default: Locale, others: &[Locale]) -> Self {
        let others = Locale::ALL
            .into_iter()
            .filter(|locale| *locale != default && others.contains(locale));
        Self(std::iter::once(default).chain(others).collect())
    }

    /// Those of `en,de` that this shop has texts for; nothing if there are none.
    pub fn known(text: &str) -> Option<Self> {
        let known = text.split(',').filter_map(Locale::of_code);
        let known: Vec<_> = known.collect();
        let default = *known.first()?;
        Some(Self::of(default, &known))
    }

    /// As it is kept: what [`Languages::parse`] reads.
    pub fn stored(&self) -> String {
        let codes: Vec<_> = self.locales().map(Locale::code).collect();
        codes.join(",")
    }

    /// The default first.
    pub fn locales(&self) -> impl Iterator<Item = Locale> {
        self.0.iter().copied()
    }

    pub fn contains(&self, locale: Locale) -> bool {
        self.0.contains(&locale)
    }

    /// Whether addresses of this language are still written in this way.
    pub fn has(&self, language: Language) -> bool {
        self.iter().any(|other| other == language)
    }

    /// The path below a language that has no addresses of its own: one that is not spoken, or that
    /// is the default. Links to it may be older than the settings.
    pub fn of_other_path<'a>(&self, path: &'a str) -> Option<&'a str> {
        let rest = path.strip_prefix('/')?;
        let (code, below) = match rest.find('/') {
            Some(at) => rest.split_at(at),
            None => (rest, "/"),
        };
        let locale = Locale::of_code(code)?;
        let default = self.default_language().locale;
        let has_addresses = locale != default && self.contains(locale);
        (!has_addresses).then_some(below)
    }

    /// The one without a prefix.
    pub fn default_language(&self) -> Language {
        self.language(self.0.first().copied().unwrap_or_default())
    }

    pub fn iter(&self) -> impl Iterator<Item = Language> {
        self.0.iter().map(|locale| self.language(*locale))
    }

    /// What an account reads where addresses do not say it: the language it has chosen, or the
    /// default if it has chosen none or one that the shop no longer speaks.
    pub fn of_account(&self, chosen: Option<Locale>) -> Language {
        let spoken = chosen.filter(|locale| self.0.contains(locale));
        Language::of_its_own(spoken.unwrap_or(self.default_language().locale))
    }

    /// The language of what was caused in this one: the default if the shop does not speak it (any
    /// more).
    pub fn closest(&self, locale: Locale) -> Language {
        match self.0.contains(&locale) {
            true => self.language(locale),
            false => self.default_language(),
        }
    }

    /// The language of what keeps it, such as an order, even if the shop has given it up: addresses are
    /// the default's then.
    pub fn kept(&self, locale: Locale) -> Language {
        Language {
            locale,
            has_prefix: self.closest(locale).has_prefix,
        }
    }

    fn language(&self, locale: Locale) -> Language {
        Language {
            locale,
            has_prefix: self.0.first() != Some(&locale),
        }
    }

    /// The language that a path begins with, and the path without it: `/de/cart` is the German
    /// `/cart`, and `/de` the German home page.
    pub fn of_path<'a>(&self, path: &'a str) -> Option<(Language, &'a str)> {
        let rest = path.strip_prefix('/')?;
        let (code, below) = match rest.find('/') {
            Some(at) => rest.split_at(at),
            None => (rest, ""),
        };
        let language = self
            .iter()
            .find(|language| language.has_prefix && language.locale.code() == code)?;
        match below {
            "" => Some((language, "/")),
            // `/de/` is another spelling of `/de`.
            "/" => None,
            below if is_of_account(below) => None,
            below => Some((language, below)),
        }
    }
}

/// Whether the pages or functions at a path are in the language of who is signed in, so that their
/// addresses have no prefix.
pub fn is_of_account(path: &str) -> bool {
    ["/admin", "/api/admin"].into_iter().any(|area| {
        path.strip_prefix(area)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
    })
}

/// The language of a request, and whether its addresses say so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Language {
    pub locale: Locale,
    has_prefix: bool,
}

impl Language {
    /// Of what is none of the shop's pages, so that addresses do not say it.
    pub(super) const fn of_its_own(locale: Locale) -> Self {
        Self {
            locale,
            has_prefix: false,
        }
    }

    /// What addresses of this language begin with: `/de`, or nothing.
    pub fn prefix(self) -> String {
        match self.has_prefix {
            true => format!("/{}", self.locale.code()),
            false => String::new(),
        }
    }

    /// The address of a path of ours in this language: `/de/cart`, and `/de` for the home page.
    pub fn href(self, path: &str) -> String {
        match (self.has_prefix, path) {
            (false, path) => path.to_owned(),
            (true, path) if is_of_account(path) => path.to_owned(),
            (true, path) => {
                let code = self.locale.code();
                match path.strip_prefix('/') {
                    // `/de/` is another spelling of `/de`.
                    Some(rest) if rest.is_empty() || rest.starts_with(['?', '#']) => {
                        format!("/{code}{rest}")
                    }
                    _ => format!("/{code}{path}"),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_read_as_they_are_given() {
        let both = Languages::parse("en, de").unwrap();
        assert_eq!(both.default_language().locale, Locale::En);
        let locales: Vec<_> = both.iter().map(|language| language.locale).collect();
        assert_eq!(locales, Locale::ALL);
        for wrong in ["", "xx", "en,", "en,en", "EN"] {
            assert_eq!(Languages::parse(wrong), None, "{wrong:?}");
        }
        let german_first = Languages::of(Locale::De, &Locale::ALL);
        assert_eq!(german_first.stored(), "de,en");
        assert_eq!(Languages::parse("de,en"), Some(german_first.clone()));
        assert_eq!(Languages::known("de,xx,en"), Some(german_first));
        assert_eq!(Languages::known("xx"), None);
    }

    #[test]
    fn a_language_that_is_no_longer_spoken_becomes_the_default() {
        let german = Languages::parse("de").unwrap();
        assert_eq!(german.closest(Locale::En), german.default_language());
        let kept = german.kept(Locale::En);
        assert_eq!(
            (kept.locale, kept.href("/cart")),
            (Locale::En, "/cart".to_owned())
        );
        let both = Languages::parse("en,de").unwrap();
        assert_eq!(both.closest(Locale::De).href("/cart"), "/de/cart");
        assert_eq!(both.kept(Locale::De), both.closest(Locale::De));
        assert_eq!(both.closest(Locale::En).href("/cart"), "/cart");
    }

    #[test]
    fn the_default_language_has_no_prefix() {
        let languages = Languages::parse("de,en").unwrap();
        let english = languages.iter().last().unwrap();
        assert_eq!(languages.of_path("/en/cart"), Some((english, "/cart")));
        assert_eq!(languages.of_path("/en"), Some((english, "/")));
        for other in [
            "/", "/cart", "/de/cart", "/en/", "/english", "/xx/cart", "en",
        ] {
            assert_eq!(languages.of_path(other), None, "{other}");
        }
        for (old, below) in [("/de/cart", "/cart"), ("/de", "/"), ("/de/", "/")] {
            assert_eq!(languages.of_other_path(old), Some(below), "{old}");
        }
        for other in ["/en/cart", "/cart", "/", "/deck", "/xx/cart"] {
            assert_eq!(languages.of_other_path(other), None, "{other}");
        }
        let english_only = Languages::default();
        assert_eq!(english_only.of_other_path("/de/cart"), Some("/cart"));
        assert_eq!(english_only.of_other_path("/en/cart"), Some("/cart"));
        assert!(english_only.has(english_only.default_language()));
        assert!(!english_only.has(english), "it has no prefix there");
        assert_eq!(english.href("/cart?a=b"), "/en/cart?a=b");
        assert_eq!(english.href("/"), "/en");
        assert_eq!(english.href("/?a=b"), "/en?a=b");
        assert_eq!(english.href("/#top"), "/en#top");
        assert_eq!(languages.default_language().href("/cart"), "/cart");
    }

    #[test]
    fn the_admin_area_is_in_the_language_of_the_account() {
        let languages = Languages::parse("en,de").unwrap();
        let german = languages.iter().last().unwrap();
        for path in ["/admin", "/admin/orders?page=2", "/api/admin/sign-in"] {
            assert_eq!(german.href(path), path);
            assert_eq!(languages.of_path(&format!("/de{path}")), None);
        }
        assert_eq!(german.href("/administration"), "/de/administration");
        let chosen = languages.of_account(Some(Locale::De));
        assert_eq!(chosen.locale, Locale::De);
        assert_eq!(chosen.href("/cart"), "/cart");
        assert_eq!(languages.of_account(None).locale, Locale::En);
        let english = Languages::default();
        assert_eq!(english.of_account(Some(Locale::De)).locale, Locale::En);
    }
}
