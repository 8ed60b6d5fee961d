//! The full-text index of products: FTS5 or `tsvector`, to the same effect.
//!
//! Both get words that are taken apart and folded already, with their forms. Postgres' own parser is not
//! asked, for what it takes for letters depends on how the database was made.

mod search;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use app::locale::Locale;
use serde_json::{Value, json};

use super::{Column, Dialect, Sql, Tx};
use crate::{
    error::Result,
    text::words::{Document, WORDS, Words},
};
pub use search::{Forms, Place, push_is_there, query, query_for};

/// Keeps words from being side by side in FTS5, which counts words and knows no gaps. No folded text has
/// this letter.
const GAP: &str = "ß";
/// The last place of a word that Postgres tells from others.
const LAST_PLACE: usize = 16_383;

/// A product's words in a language.
pub struct Indexed {
    pub product_id: String,
    /// `None`: as the product is written. That is what is found in languages that it has no words in.
    pub language: Option<Locale>,
    pub document: Document,
}

/// The language as it is stored.
pub const fn stored(language: Option<Locale>) -> &'static str {
    match language {
        Some(language) => language.code(),
        None => "",
    }
}

/// Puts the documents of these products into the index, in place of all that they have. Each product has
/// one as it is written.
pub async fn index(
    tx: &mut Tx,
    dialect: Dialect,
    product_ids: &[String],
    documents: &[Indexed],
) -> Result<()> {
    let ids = serde_json::to_string(product_ids)?;
    let mut translated = Sql::new("DELETE FROM product_words WHERE language <> '' AND ");
    translated.push(match dialect {
        Dialect::Sqlite => "product_seq IN (SELECT seq FROM products WHERE id",
        Dialect::Postgres => "(product_id",
    });
    translated.push(dialect.in_json_array(1)).push(")");
    translated.bind_only(ids.clone()).execute(&mut **tx).await?;
    index_parts(tx, dialect, ids, documents).await?;
    match dialect {
        Dialect::Sqlite => index_on_sqlite(tx, documents).await,
        Dialect::Postgres => index_on_postgres(tx, documents).await,
    }
}

/// What names tell of words that are made of others, in place of what is there.
async fn index_parts(
    tx: &mut Tx,
    dialect: Dialect,
    product_ids: String,
    documents: &[Indexed],
) -> Result<()> {
    let mut old = Sql::new("DELETE FROM product_parts WHERE product_id");
    old.push(dialect.in_json_array(1));
    old.bind_only(product_ids).execute(&mut **tx).await?;
    // In each language a product may have the same words.
    let mut all: BTreeSet<(&str, &str)> = BTreeSet::new();
    for one in documents {
        let parts = one.document.parts.iter();
        all.extend(parts.map(|part| (one.product_id.as_str(), part.as_str())));
    }
    if all.is_empty() {
        return Ok(());
    }
    let rows = all
        .iter()
        .map(|(id, part)| json!({ "id": id, "part": part }));
    let rows: Vec<Value> = rows.collect();
    let named = dialect.rows(1, &[("id", Column::Text), ("part", Column::Text)]);
    Sql::new(&format!(
        "INSERT INTO product_parts (product_id, part) SELECT d.id, d.part FROM {named} d"
    ))
    .bind_only(serde_json::to_string(&rows)?)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn index_on_sqlite(tx: &mut Tx, documents: &[Indexed]) -> Result<()> {
    let dialect = Dialect::Sqlite;
    let names = documents
        .iter()
        .map(|one| json!({ "id": one.product_id, "language": stored(one.language) }));
    let names = serde_json::to_string(&names.collect::<Vec<Value>>())?;
    let named = dialect.rows(1, &[("id", Column::Text), ("language", Column::Text)]);
    // In the order of the products: what is found newest first is read in the order of these numbers.
    Sql::new(&format!(
        "INSERT INTO product_words (product_seq, language, version) \
         SELECT p.seq, d.language, {WORDS} FROM {named} d JOIN products p ON p.id = d.id \
         WHERE true ORDER BY p.seq \
         ON CONFLICT (product_seq, language) DO UPDATE SET version = excluded.version"
    ))
    .bind_only(names.clone())
    .execute(&mut **tx)
    .await?;
    Sql::new(&format!(
        "DELETE FROM products_search WHERE rowid IN (SELECT w.seq FROM {named} d \
         JOIN products p ON p.id = d.id \
         JOIN product_words w ON w.product_seq = p.seq AND w.language = d.language)"
    ))
    .bind_only(names)
    .execute(&mut **tx)
    .await?;
    let columns = [
        "id", "language", "title", "vendor", "category", "tags", "body",
    ];
    let rows = dialect.rows(1, &columns.map(|name| (name, Column::Text)));
    let words: Vec<Value> = documents.iter().map(columns_of).collect();
    Sql::new(&format!(
        "INSERT INTO products_search (rowid, title, vendor, category, tags, body) \
         SELECT w.seq, d.title, d.vendor, d.category, d.tags, d.body FROM {rows} d \
         JOIN products p ON p.id = d.id \
         JOIN product_words w ON w.product_seq = p.seq AND w.language = d.language"
    ))
    .bind_only(serde_json::to_string(&words)?)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn index_on_postgres(tx: &mut Tx, documents: &[Indexed]) -> Result<()> {
    let columns = ["id", "language", "search", "names"];
    let rows = Dialect::Postgres.rows(1, &columns.map(|name| (name, Column::Text)));
    let vectors: Vec<Value> = documents
        .iter()
        .map(|one| {
            json!({
                "id": one.product_id, "language": stored(one.language),
                "search": vector(&one.document), "names": names(&one.document),
            })
        })
        .collect();
    Sql::new(&format!(
        "INSERT INTO product_words (product_id, language, version, search, names) \
         SELECT d.id, d.language, {WORDS}, CAST(d.search AS tsvector), CAST(d.names AS tsvector) \
         FROM {rows} d WHERE true \
         ON CONFLICT (product_id, language) DO UPDATE SET \
         version = excluded.version, search = excluded.search, names = excluded.names"
    ))
    .bind_only(serde_json::to_string(&vectors)?)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

fn columns_of(one: &Indexed) -> Value {
    let line = |words: &Words| {
        let in_order = words.iter().map(|word| word.unwrap_or(GAP));
        let words: Vec<&str> = in_order.chain(words.forms()).chain(words.near()).collect();
        words.join(" ")
    };
    let document = &one.document;
    json!({
        "id": one.product_id, "language": stored(one.language),
        "title": line(&document.title), "vendor": line(&document.vendor),
        "category": line(&document.category), "tags": line(&document.tags),
        "body": line(&document.body),
    })
}

/// The names that a product has, with their weights.
const fn named(document: &Document) -> [(&Words, &'static str); 4] {
    [
        (&document.title, "A"),
        (&document.vendor, "B"),
        (&document.category, "B"),
        (&document.tags, "B"),
    ]
}

/// As Postgres reads it: words, each with its place and weight.
fn vector(document: &Document) -> String {
    let mut vector = Vector::default();
    for (words, weight) in named(document).into_iter().chain([(&document.body, "D")]) {
        vector.add(words, weight);
        vector.add_forms(words.near(), weight);
    }
    vector.text
}

/// The same of names alone, for what is found in order. It is read for each product that is found, so it is
/// kept short.
fn names(document: &Document) -> String {
    let mut vector = Vector::default();
    for (words, weight) in named(document) {
        vector.add(words, weight);
    }
    vector.text
}

#[derive(Default)]
struct Vector {
    text: String,
    place: usize,
}

impl Vector {
    fn add(&mut self, words: &Words, weight: &str) {
        for word in words.iter() {
            self.step();
            if let Some(word) = word {
                self.put(word, weight);
            }
        }
        self.add_forms(words.forms(), weight);
    }

    /// All at one place: they are never asked for side by side.
    fn add_forms<'a>(&mut self, forms: impl Iterator<Item = &'a str>, weight: &str) {
        self.step();
        for form in forms {
            self.put(form, weight);
        }
    }

    fn step(&mut self) {
        self.place = LAST_PLACE.min(self.place + 1);
    }

    fn put(&mut self, word: &str, weight: &str) {
        let place = self.place;
        self.text.push_str(&format!("'{word}':{place}{weight} "));
    }
}
