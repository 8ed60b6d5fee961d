//! What the admin area shows of the catalogue: from the database, never from a cache.

use app::{
    admin::types::{
        AdminPicture, AdminProduct, AdminProductRow, AdminVariant, Paged, ProductSaved,
    },
    ports::ProductFilter,
};

use crate::{
    catalog::read::texts,
    db::{Db, Get, Sql},
    error::Result,
    orders::read::contains,
};

/// Products on a page of the table.
const PAGE: i64 = 25;

pub async fn products(db: &Db, filter: &ProductFilter) -> Result<Paged<AdminProductRow>> {
    let from = |sql: &mut Sql| {
        sql.push(" FROM products p WHERE 1 = 1");
        if let Some(text) = &filter.text {
            sql.push(" AND (lower(p.title) LIKE ")
                .text(contains(text))
                .push(" ESCAPE '\\'");
            sql.push(" OR p.slug LIKE ")
                .text(contains(text))
                .push(" ESCAPE '\\'");
            sql.push(" OR lower(p.vendor) LIKE ")
                .text(contains(text))
                .push(" ESCAPE '\\'");
            sql.push(" OR EXISTS (SELECT 1 FROM variants v WHERE v.product_id = p.id AND lower(v.sku) LIKE ")
                .text(contains(text))
                .push(" ESCAPE '\\'))");
        }
        if let Some(active) = filter.active {
            sql.push(" AND p.active = ").int(i64::from(active));
        }
    };
    let mut sql = Sql::new("SELECT COUNT(*) AS n");
    from(&mut sql);
    let total = sql.fetch_one(db.reader()).await?.int("n")?;
    let page = filter.page.max(1);
    let mut sql = Sql::new(
        "SELECT p.id, p.slug, p.title, p.active, p.version, p.price_min_minor, p.price_max_minor, \
         (SELECT name FROM categories c WHERE c.id = p.category_id) AS category, \
         (SELECT src FROM pictures i WHERE i.product_id = p.id ORDER BY i.position LIMIT 1) AS picture_src, \
         (SELECT COUNT(*) FROM variants v WHERE v.product_id = p.id) AS variant_count, \
         CAST(COALESCE((SELECT SUM(stock) FROM variants v WHERE v.product_id = p.id), 0) AS BIGINT) AS stock",
    );
    from(&mut sql);
    sql.push(" ORDER BY p.updated_at DESC, p.id DESC LIMIT ")
        .int(PAGE);
    sql.push(" OFFSET ").int((page - 1).saturating_mul(PAGE));
    let rows = sql
        .fetch_all(db.reader())
        .await?
        .iter()
        .map(|row| {
            Ok(AdminProductRow {
                id: row.text("id")?,
                slug: row.text("slug")?,
                title: row.text("title")?,
                picture_src: row.maybe_text("picture_src")?,
                category: row.maybe_text("category")?,
                active: row.flag("active")?,
                variants: row.int("variant_count")?,
                stock: row.int("stock")?,
                price_min_minor: row.int("price_min_minor")?,
                price_max_minor: row.int("price_max_minor")?,
                version: row.int("version")?,
            })
        })
        .collect::<Result<_>>()?;
    Ok(Paged {
        rows,
        total,
        page,
        pages: ((total + PAGE - 1) / PAGE).max(1),
    })
}

pub async fn product(db: &Db, id: &str) -> Result<Option<AdminProduct>> {
    let row = sqlx::query(
        "SELECT p.slug, p.title, p.description_html, p.vendor, p.active, p.seo_title, \
         p.seo_description, p.version, p.updated_at, \
         COALESCE((SELECT name FROM categories c WHERE c.id = p.category_id), '') AS category, \
         (SELECT COUNT(DISTINCT l.cart_id) FROM cart_lines l JOIN variants v ON v.id = l.variant_id \
           WHERE v.product_id = p.id) AS in_carts \
         FROM products p WHERE p.id = $1",
    )
    .bind(id)
    .fetch_optional(db.reader())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let options = texts(
        db,
        "SELECT name AS value FROM product_options WHERE product_id = $1 ORDER BY position",
        id,
    )
    .await?;
    let variants = sqlx::query(
        "SELECT id, option1, option2, option3, sku, price_minor, compare_at_minor, stock, grams \
         FROM variants WHERE product_id = $1 ORDER BY position, id",
    )
    .bind(id)
    .fetch_all(db.reader())
    .await?
    .iter()
    .map(|row| {
        let mut values = vec![
            row.text("option1")?,
            row.text("option2")?,
            row.text("option3")?,
        ];
        values.truncate(options.len());
        Ok(AdminVariant {
            id: row.text("id")?,
            options: values,
            sku: row.maybe_text("sku")?.unwrap_or_default(),
            price_minor: row.int("price_minor")?,
            compare_at_minor: row.maybe_int("compare_at_minor")?,
            stock: row.int("stock")?,
            grams: row.int("grams")?,
        })
    })
    .collect::<Result<_>>()?;
    let pictures = sqlx::query(
        "SELECT id, src, alt FROM pictures WHERE product_id = $1 ORDER BY position, id",
    )
    .bind(id)
    .fetch_all(db.reader())
    .await?
    .iter()
    .map(|row| {
        Ok(AdminPicture {
            id: row.text("id")?,
            src: row.text("src")?,
            alt: row.text("alt")?,
        })
    })
    .collect::<Result<_>>()?;
    Ok(Some(AdminProduct {
        id: id.to_owned(),
        slug: row.text("slug")?,
        title: row.text("title")?,
        description_html: row.text("description_html")?,
        vendor: row.text("vendor")?,
        category: row.text("category")?,
        tags: texts(
            db,
            "SELECT tag AS value FROM product_tags WHERE product_id = $1 ORDER BY tag",
            id,
        )
        .await?,
        active: row.flag("active")?,
        seo_title: row.maybe_text("seo_title")?.unwrap_or_default(),
        seo_description: row.maybe_text("seo_description")?.unwrap_or_default(),
        version: row.int("version")?,
        options,
        variants,
        pictures,
        in_carts: row.int("in_carts")?,
        updated_at: row.int("updated_at")?,
    }))
}

pub async fn category_names(db: &Db) -> Result<Vec<String>> {
    sqlx::query("SELECT name FROM categories ORDER BY name")
        .fetch_all(db.reader())
        .await?
        .iter()
        .map(|row| row.text("name"))
        .collect()
}

pub async fn saved(db: &Db, id: &str) -> Result<Option<ProductSaved>> {
    sqlx::query("SELECT id, slug, version, active FROM products WHERE id = $1")
        .bind(id)
        .fetch_optional(db.reader())
        .await?
        .map(|row| {
            Ok(ProductSaved {
                id: row.text("id")?,
                slug: row.text("slug")?,
                version: row.int("version")?,
                active: row.flag("active")?,
            })
        })
        .transpose()
}
