//! Reading single products.

pub mod categories;
pub mod compounds;
pub mod facets;
pub mod filter;
pub mod list;
mod rows;
pub mod search;
pub mod table;
pub mod timed;

use app::catalog::types::{Card, Category, Product, ProductOption};

use crate::{
    db::{Cost, FromRow, Sql, from_row},
    error::Result,
    sale::seen::{push_seen, push_to_be_had},
    store::Store,
    text::sort_key,
};
use rows::ProductRow;
use timed::{at_this_time, cards};

/// What a [`Card`] is made of, for a `SELECT` from `products p`.
pub const CARD_COLUMNS: &str = "p.id, p.slug, p.title, p.vendor, p.price_min_minor, \
    p.price_max_minor, p.compare_at_minor, p.picture_src, p.picture_alt, p.available_max, \
    p.variant_count, p.second_src, p.colours, \
    COALESCE((SELECT f.cut_out FROM picture_facts f WHERE f.src = p.picture_src), 0) \
    AS picture_cut_out, \
    (SELECT f.width FROM picture_facts f WHERE f.src = p.picture_src) AS picture_width, \
    (SELECT f.height FROM picture_facts f WHERE f.src = p.picture_src) AS picture_height, \
    COALESCE((SELECT f.cut_out FROM picture_facts f WHERE f.src = p.second_src), 0) \
    AS second_cut_out, \
    CASE WHEN p.buyable = 1 THEN (SELECT MAX(CASE WHEN s.tracked = 1 THEN s.stock ELSE s.available END) \
    FROM variants s WHERE s.product_id = p.id) END AS shelf_max, \
    (SELECT COUNT(*) FROM product_options o WHERE o.product_id = p.id) AS option_count, \
    (SELECT low_stock FROM shop_settings WHERE id = 1) AS low_stock";

/// A product that shoppers see, by its slug.
pub async fn product(db: &Store, slug: &str, currency: &str) -> Result<Option<Product>> {
    let mut sql = product_sql();
    push_seen(&mut sql, "p", db.now())
        .push(" AND p.slug = ")
        .text(slug);
    one_product(db, sql, currency).await
}

/// A product by its id, on sale or not.
pub async fn product_in_any_state(db: &Store, id: &str, currency: &str) -> Result<Option<Product>> {
    let mut sql = product_sql();
    sql.push("p.id = ").text(id);
    one_product(db, sql, currency).await
}

fn product_sql() -> Sql {
    Sql::new(
        "SELECT p.id, p.slug, p.title, p.description_html, p.description_text, p.vendor, \
         p.seo_title, p.seo_description, p.created_at, p.updated_at, p.sold_from, \
         c.id AS category_id, c.slug AS category_slug, c.name AS category_name \
         FROM products p LEFT JOIN categories c ON c.id = p.category_id WHERE ",
    )
}

async fn one_product(db: &Store, sql: Sql, currency: &str) -> Result<Option<Product>> {
    let row: Option<ProductRow> = db.catalog().fetch_optional_as(Cost::Rows, sql).await?;
    let Some(row) = row else { return Ok(None) };
    let ProductRow {
        id,
        slug,
        title,
        description_html,
        description_text,
        vendor,
        seo_title,
        seo_description,
        created_at,
        updated_at,
        sold_from,
        category,
    } = row;

    let names = texts(
        db,
        "SELECT name FROM product_options WHERE product_id = $1 ORDER BY position",
        &id,
    )
    .await?;
    let variants = of_product(
        db,
        "SELECT id, sku, option1, option2, option3, price_minor, compare_at_minor, available, \
         CASE WHEN tracked = 1 THEN stock ELSE available END AS on_shelf, picture_src, barcode, (SELECT low_stock FROM shop_settings WHERE id = 1) AS low_stock FROM variants WHERE product_id = $1 ORDER BY position, id",
        &id,
    )
    .await?;
    let rest = (id.as_str(), sold_from);
    let (mut variants, of_drop) = at_this_time(db, rest, variants).await?;
    for variant in &mut variants {
        variant.options.truncate(names.len());
    }
    let options = names
        .into_iter()
        .enumerate()
        .map(|(i, name)| {
            let mut values: Vec<String> = Vec::new();
            for variant in &variants {
                if !values.contains(&variant.options[i]) {
                    values.push(variant.options[i].clone());
                }
            }
            ProductOption {
                name,
                values,
                ..ProductOption::default()
            }
        })
        .collect();
    let pictures = of_product(
        db,
        "SELECT i.src AS picture_src, i.alt AS picture_alt, f.width AS picture_width, \
         f.height AS picture_height, f.cut_out AS picture_cut_out \
         FROM pictures i LEFT JOIN picture_facts f ON f.src = i.src WHERE i.product_id = $1 \
         ORDER BY i.position, i.id",
        &id,
    )
    .await?;
    let tags = "SELECT tag FROM product_tags WHERE product_id = $1";
    let mut tags = texts(db, tags, &id).await?;
    sort_tags(&mut tags);
    Ok(Some(Product {
        slug,
        title,
        description_html,
        description_text,
        vendor,
        category: category.map(Category::from),
        tags,
        tag_labels: Default::default(),
        options,
        variants,
        pictures,
        seo_title,
        seo_description,
        currency: currency.to_owned(),
        created_at,
        updated_at,
        drop: of_drop,
        id,
    }))
}

/// The rows of a statement with one parameter, a product.
async fn of_product<T: FromRow>(db: &Store, sql: &'static str, id: &str) -> Result<Vec<T>> {
    let sql = Sql::new(sql).bind_only(id.to_owned());
    db.catalog().fetch_all_as(Cost::Rows, sql).await
}

/// The one column of a statement about one product.
async fn texts(db: &Store, sql: &'static str, id: &str) -> Result<Vec<String>> {
    let sql = Sql::new(sql).bind_only(id.to_owned());
    db.catalog().fetch_values(Cost::Rows, sql).await
}

/// Tags in the order in which people look for them: databases sort by code point, or by their own rules.
pub fn sort_tags(tags: &mut [String]) {
    tags.sort_by_cached_key(|tag| (sort_key(tag), tag.clone()));
}

/// Up to four others of the same category, those that share the most tags first.
pub async fn related(db: &Store, product: &Product) -> Result<Vec<Card>> {
    let mut sql = Sql::new("SELECT ");
    sql.push(CARD_COLUMNS)
        .push(" FROM products p WHERE p.id <> ")
        .text(&product.id)
        .push(" AND ");
    push_seen(&mut sql, "p", db.now());
    if let Some(category) = &product.category {
        sql.push(" AND p.category_id = ").text(&category.id);
    }
    sql.push(" ORDER BY (SELECT COUNT(*) FROM product_tags t WHERE t.product_id = p.id AND t.tag");
    let parameter = sql.next();
    sql.push(db.dialect().in_json_array(parameter))
        .bind(serde_json::to_string(&product.tags)?);
    sql.push(") DESC, p.buyable DESC, p.sold DESC, p.id LIMIT 4");
    let rows = db.catalog().fetch_all(Cost::List, sql).await?;
    cards(db, &rows).await
}

/// The first cards in some order.
pub async fn top(db: &Store, order: &str, limit: i64) -> Result<Vec<Card>> {
    let mut sql = Sql::new("SELECT ");
    sql.push(CARD_COLUMNS).push(" FROM products p WHERE ");
    push_seen(&mut sql, "p", db.now()).push(" AND ");
    push_to_be_had(&mut sql, "p", db.now())
        .push(" ORDER BY ")
        .push(order)
        .push(" LIMIT ")
        .int(limit);
    let rows = db.catalog().fetch_all(Cost::List, sql).await?;
    cards(db, &rows).await
}

/// A product as the site map tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapped {
    pub slug: String,
    /// Time of the last edit, in milliseconds.
    pub updated_at: i64,
}

from_row!(Mapped { slug, updated_at });

/// Up to `most` active products in the order of their ids, from this id on.
pub async fn mapped(db: &Store, from: &str, most: i64) -> Result<Vec<Mapped>> {
    let mut sql = Sql::new("SELECT p.slug, p.updated_at FROM products p WHERE ");
    push_seen(&mut sql, "p", db.now())
        .push(" AND p.id >= ")
        .text(from)
        .push(" ORDER BY p.id LIMIT ")
        .int(most);
    db.catalog().fetch_all_as(Cost::List, sql).await
}

/// The id of every `step`th active product in that order, beginning with the first: where each part
/// of the site map begins.
pub async fn map_parts(db: &Store, step: i64) -> Result<Vec<String>> {
    let mut sql = Sql::new(
        "SELECT id FROM (SELECT p.id, ROW_NUMBER() OVER (ORDER BY p.id) AS n FROM products p WHERE ",
    );
    push_seen(&mut sql, "p", db.now())
        .push(") AS numbered WHERE (n - 1) % ")
        .int(step)
        .push(" = 0 ORDER BY id");
    db.catalog().fetch_values(Cost::List, sql).await
}

/// Five products for the top of the home page: one each of as many categories as there are.
pub async fn hero(db: &Store) -> Result<Vec<Card>> {
    let mut sql = Sql::new("SELECT ");
    sql.push(CARD_COLUMNS).push(" FROM products p WHERE ");
    push_seen(&mut sql, "p", db.now()).push(
        " AND p.buyable = 1 AND p.id IN \
         (SELECT (SELECT b.id FROM products b WHERE b.category_id = c.id AND ",
    );
    push_seen(&mut sql, "b", db.now()).push(
        " AND b.buyable = 1 AND b.picture_src IS NOT NULL \
          ORDER BY b.sold DESC, b.created_at, b.id LIMIT 1) FROM categories c) \
         ORDER BY p.sold DESC, p.created_at, p.id LIMIT 5",
    );
    let rows = db.catalog().fetch_all(Cost::List, sql).await?;
    cards(db, &rows).await
}

/// The slug of a product that shoppers see, named by itself or by one of its variants.
pub async fn slug_of(
    db: &Store,
    product_id: Option<&str>,
    variant_id: Option<&str>,
) -> Result<Option<String>> {
    let mut sql = Sql::new("SELECT p.slug FROM products p WHERE ");
    push_seen(&mut sql, "p", db.now())
        .push(" AND (p.id = ")
        .text(product_id.unwrap_or_default())
        .push(" OR p.id = (SELECT product_id FROM variants WHERE id = ")
        .text(variant_id.unwrap_or_default())
        .push("))");
    db.catalog().fetch_optional_value(Cost::Rows, sql).await
}

/// Where a product is now that had this address before; only if shoppers can see it.
pub async fn moved_to(db: &Store, slug: &str) -> Result<Option<String>> {
    let mut sql = Sql::new(
        "SELECT p.slug FROM product_slugs s JOIN products p ON p.id = s.product_id WHERE ",
    );
    push_seen(&mut sql, "p", db.now())
        .push(" AND s.slug = ")
        .text(slug);
    db.catalog().fetch_optional_value(Cost::Rows, sql).await
}
