//! What the admin area shows of the catalogue: from the database, never from a cache.

use desk::admin::products::types::{AdminPicture, AdminProduct, AdminVariant, ProductSaved};

use crate::{
    admin::fetched::{self, Fetched},
    catalog::read::sort_tags,
    db::{Sql, from_row, only},
    error::Result,
    store::Store,
};

pub async fn product(db: &Store, id: &str) -> Result<Option<AdminProduct>> {
    let mut sql = Sql::new(
        "SELECT p.id, p.slug, p.title, p.description_html, p.vendor, p.active, p.prepaid, p.seo_title, \
         p.seo_description, p.version, p.updated_at, \
         COALESCE((SELECT name FROM categories c WHERE c.id = p.category_id), '') AS category, \
         (SELECT COUNT(DISTINCT l.cart_id) FROM cart_lines l JOIN variants v ON v.id = l.variant_id \
           WHERE v.product_id = p.id AND l.is_copy = 0) AS in_carts \
         FROM products p WHERE p.id = ",
    );
    sql.text(id);
    let Some(Fetched::<AdminProduct>(mut product)) = sql.fetch_optional_as(db.reader()).await?
    else {
        return Ok(None);
    };
    product.options = texts(
        db,
        "SELECT name AS value FROM product_options WHERE product_id = $1 ORDER BY position",
        id,
    )
    .await?;
    let mut sql = Sql::new(
        "SELECT id, option1, option2, option3, sku, price_minor, compare_at_minor, stock, grams, \
         picture_src, barcode, cost_minor, tracked, backorder_limit FROM variants WHERE product_id = ",
    );
    sql.text(id).push(" ORDER BY position, id");
    let variants: Vec<Variant> = sql.fetch_all_as(db.reader()).await?;
    let used = product.options.len();
    let variants = variants.into_iter().map(|found| AdminVariant {
        options: found.options.into_iter().take(used).collect(),
        ..found.variant.it()
    });
    product.variants = variants.collect();
    let mut sql = Sql::new(
        "SELECT i.id, i.src, i.alt, \
         COALESCE((SELECT f.cut_out FROM picture_facts f WHERE f.src = i.src), 0) AS cut_out \
         FROM pictures i WHERE i.product_id = ",
    );
    sql.text(id).push(" ORDER BY i.position, i.id");
    product.pictures = fetched::all(sql.fetch_all_as(db.reader()).await?);
    let tags = "SELECT tag AS value FROM product_tags WHERE product_id = $1";
    product.tags = texts(db, tags, id).await?;
    sort_tags(&mut product.tags);
    Ok(Some(product))
}

// Tags, options, variants and pictures have tables of their own.
from_row!(Fetched(AdminProduct) {
    id,
    slug,
    title,
    description_html,
    vendor,
    category,
    tags = Vec::new(),
    active,
    prepaid,
    seo_title: or_default,
    seo_description: or_default,
    version,
    options = Vec::new(),
    variants = Vec::new(),
    pictures = Vec::new(),
    in_carts,
    updated_at,
});

pub async fn category_names(db: &Store) -> Result<Vec<String>> {
    Sql::new("SELECT name FROM categories ORDER BY name_key")
        .fetch_values(db.reader())
        .await
}

pub async fn saved(db: &Store, id: &str) -> Result<Option<ProductSaved>> {
    let mut sql = Sql::new("SELECT id, slug, version, active FROM products WHERE id = ");
    sql.text(id);
    let found = sql.fetch_optional_as(db.reader()).await?;
    Ok(found.map(Fetched::it))
}

/// With all three columns of options, also those that the product does not use.
struct Variant {
    options: [String; 3],
    variant: Fetched<AdminVariant>,
}

from_row!(Variant {
    options: row,
    variant: row,
});

// Which of its options count is known of the product.
from_row!(Fetched(AdminVariant) {
    id,
    options = Vec::new(),
    sku: or_default,
    price_minor,
    compare_at_minor,
    stock,
    grams,
    picture_src,
    barcode,
    cost_minor,
    tracked,
    backorder_limit,
});

from_row!(Fetched(AdminPicture) {
    id,
    src,
    alt,
    cut_out,
});

from_row!(Fetched(ProductSaved) {
    id,
    slug,
    version,
    active
});

/// The column `value` of a statement about one product.
async fn texts(db: &Store, sql: &'static str, id: &str) -> Result<Vec<String>> {
    sqlx::query(sql)
        .bind(id)
        .fetch_all(db.reader())
        .await?
        .iter()
        .map(only)
        .collect()
}
