//! Columns of translations: `title:de` is the German title.

use app::{
    catalog::limits::{MAX_SEO_DESCRIPTION, MAX_SEO_TITLE, MAX_TITLE},
    locale::Locale,
};

use super::{cell, cell::CellError, product::description, row::Row};
use crate::translations::{DESCRIPTION, SEO_DESCRIPTION, SEO_TITLE, TITLE};

/// Fields with their names before the colon. The first one is written.
const FIELDS: [(&str, [&str; 3]); 4] = [
    (TITLE, ["title", "title", "title"]),
    (DESCRIPTION, ["description", "body (html)", "body"]),
    (SEO_TITLE, ["seo title", "seo_title", "page title"]),
    (
        SEO_DESCRIPTION,
        ["seo description", "seo_description", "page description"],
    ),
];

/// Where a file has a translation.
#[derive(Debug)]
pub(super) struct TranslatedColumn {
    pub(super) place: usize,
    pub(super) language: Locale,
    pub(super) field: &'static str,
    /// As the file's header names it.
    pub(super) name: String,
}

/// A translation as a file has it; empty: there is to be none.
#[derive(Debug, Clone, PartialEq)]
pub struct TranslationRecord {
    pub language: Locale,
    pub field: &'static str,
    pub text: String,
}

impl TranslatedColumn {
    /// `None` for a column that is none of a translation into a language that is known.
    pub(super) fn named(place: usize, name: &str) -> Option<Self> {
        let (base, code) = name.rsplit_once(':')?;
        let language = Locale::of_code(&code.trim().to_ascii_lowercase())?;
        let base = base.trim();
        let (field, _) = FIELDS
            .into_iter()
            .find(|(_, names)| names.iter().any(|known| known.eq_ignore_ascii_case(base)))?;
        Some(Self {
            place,
            language,
            field,
            name: name.to_owned(),
        })
    }
}

/// Names of the columns of some languages, in the order of [`written`].
pub(super) fn written_names(languages: &[Locale]) -> Vec<String> {
    languages
        .iter()
        .flat_map(|language| FIELDS.map(|(_, names)| format!("{}:{}", names[0], language.code())))
        .collect()
}

/// The cells of those columns.
pub(super) fn written(languages: &[Locale], translations: &[TranslationRecord]) -> Vec<String> {
    let text = |language: Locale, field: &str| {
        let mut all = translations.iter();
        let found = all.find(|one| one.language == language && one.field == field);
        found.map_or("", |one| &one.text).to_owned()
    };
    languages
        .iter()
        .flat_map(|language| FIELDS.map(|(field, _)| text(*language, field)))
        .collect()
}

/// What a product's first row says.
pub(super) fn read(row: &mut Row) -> Vec<TranslationRecord> {
    let mut found = Vec::new();
    for (language, field, name, text) in row.translated() {
        match cleaned(field, &text) {
            Ok(text) => found.push(TranslationRecord {
                language,
                field,
                text,
            }),
            Err(error) => row.fault_named(&name, error),
        }
    }
    found
}

fn cleaned(field: &str, text: &str) -> Result<String, CellError> {
    match field {
        TITLE => cell::limited(text, MAX_TITLE),
        DESCRIPTION => description(text),
        SEO_TITLE => cell::limited(text, MAX_SEO_TITLE),
        _ => cell::limited(text, MAX_SEO_DESCRIPTION),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{faults, product, written};
    use super::*;

    fn texts(file: &str) -> Vec<(&'static str, String)> {
        let translations = product(file).translations.into_iter();
        translations.map(|one| (one.field, one.text)).collect()
    }

    #[test]
    fn a_column_names_its_field_and_language() {
        let file = "Handle,Title,title:de,Body (HTML):DE,title:xx,colour:de\n\
             a,A, B ,<p onclick=x>C</p>,D,E\n";
        let read = texts(file);
        assert_eq!(
            read,
            [
                (TITLE, "B".to_owned()),
                (DESCRIPTION, "<p>C</p>".to_owned())
            ]
        );
        assert!(texts("Handle,Title\na,A\n").is_empty());
        // An empty cell is something else than no column.
        assert_eq!(texts("Handle,title:de\na,\n"), [(TITLE, String::new())]);
    }

    #[test]
    fn what_is_wrong_is_said_of_its_column() {
        let long = "x".repeat(256);
        let long = faults(format!("Handle,Title,Title:de\na,A,{long}\n"));
        assert_eq!(
            long,
            ["line 2, column \"Title:de\": is longer than 255 characters"]
        );
    }

    #[test]
    fn what_is_exported_is_read_again() {
        let file = "Handle,Title,Price,title:de,description:de,seo title:de,seo description:de\n\
             a,A,1,=B,<p>C</p>,D,E\n";
        let before = product(file);
        let again = product(written(std::slice::from_ref(&before), 2));
        assert_eq!(again.translations, before.translations);
        assert_eq!(before.translations[0].text, "=B");
    }

    #[test]
    fn an_export_without_translations_has_no_columns_of_them() {
        let plain = product("Handle,Title,Price\na,A,1\n");
        let text = String::from_utf8(written(&[plain], 2)).unwrap();
        assert!(!text.contains(":de"), "{text}");
    }
}
