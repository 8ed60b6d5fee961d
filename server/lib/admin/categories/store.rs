//! Categories in the database, as the admin's pages list them. They are written by the catalogue.

use std::collections::HashMap;

use crate::{catalog::write::categories::StoredCategory, db::Sql, error::Result, store::Store};

/// All categories in their order, without keeping anybody from changing them.
pub async fn all(db: &Store) -> Result<Vec<StoredCategory>> {
    Sql::new(
        "SELECT id, slug, name, parent_id, description_html, picture_src, version \
         FROM categories ORDER BY position, name, id",
    )
    .fetch_all_as(db.reader())
    .await
}

/// How many products are right in each category.
pub async fn products(db: &Store) -> Result<HashMap<String, i64>> {
    let counted: Vec<(String, i64)> = Sql::new(
        "SELECT category_id AS id, COUNT(*) AS n FROM products \
         WHERE category_id IS NOT NULL GROUP BY category_id",
    )
    .fetch_all_as(db.reader())
    .await?;
    Ok(counted.into_iter().collect())
}
