//! The owner's own sentences in the database.

use app::{
    locale::Locale,
    sentences::{Sentence, Sentences, Written},
};
use sqlx::Any;

use crate::{
    db::{Sql, Tx, from_row, stored_words},
    error::Result,
};

stored_words!(Sentence);

struct Row {
    sentence: Sentence,
    language: String,
    text: String,
}

from_row!(Row {
    sentence,
    language,
    text,
});

pub async fn read(executor: impl sqlx::Executor<'_, Database = Any>) -> Result<Sentences> {
    let rows: Vec<Row> =
        Sql::new("SELECT sentence, language, text FROM sentences ORDER BY sentence, language")
            .fetch_all_as(executor)
            .await?;
    // What another version of the server had texts for may be there.
    let written = rows.into_iter().filter_map(|row| {
        Some(Written {
            sentence: row.sentence,
            language: Locale::of_code(&row.language)?,
            text: row.text,
        })
    });
    Ok(Sentences(written.collect()))
}

/// How often they have been changed.
pub async fn version(executor: impl sqlx::Executor<'_, Database = Any>) -> Result<i64> {
    Sql::new("SELECT version FROM sentence_versions WHERE id = 1")
        .fetch_value(executor)
        .await
}

/// Notes a change, if the sentences still are of this version; whether they were. It locks all of them
/// until the transaction ends.
pub async fn take(tx: &mut Tx, version: i64) -> Result<bool> {
    let mut sql = Sql::new("UPDATE sentence_versions SET version = version + 1 WHERE version = ");
    sql.int(version);
    Ok(sql.execute(&mut **tx).await? == 1)
}

/// Writes one over; an empty one is none.
pub async fn write(tx: &mut Tx, written: &Written) -> Result<()> {
    sqlx::query("DELETE FROM sentences WHERE sentence = $1 AND language = $2")
        .bind(written.sentence.as_str())
        .bind(written.language.code())
        .execute(&mut **tx)
        .await?;
    if !written.text.is_empty() {
        sqlx::query("INSERT INTO sentences (sentence, language, text) VALUES ($1, $2, $3)")
            .bind(written.sentence.as_str())
            .bind(written.language.code())
            .bind(&written.text)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}
