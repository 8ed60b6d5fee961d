//! Writing translations. Who calls this announces what looks different now.

use std::collections::HashMap;

use app::locale::Locale;

use super::{Kind, alt_field, digest};
use crate::{
    db::{Dialect, Sql, Tx, from_row},
    error::Result,
};

/// A text as it is to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub subject_id: String,
    pub field: String,
    /// Empty: it is not translated any more.
    pub text: String,
    /// Of the original it was made from; see [`digest`].
    pub source_digest: String,
    /// What lists sort by, if this is the field they sort by.
    pub sort_key: String,
    /// Whether the original says something else by now.
    pub stale: bool,
}

/// Stores texts of one kind in a language.
pub async fn set(
    tx: &mut Tx,
    kind: Kind,
    language: Locale,
    now: i64,
    changes: &[Change],
) -> Result<()> {
    for change in changes {
        if change.text.is_empty() {
            sqlx::query(
                "DELETE FROM translations WHERE kind = $1 AND subject_id = $2 AND language = $3 \
                 AND field = $4",
            )
            .bind(kind.as_str())
            .bind(&change.subject_id)
            .bind(language.code())
            .bind(&change.field)
            .execute(&mut **tx)
            .await?;
            continue;
        }
        sqlx::query(
            "INSERT INTO translations (kind, subject_id, language, field, text, source_digest, \
             updated_at, stale, sort_key) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
             ON CONFLICT (kind, subject_id, language, field) DO UPDATE SET \
             text = excluded.text, source_digest = excluded.source_digest, \
             updated_at = excluded.updated_at, stale = excluded.stale, sort_key = excluded.sort_key",
        )
        .bind(kind.as_str())
        .bind(&change.subject_id)
        .bind(language.code())
        .bind(&change.field)
        .bind(&change.text)
        .bind(&change.source_digest)
        .bind(now)
        .bind(i64::from(change.stale))
        .bind(&change.sort_key)
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

/// Takes away what was translated of a subject that is gone.
pub async fn forget(tx: &mut Tx, kind: Kind, subject_id: &str) -> Result<()> {
    sqlx::query("DELETE FROM translations WHERE kind = $1 AND subject_id = $2")
        .bind(kind.as_str())
        .bind(subject_id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Takes away what was translated of pictures that are not there any more, or of which nothing is told. `told`
/// are the fields of the others.
pub async fn forget_alts(
    tx: &mut Tx,
    dialect: Dialect,
    product_id: &str,
    told: &[String],
) -> Result<()> {
    let mut sql = Sql::new("DELETE FROM translations WHERE kind = ");
    sql.text(Kind::Product.as_str())
        .push(" AND subject_id = ")
        .text(product_id)
        .push(" AND field LIKE ")
        .text(alt_field("%"))
        .push(" AND NOT (field");
    let parameter = sql.next();
    sql.push(dialect.in_json_array(parameter))
        .bind(serde_json::to_string(told)?)
        .push(")");
    sql.execute(&mut **tx).await?;
    Ok(())
}

/// Takes one translation away: the text is shown as it was written.
pub async fn forget_text(
    tx: &mut Tx,
    kind: Kind,
    subject_id: &str,
    language: &str,
    field: &str,
) -> Result<()> {
    sqlx::query(
        "DELETE FROM translations \
         WHERE kind = $1 AND subject_id = $2 AND language = $3 AND field = $4",
    )
    .bind(kind.as_str())
    .bind(subject_id)
    .bind(language)
    .bind(field)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A translation, and of which original it was made.
struct StoredTranslation {
    subject_id: String,
    language: String,
    field: String,
    source_digest: String,
    stale: bool,
}

from_row!(StoredTranslation {
    subject_id,
    language,
    field,
    source_digest,
    stale,
});

/// Notes which translations were made from other originals than these: the texts of each subject, by
/// field, as they are from now on. An original that comes back makes its translation right again.
pub async fn mark_stale(
    tx: &mut Tx,
    dialect: Dialect,
    kind: Kind,
    originals: &HashMap<&str, Vec<(&str, &str)>>,
) -> Result<()> {
    if originals.is_empty() {
        return Ok(());
    }
    let ids: Vec<&&str> = originals.keys().collect();
    let mut sql = Sql::new(
        "SELECT subject_id, language, field, source_digest, stale FROM translations WHERE kind = ",
    );
    sql.text(kind.as_str()).push(" AND subject_id");
    let parameter = sql.next();
    sql.push(dialect.in_json_array(parameter))
        .bind(serde_json::to_string(&ids)?);
    let all: Vec<StoredTranslation> = sql.fetch_all_as(&mut **tx).await?;
    for stored in all {
        let of_subject = originals.get(stored.subject_id.as_str());
        let original = of_subject
            .into_iter()
            .flatten()
            .find(|(field, _)| *field == stored.field);
        let Some((_, original)) = original else {
            continue;
        };
        let is_stale = digest(original) != stored.source_digest;
        if is_stale == stored.stale {
            continue;
        }
        sqlx::query(
            "UPDATE translations SET stale = $1 WHERE kind = $2 AND subject_id = $3 \
             AND language = $4 AND field = $5",
        )
        .bind(i64::from(is_stale))
        .bind(kind.as_str())
        .bind(&stored.subject_id)
        .bind(&stored.language)
        .bind(&stored.field)
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}
