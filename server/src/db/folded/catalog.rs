//! Keys of categories and products.

use serde_json::json;

use super::{next, write};
use crate::{
    db::{Dialect, Sql, Tx, documents, from_row},
    error::Result,
    text::{html::plain_text, name_key, sort_key},
};

pub(super) async fn categories(tx: &mut Tx, dialect: Dialect, after: &str) -> Result<Vec<String>> {
    let select = "SELECT id, name FROM categories";
    let rows: Vec<Category> = next(tx, dialect, select, "id", after).await?;
    for Category { id, name } in &rows {
        // No two had one address, and names of one key gave one; should two have one all the same, the
        // first keeps it.
        sqlx::query(
            "UPDATE categories SET name_key = $1 WHERE id = $2 AND NOT EXISTS \
             (SELECT 1 FROM categories o WHERE o.name_key = $1 AND o.id <> $2)",
        )
        .bind(name_key(name))
        .bind(id)
        .execute(&mut **tx)
        .await?;
    }
    Ok(rows.into_iter().map(|row| row.id).collect())
}

struct Category {
    id: String,
    name: String,
}

from_row!(Category { id, name });

pub(super) async fn products(tx: &mut Tx, dialect: Dialect, after: &str) -> Result<Vec<String>> {
    let select = "SELECT id, title, description_html, description_text FROM products";
    let rows: Vec<ProductTexts> = next(tx, dialect, select, "id", after).await?;
    let mut ids = Vec::new();
    let mut keys = Vec::new();
    for row in rows {
        let ProductTexts {
            id,
            title,
            description_html,
            description_text,
        } = row;
        // How words are read out of HTML belongs to the folding.
        let body = match description_html.is_empty() {
            true => description_text,
            false => plain_text(&description_html),
        };
        keys.push(json!({
            "id": id, "title_key": sort_key(&title), "description_text": body,
        }));
        ids.push(id);
    }
    let columns = ["title_key", "description_text"];
    write(tx, dialect, "products", "id", &columns, &keys).await?;
    documents::refresh(tx, dialect, &ids).await?;
    translated_titles(tx, dialect, &ids).await?;
    Ok(ids)
}

/// What lists in other languages sort by.
async fn translated_titles(tx: &mut Tx, dialect: Dialect, products: &[String]) -> Result<()> {
    let mut sql = Sql::new(
        "SELECT subject_id, language, text FROM translations \
         WHERE kind = 'product' AND field = 'title' AND subject_id",
    );
    sql.push(dialect.in_json_array(1));
    let titles: Vec<Title> = sql
        .bind_only(serde_json::to_string(products)?)
        .fetch_all_as(&mut **tx)
        .await?;
    for title in titles {
        sqlx::query(
            "UPDATE translations SET sort_key = $1 WHERE kind = 'product' AND field = 'title' \
             AND subject_id = $2 AND language = $3",
        )
        .bind(sort_key(&title.text))
        .bind(title.subject_id)
        .bind(title.language)
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

struct Title {
    subject_id: String,
    language: String,
    text: String,
}

from_row!(Title {
    subject_id,
    language,
    text
});

struct ProductTexts {
    id: String,
    title: String,
    description_html: String,
    description_text: String,
}

from_row!(ProductTexts {
    id,
    title,
    description_html,
    description_text,
});
