//! What is in drops and what is beside them, for those who change products.

use app::{
    catalog::types::variant_title,
    drops::types::{InDrop, MissingVariants},
};

use crate::{
    db::{Sql, from_row},
    error::Result,
    store::Store,
};

struct InDropRow {
    drop_id: String,
    drop_title: String,
    variant_id: String,
    options: Vec<String>,
    remaining: i64,
}

from_row!(InDropRow {
    drop_id,
    drop_title,
    variant_id,
    options: row,
    remaining,
});

impl From<InDropRow> for InDrop {
    fn from(row: InDropRow) -> Self {
        Self {
            drop_id: row.drop_id,
            drop_title: row.drop_title,
            variant_id: row.variant_id,
            variant_title: variant_title(&row.options),
            remaining: row.remaining,
        }
    }
}

/// What drops that take place, or hold units still, have of a product.
pub async fn of_product(db: &Store, product_id: &str) -> Result<Vec<InDrop>> {
    let mut sql = Sql::new(
        "SELECT d.id AS drop_id, d.title AS drop_title, l.variant_id, v.option1, v.option2, v.option3, \
         l.remaining + l.offered AS remaining FROM variants v JOIN drop_lines l ON l.variant_id = v.id \
         JOIN drops d ON d.id = l.drop_id WHERE d.state = 'planned' \
         AND (l.remaining > 0 OR l.offered > 0 OR d.closes_at IS NULL OR d.closes_at > ",
    );
    sql.int(db.now())
        .push(") AND v.product_id = ")
        .text(product_id)
        .push(" ORDER BY d.opens_at, d.id, v.position, v.id");
    let rows: Vec<InDropRow> = sql.fetch_all_as(db.reader()).await?;
    Ok(rows.into_iter().map(InDrop::from).collect())
}

/// A variant of one of its products.
struct VariantRow {
    product_id: String,
    title: String,
    options: Vec<String>,
}

from_row!(VariantRow {
    product_id,
    title,
    options: row,
});

/// Variants of a drop's products that it does not have.
pub async fn of_drop(db: &Store, drop_id: &str) -> Result<Vec<MissingVariants>> {
    let mut sql = Sql::new(
        "SELECT p.id AS product_id, p.title, v.option1, v.option2, v.option3 \
         FROM products p JOIN variants v ON v.product_id = p.id \
         WHERE p.id IN (SELECT w.product_id FROM drop_lines l JOIN variants w ON w.id = l.variant_id \
           WHERE l.drop_id = ",
    );
    sql.text(drop_id)
        .push(") AND NOT EXISTS (SELECT 1 FROM drop_lines k WHERE k.variant_id = v.id AND k.drop_id = ")
        .text(drop_id)
        .push(") ORDER BY p.title_key, p.id, v.position, v.id");
    let mut products: Vec<MissingVariants> = Vec::new();
    let rows: Vec<VariantRow> = sql.fetch_all_as(db.reader()).await?;
    for row in rows {
        let variant = variant_title(&row.options);
        match products
            .last_mut()
            .filter(|last| last.product_id == row.product_id)
        {
            Some(last) => last.variants.push(variant),
            None => products.push(MissingVariants {
                product_id: row.product_id,
                title: row.title,
                variants: vec![variant],
            }),
        }
    }
    Ok(products)
}
