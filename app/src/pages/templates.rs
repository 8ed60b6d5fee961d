//! Texts to begin with, for a seller in the European Union. What only the owner knows is a gap.

use super::types::PageKind;
use crate::locale::Locale;

pub struct Template {
    pub kind: PageKind,
    pub language: Locale,
    /// A first line `# Title`, then Markdown.
    text: &'static str,
}

impl Template {
    pub fn title(&self) -> &'static str {
        let line = self.text.lines().next().unwrap_or_default();
        line.trim_start_matches('#').trim()
    }

    /// Without the title.
    pub fn body(&self) -> &'static str {
        let body = self.text.split_once('\n').map_or("", |(_, body)| body);
        body.trim()
    }
}

macro_rules! template {
    ($kind:ident, $language:ident, $file:literal) => {
        Template {
            kind: PageKind::$kind,
            language: Locale::$language,
            text: include_str!(concat!("templates/", $file)),
        }
    };
}

pub static TEMPLATES: [Template; 14] = [
    template!(Imprint, En, "imprint.en.md"),
    template!(Imprint, De, "imprint.de.md"),
    template!(Privacy, En, "privacy.en.md"),
    template!(Privacy, De, "privacy.de.md"),
    template!(Terms, En, "terms.en.md"),
    template!(Terms, De, "terms.de.md"),
    template!(Withdrawal, En, "withdrawal.en.md"),
    template!(Withdrawal, De, "withdrawal.de.md"),
    template!(Delivery, En, "delivery.en.md"),
    template!(Delivery, De, "delivery.de.md"),
    template!(Contact, En, "contact.en.md"),
    template!(Contact, De, "contact.de.md"),
    template!(Accessibility, En, "accessibility.en.md"),
    template!(Accessibility, De, "accessibility.de.md"),
];

/// The template of this name, such as `imprint-de`.
pub fn template(name: &str) -> Option<&'static Template> {
    let (kind, language) = name.split_once('-')?;
    of(PageKind::parse(kind)?, Locale::of_code(language)?)
}

pub fn of(kind: PageKind, language: Locale) -> Option<&'static Template> {
    TEMPLATES
        .iter()
        .find(|template| template.kind == kind && template.language == language)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::gaps::gaps;

    #[test]
    fn each_kind_but_free_pages_has_a_template_in_each_language_and_says_what_is_missing() {
        for kind in PageKind::ALL {
            for language in Locale::ALL {
                let found = of(kind, language);
                assert_eq!(found.is_none(), kind == PageKind::Free, "{kind:?}");
                let Some(found) = found else { continue };
                assert!(!found.title().is_empty() && !found.title().contains('#'));
                assert!(found.body().len() > 200, "{kind:?} {language:?}");
                assert!(!gaps(&[found.body()]).is_empty(), "{kind:?} {language:?}");
                let name = format!("{}-{}", kind.as_str(), language.code());
                assert!(template(&name).is_some());
            }
        }
        for other in ["", "imprint", "imprint-xx", "free-en", "../x-en"] {
            assert!(template(other).is_none(), "{other}");
        }
    }
}
