//! Reading translations.

use std::collections::HashMap;

use app::locale::Locale;
use sqlx::any::AnyRow;

use super::Kind;
use crate::{
    db::{Cost, Dialect, FromRow, Session, Sql, Tx, from_row},
    error::Result,
    store::Store,
};

struct FieldText {
    subject_id: String,
    field: String,
    text: String,
}

from_row!(FieldText {
    subject_id,
    field,
    text,
});

/// Texts of one kind in one language, by the ids of their subjects and by field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Translations(HashMap<String, HashMap<String, String>>);

impl Translations {
    fn from_rows(rows: &[AnyRow]) -> Result<Self> {
        let mut texts = Self::default();
        for row in rows {
            let row = FieldText::from_row(row)?;
            let of_subject = texts.0.entry(row.subject_id).or_default();
            of_subject.insert(row.field, row.text);
        }
        Ok(texts)
    }

    pub fn text(&self, subject_id: &str, field: &str) -> Option<&str> {
        let of_subject = self.0.get(subject_id)?;
        of_subject.get(field).map(String::as_str)
    }

    /// Puts the translation in place of an original, if there is one.
    pub fn put(&self, subject_id: &str, field: &str, original: &mut String) {
        if let Some(text) = self.text(subject_id, field) {
            text.clone_into(original);
        }
    }
}

fn select(db: &Store, kind: Kind, subjects: &[&str], language: Locale) -> Result<Option<Sql>> {
    if subjects.is_empty() {
        return Ok(None);
    }
    let mut sql = Sql::new("SELECT subject_id, field, text FROM translations WHERE kind = ");
    sql.text(kind.as_str())
        .push(" AND language = ")
        .text(language.code())
        .push(" AND subject_id");
    let parameter = sql.next();
    sql.push(db.dialect().in_json_array(parameter))
        .bind(serde_json::to_string(subjects)?);
    Ok(Some(sql))
}

/// All texts of these subjects in a language.
pub async fn of(
    db: &Store,
    kind: Kind,
    subjects: &[&str],
    language: Locale,
) -> Result<Translations> {
    match select(db, kind, subjects, language)? {
        Some(sql) => Translations::from_rows(&sql.fetch_all(db.reader()).await?),
        None => Ok(Translations::default()),
    }
}

/// The same among the reads of the catalogue, which are let in as the database has room for them.
pub async fn of_catalog(
    db: &Store,
    kind: Kind,
    subjects: &[&str],
    language: Locale,
) -> Result<Translations> {
    match select(db, kind, subjects, language)? {
        Some(sql) => {
            let rows = db.catalog().fetch_all(Cost::Rows, sql).await?;
            Translations::from_rows(&rows)
        }
        None => Ok(Translations::default()),
    }
}

/// A translation as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    pub subject_id: String,
    pub field: String,
    pub text: String,
    pub source_digest: String,
}

from_row!(Stored {
    subject_id,
    field,
    text,
    source_digest,
});

/// What is kept of these subjects in a language, for who edits it.
pub async fn stored(
    mut read: impl Session,
    dialect: Dialect,
    kind: Kind,
    subjects: &[String],
    language: Locale,
) -> Result<Vec<Stored>> {
    let mut sql =
        Sql::new("SELECT subject_id, field, text, source_digest FROM translations WHERE kind = ");
    sql.text(kind.as_str())
        .push(" AND language = ")
        .text(language.code())
        .push(" AND subject_id");
    let parameter = sql.next();
    sql.push(dialect.in_json_array(parameter))
        .bind(serde_json::to_string(subjects)?);
    read.rows_as(sql).await
}

/// A text of one subject in another language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translated {
    /// The code of it.
    pub language: String,
    pub field: String,
    pub text: String,
}

from_row!(Translated {
    language,
    field,
    text,
});

/// What is kept of one subject, in all languages.
pub async fn of_subject(tx: &mut Tx, kind: Kind, subject_id: &str) -> Result<Vec<Translated>> {
    let mut sql = Sql::new("SELECT language, field, text FROM translations WHERE kind = ");
    sql.text(kind.as_str())
        .push(" AND subject_id = ")
        .text(subject_id)
        .push(" ORDER BY language, field");
    sql.fetch_all_as(&mut **tx).await
}

/// That a text is translated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub subject_id: String,
    pub language: String,
    pub field: String,
    /// Whether the original has changed since.
    pub stale: bool,
}

from_row!(Kept {
    subject_id,
    language,
    field,
    stale,
});

/// Which texts of a kind are translated into which languages.
pub async fn kept(db: &Store, kind: Kind) -> Result<Vec<Kept>> {
    let mut sql =
        Sql::new("SELECT subject_id, language, field, stale FROM translations WHERE kind = ");
    sql.text(kind.as_str());
    sql.fetch_all_as(db.reader()).await
}
