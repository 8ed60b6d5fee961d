//! The full-text index of products: FTS5 or `tsvector`, to the same effect.
//!
//! Both get words that are taken apart and folded already. Postgres' own parser is not asked, for what
//! it takes for letters depends on how the database was made.

use serde_json::{Value, json};

use super::{Column, Dialect, Sql, Tx};
use crate::{
    error::Result,
    text::words::{Document, Query, Words},
};

/// Keeps words from being side by side in FTS5, which counts words and knows no gaps. No folded text has
/// this letter.
const GAP: &str = "ß";
/// The last place of a word that Postgres tells from others.
const LAST_PLACE: usize = 16_383;

/// A product's words, under its id.
pub struct Indexed {
    pub id: String,
    pub document: Document,
}

/// Puts documents into the index, in place of those that the products have.
pub async fn index(tx: &mut Tx, dialect: Dialect, documents: &[Indexed]) -> Result<()> {
    let ids: Vec<&str> = documents.iter().map(|one| one.id.as_str()).collect();
    match dialect {
        Dialect::Sqlite => {
            let mut gone = Sql::new(
                "DELETE FROM products_search WHERE rowid IN (SELECT seq FROM products WHERE id",
            );
            gone.push(dialect.in_json_array(1)).push(")");
            gone.bind_only(serde_json::to_string(&ids)?)
                .execute(&mut **tx)
                .await?;
            let columns = ["id", "title", "vendor", "category", "tags", "body"];
            let rows = dialect.rows(1, &columns.map(|name| (name, Column::Text)));
            let new = format!(
                "INSERT INTO products_search (rowid, title, vendor, category, tags, body) \
                 SELECT p.seq, d.title, d.vendor, d.category, d.tags, d.body \
                 FROM {rows} d JOIN products p ON p.id = d.id"
            );
            let columns: Vec<Value> = documents.iter().map(columns_of).collect();
            Sql::new(&new)
                .bind_only(serde_json::to_string(&columns)?)
                .execute(&mut **tx)
                .await?;
        }
        Dialect::Postgres => {
            let rows = dialect.rows(1, &[("id", Column::Text), ("search", Column::Text)]);
            let mut new = Sql::new(&format!(
                "UPDATE products SET search = CAST(d.search AS tsvector) FROM {rows} d \
                 WHERE products.id = d.id AND products.id{}",
                dialect.in_json_array(2)
            ));
            let vectors: Vec<Value> = documents
                .iter()
                .map(|one| json!({ "id": one.id, "search": vector(&one.document) }))
                .collect();
            new.bind(serde_json::to_string(&vectors)?)
                .bind(serde_json::to_string(&ids)?);
            new.execute(&mut **tx).await?;
        }
    }
    Ok(())
}

fn columns_of(one: &Indexed) -> Value {
    let line = |words: &Words| {
        let words: Vec<&str> = words.iter().map(|word| word.unwrap_or(GAP)).collect();
        words.join(" ")
    };
    let document = &one.document;
    json!({
        "id": one.id, "title": line(&document.title), "vendor": line(&document.vendor),
        "category": line(&document.category), "tags": line(&document.tags),
        "body": line(&document.body),
    })
}

/// As Postgres reads it: words, each with its place and weight.
fn vector(document: &Document) -> String {
    let (mut text, mut place) = (String::new(), 0);
    for (words, weight) in [
        (&document.title, "A"),
        (&document.vendor, "B"),
        (&document.category, "B"),
        (&document.tags, "B"),
        (&document.body, "D"),
    ] {
        for word in words.iter() {
            place = LAST_PLACE.min(place + 1);
            if let Some(word) = word {
                text.push_str(&format!("'{word}':{place}{weight} "));
            }
        }
    }
    text
}

/// A query as the database reads it. Its words hold letters and digits only.
pub fn query(dialect: Dialect, query: &Query) -> String {
    let wanted = query.0.iter().map(|spellings| {
        let phrases = spellings.iter().map(|words| match dialect {
            Dialect::Sqlite => format!("\"{}\"*", words.join(" ")),
            Dialect::Postgres => format!("'{}':*", words.join("' <-> '")),
        });
        let phrases: Vec<String> = phrases.collect();
        match (phrases.as_slice(), dialect) {
            ([only], _) => only.clone(),
            (_, Dialect::Sqlite) => format!("({})", phrases.join(" OR ")),
            (_, Dialect::Postgres) => format!("({})", phrases.join(" | ")),
        }
    });
    let wanted: Vec<String> = wanted.collect();
    wanted.join(match dialect {
        Dialect::Sqlite => " AND ",
        Dialect::Postgres => " & ",
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words::Texts;

    #[test]
    fn words_have_places_and_weights() {
        let document = Document::of(&Texts {
            title: "Wi-Fi box",
            body: "box",
            ..Texts::default()
        });
        assert_eq!(
            vector(&document),
            "'wi':2A 'fi':3A 'box':4A 'wifi':6A 'box':10D "
        );
        let columns = columns_of(&Indexed {
            id: "p".to_owned(),
            document,
        });
        assert_eq!(columns["title"], "ß wi fi box ß wifi");
        assert_eq!(columns["body"], "ß box");
    }
}
