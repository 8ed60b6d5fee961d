//! Translations as a file for spreadsheets and translators: a row for each text, in the columns that Shopify has
//! for them, and one of our own by which a row is known that was translated elsewhere meanwhile.

use app::{
    error::ShopError,
    locale::{Locale, locale},
};
use desk::admin::translations::ports::{MAX_FILE_BYTES, TranslationState};

use super::{said, texts::Text};
use crate::{
    error::{Error, Result},
    product_files::csv::{guarded, unguarded},
    text::csv::{Column, Table, TableError},
    translations::digest,
};

const COLUMNS: [&str; 8] = [
    "Type",
    "Identification",
    "Field",
    "Locale",
    "Status",
    "Default content",
    "Translated content",
    "Was",
];
/// Rows of a file that translate something.
const MAX_ROWS: usize = 20_000;

/// A row that says something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// In the file.
    pub line: u64,
    pub kind: String,
    pub id: String,
    pub field: String,
    /// What was translated, if the file tells.
    original: Option<String>,
    pub text: String,
    /// Digest of the translation when the file was written; empty if the file does not tell.
    pub was: String,
}

impl Row {
    /// Digest of the original that was translated. Spreadsheets write line breaks in their own way.
    pub fn source(&self, original: &str) -> String {
        match &self.original {
            Some(read) if plain(read) != plain(original) => digest(read),
            _ => digest(original),
        }
    }
}

fn plain(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}

fn status(state: TranslationState) -> &'static str {
    match state {
        TranslationState::Current => "current",
        TranslationState::Missing => "missing",
        TranslationState::Stale => "outdated",
    }
}

/// The file of these texts in a language.
pub fn write(texts: Vec<Text>, language: Locale) -> Result<Vec<u8>> {
    let mut csv = ::csv::Writer::from_writer(Vec::new());
    let unwritten = |error: ::csv::Error| Error::Invariant(error.to_string());
    csv.write_record(COLUMNS).map_err(unwritten)?;
    for text in texts {
        let (kind, id) = (text.kind.as_str(), text.subject_id.clone());
        let (field, shown) = (text.field.clone(), text.shown());
        let cells = [
            kind.to_owned(),
            guarded(&id),
            guarded(&field),
            language.code().to_owned(),
            status(shown.state).to_owned(),
            guarded(&shown.original),
            guarded(&shown.text),
            shown.was,
        ];
        csv.write_record(cells).map_err(unwritten)?;
    }
    csv.into_inner()
        .map_err(|error| Error::Invariant(error.to_string()))
}

/// The rows that translate into this language. Rows without a translation change nothing, and are left out.
pub fn read(bytes: &[u8], language: Locale) -> Result<Vec<Row>, ShopError> {
    let mut table = Table::open(bytes, MAX_FILE_BYTES).map_err(unreadable)?;
    let needed = |name| table.needed(name).map_err(unreadable);
    let (kind, id) = (needed(COLUMNS[0])?, needed(COLUMNS[1])?);
    let (field, text) = (needed(COLUMNS[2])?, needed(COLUMNS[6])?);
    let column = |name: &str| table.column(name).map_err(unreadable);
    let (of_language, original) = (column(COLUMNS[3])?, column(COLUMNS[5])?);
    let was = column(COLUMNS[7])?;
    let mut rows = Vec::new();
    while let Some(read) = table.next_row().map_err(unreadable)? {
        let cell = |column: Column| unguarded(read.cell(column));
        let is_other = |column| {
            let code = cell(column).trim();
            !code.is_empty() && !code.eq_ignore_ascii_case(language.code())
        };
        if cell(text).trim().is_empty() || of_language.is_some_and(is_other) {
            continue;
        }
        if rows.len() >= MAX_ROWS {
            let words = said().too_many_rows(&MAX_ROWS.to_string());
            return Err(ShopError::field("file", words));
        }
        rows.push(Row {
            line: read.line,
            kind: cell(kind).trim().to_ascii_lowercase(),
            id: cell(id).to_owned(),
            field: cell(field).to_owned(),
            original: original.map(|column| cell(column).to_owned()),
            text: cell(text).to_owned(),
            was: was.map_or_else(String::new, |column| cell(column).trim().to_owned()),
        });
    }
    Ok(rows)
}

fn unreadable(error: TableError) -> ShopError {
    let words = match error {
        TableError::TooLong => said().file_too_large().to_owned(),
        TableError::Empty | TableError::Missing { .. } => said().no_translation_file().to_owned(),
        TableError::Faulty(fault) => fault.message().words(locale()),
    };
    ShopError::field("file", words)
}

#[cfg(test)]
mod tests {
    use desk::admin::translations::ports::Subject;

    use super::*;
    use crate::translations::{Kind, NAME, Stored};

    fn name(original: &str, translation: &str) -> Text {
        Text {
            name: "c".to_owned(),
            subject: Subject::Category,
            kind: Kind::Category,
            subject_id: "c".to_owned(),
            field: NAME.to_owned(),
            original: original.to_owned(),
            most: 60,
            stored: (!translation.is_empty()).then(|| Stored {
                subject_id: "c".to_owned(),
                field: NAME.to_owned(),
                text: translation.to_owned(),
                source_digest: digest(original),
            }),
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let texts = vec![name("Tea, \"green\"", "=Tee;\n"), name("Cups", "")];
        let file = write(texts, Locale::De).unwrap();
        assert!(String::from_utf8_lossy(&file).contains("'=Tee"));
        let rows = read(&file, Locale::De).unwrap();
        let [row] = rows.as_slice() else {
            panic!("{rows:?}")
        };
        assert_eq!((row.line, row.text.as_str()), (2, "=Tee;\n"));
        assert_eq!(row.was, digest("=Tee;\n"));
        assert_eq!(row.source("Tea, \"green\""), digest("Tea, \"green\""));
        assert_ne!(row.source("Coffee"), digest("Coffee"));
        assert!(read(&file, Locale::En).unwrap().is_empty());
    }

    #[test]
    fn spreadsheets_may_put_semicolons_or_tabs_and_marks() {
        let file =
            "\u{feff}type;identification;field;translated content\r\nTag;gift;name;Geschenk\r\n";
        for file in [file.to_owned(), file.replace(';', "\t")] {
            let rows = read(file.as_bytes(), Locale::De).unwrap();
            assert_eq!(
                (rows[0].kind.as_str(), rows[0].text.as_str()),
                ("tag", "Geschenk")
            );
            assert_eq!(rows[0].source("gift"), digest("gift"));
            assert_eq!(rows[0].was, "", "the column is not there");
        }
    }

    #[test]
    fn what_is_wrong_in_a_file_is_told_with_its_line() {
        let file = b"Type,Identification,Field,Translated content\ntag,a,name,\xfc\n";
        let refused = read(file, Locale::De).unwrap_err();
        let words = &refused.fields[0].message;
        assert!(
            words.contains("line 2: column \"Translated content\""),
            "{words}"
        );
    }

    #[test]
    fn what_is_no_such_file_is_refused() {
        for file in [&b""[..], b"Handle,Title\na,A\n", b"\xff\xfe\x00"] {
            assert!(read(file, Locale::De).is_err(), "{file:?}");
        }
        let header = "Type,Identification,Field,Translated content\n";
        let long = format!("{header}{}", "tag,a,name,b\n".repeat(MAX_ROWS + 1));
        assert!(read(long.as_bytes(), Locale::De).is_err());
        // What is not translated yet makes no file too long.
        let sparse = format!(
            "{header}{}tag,a,name,b\n",
            "tag,a,name,\n".repeat(MAX_ROWS + 1)
        );
        assert_eq!(read(sparse.as_bytes(), Locale::De).unwrap().len(), 1);
    }
}
