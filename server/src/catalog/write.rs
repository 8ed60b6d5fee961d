//! Changing the catalogue: the one place where products are written.
//!
//! Everything goes through a [`CatalogWrite`], which notes what it touched in a [`ChangeSet`], so
//! that nothing can be committed without the caches being told.

use std::collections::{BTreeMap, BTreeSet};

use app::error::{ErrorKind, ShopError};
use serde_json::json;

use super::{
    changes::{ChangeSet, Committed},
    draft::{PictureDraft, ProductDraft, StockTarget, VariantDraft, fold, plain_text, slugify},
};
use crate::{
    db::{Column, Db, Dialect, Get, Sql, Tx},
    error::{Error, Result},
    ids::{hash_secret, new_id},
};

/// Why stock moves, as stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StockReason {
    Initial,
    Adjustment,
    Import,
}

impl StockReason {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Initial => "initial",
            Self::Adjustment => "adjustment",
            Self::Import => "import",
        }
    }
}

/// A product as it is stored, locked for the transaction that read it.
#[derive(Debug, Clone)]
pub struct StoredProduct {
    pub id: String,
    pub version: i64,
    pub draft: ProductDraft,
    /// Units of each variant, in the order of `draft.variants`.
    pub stock: Vec<i64>,
}

/// A transaction that changes the catalogue.
pub struct CatalogWrite {
    tx: Tx,
    db: Db,
    dialect: Dialect,
    now: i64,
    actor: String,
    reason: StockReason,
    access: Access,
    changes: ChangeSet,
}

/// What a transaction is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Access {
    Read,
    Write,
}

impl CatalogWrite {
    /// `actor` and `reason` go into the stock movements; `now` in milliseconds.
    pub async fn begin(db: &Db, now: i64, actor: &str, reason: StockReason) -> Result<Self> {
        Ok(Self {
            tx: db.begin().await?,
            db: db.clone(),
            dialect: db.dialect(),
            now,
            actor: actor.to_owned(),
            reason,
            access: Access::Write,
            changes: ChangeSet::default(),
        })
    }

    /// A transaction that only reads products, and keeps nobody waiting.
    pub async fn begin_reading(db: &Db) -> Result<Self> {
        Ok(Self {
            tx: db.reader().begin().await?,
            db: db.clone(),
            dialect: db.dialect(),
            now: 0,
            actor: String::new(),
            reason: StockReason::Import,
            access: Access::Read,
            changes: ChangeSet::default(),
        })
    }

    /// Makes the changes stand and announces them.
    pub async fn commit(self) -> Result<Committed> {
        self.changes.commit(self.tx, &self.db).await
    }

    pub async fn rollback(self) -> Result<()> {
        self.tx.rollback().await?;
        Ok(())
    }

    /// For rows that belong to the same change, such as its audit entry.
    pub fn tx(&mut self) -> &mut Tx {
        &mut self.tx
    }

    pub async fn id_of_slug(&mut self, slug: &str) -> Result<Option<String>> {
        let row = sqlx::query("SELECT id FROM products WHERE slug = $1")
            .bind(slug)
            .fetch_optional(&mut *self.tx)
            .await?;
        row.map(|row| row.text("id")).transpose()
    }

    /// Locks the variants of many products in id order, as orders do: products locked one by one
    /// could each wait for an order that waits for another.
    pub async fn lock_variants_of(&mut self, slugs: &[&str]) -> Result<()> {
        if self.dialect == Dialect::Postgres {
            let mut sql = Sql::new(
                "SELECT v.id FROM variants v JOIN products p ON p.id = v.product_id WHERE p.slug",
            );
            sql.push(self.dialect.among(1))
                .push(" ORDER BY v.id FOR UPDATE OF v");
            sql.bind_only(serde_json::to_string(slugs)?)
                .fetch_all(&mut *self.tx)
                .await?;
        }
        Ok(())
    }

    /// A slug that is free: `wanted`, or `wanted-2` and so on.
    pub async fn free_slug(&mut self, wanted: &str) -> Result<String> {
        let wanted = if wanted.is_empty() { "product" } else { wanted };
        let mut slug = wanted.to_owned();
        for n in 2.. {
            if self.id_of_slug(&slug).await?.is_none() {
                break;
            }
            slug = format!("{wanted}-{n}");
        }
        Ok(slug)
    }

    /// Reads a product and locks it. Its variants are locked first: orders lock them too, so an
    /// order either sees this edit or is committed before it.
    pub async fn stored(&mut self, id: &str) -> Result<Option<StoredProduct>> {
        let lock = match self.access {
            Access::Write => self.dialect.for_update(),
            Access::Read => "",
        };
        if !lock.is_empty() {
            sqlx::query("SELECT id FROM variants WHERE product_id = $1 ORDER BY id FOR UPDATE")
                .bind(id)
                .fetch_all(&mut *self.tx)
                .await?;
        }
        let mut sql = Sql::new(
            "SELECT p.slug, p.title, p.description_html, p.vendor, p.active, p.seo_title, \
             p.seo_description, p.version, \
             COALESCE((SELECT name FROM categories c WHERE c.id = p.category_id), '') AS category \
             FROM products p WHERE p.id = ",
        );
        sql.text(id).push(lock);
        let Some(row) = sql.fetch_optional(&mut *self.tx).await? else {
            return Ok(None);
        };
        let mut stock = Vec::new();
        let variants = sqlx::query(
            "SELECT id, sku, option1, option2, option3, price_minor, compare_at_minor, stock, \
             grams, picture_src FROM variants WHERE product_id = $1 ORDER BY position, id",
        )
        .bind(id)
        .fetch_all(&mut *self.tx)
        .await?
        .iter()
        .map(|row| {
            stock.push(row.int("stock")?);
            Ok(VariantDraft {
                row: 0,
                id: Some(row.text("id")?),
                options: [
                    row.text("option1")?,
                    row.text("option2")?,
                    row.text("option3")?,
                ],
                sku: row.maybe_text("sku")?,
                price_minor: row.int("price_minor")?,
                compare_at_minor: row.maybe_int("compare_at_minor")?,
                grams: row.int("grams")?,
                picture_src: row.maybe_text("picture_src")?,
                stock: StockTarget::Keep,
            })
        })
        .collect::<Result<_>>()?;
        let draft = ProductDraft {
            slug: row.text("slug")?,
            title: row.text("title")?,
            description_html: row.text("description_html")?,
            vendor: row.text("vendor")?,
            category: row.text("category")?,
            tags: self
                .texts_of("SELECT tag AS value FROM product_tags WHERE product_id = $1 ORDER BY tag", id)
                .await?,
            active: row.flag("active")?,
            seo_title: row.maybe_text("seo_title")?,
            seo_description: row.maybe_text("seo_description")?,
            options: self
                .texts_of(
                    "SELECT name AS value FROM product_options WHERE product_id = $1 ORDER BY position",
                    id,
                )
                .await?,
            variants,
            pictures: sqlx::query(
                "SELECT id, src, alt FROM pictures WHERE product_id = $1 ORDER BY position, id",
            )
            .bind(id)
            .fetch_all(&mut *self.tx)
            .await?
            .iter()
            .map(|row| Ok(PictureDraft {
                    id: Some(row.text("id")?),
                    src: row.text("src")?,
                    alt: row.text("alt")?,
                }))
            .collect::<Result<_>>()?,
        };
        Ok(Some(StoredProduct {
            id: id.to_owned(),
            version: row.int("version")?,
            draft,
            stock,
        }))
    }

    async fn texts_of(&mut self, sql: &'static str, id: &str) -> Result<Vec<String>> {
        sqlx::query(sql)
            .bind(id)
            .fetch_all(&mut *self.tx)
            .await?
            .iter()
            .map(|row| row.text("value"))
            .collect()
    }

    /// Stores new products, all with a few statements. Drafts are checked by the caller; slugs
    /// and SKUs must be free.
    pub async fn create(&mut self, drafts: &[ProductDraft]) -> Result<Vec<String>> {
        let categories = self
            .categories(drafts.iter().map(|d| d.category.as_str()))
            .await?;
        let ids: Vec<String> = drafts.iter().map(|_| new_id()).collect();
        let pairs = || ids.iter().zip(drafts);

        let products: Vec<_> = pairs()
            .enumerate()
            // Later rows of a batch are newer, so that "newest" has an order.
            .map(|(i, (id, d))| {
                json!({
                    "id": id, "slug": d.slug, "title": d.title,
                    "description_html": d.description_html,
                    "description_text": plain_text(&d.description_html),
                    "vendor": d.vendor, "category_id": categories.get(&d.category),
                    "active": i64::from(d.active), "seo_title": d.seo_title,
                    "seo_description": d.seo_description, "at": self.now + i as i64,
                })
            })
            .collect();
        let columns = [
            ("id", Column::Text),
            ("slug", Column::Text),
            ("title", Column::Text),
            ("description_html", Column::Text),
            ("description_text", Column::Text),
            ("vendor", Column::Text),
            ("category_id", Column::Text),
            ("active", Column::Int),
            ("seo_title", Column::Text),
            ("seo_description", Column::Text),
            ("at", Column::Int),
        ];
        let mut sql = Sql::new(
            "INSERT INTO products (id, slug, title, description_html, description_text, vendor, \
             category_id, active, seo_title, seo_description, created_at, updated_at) \
             SELECT id, slug, title, description_html, description_text, vendor, category_id, \
             active, seo_title, seo_description, at, at FROM ",
        );
        self.push_rows(&mut sql, &columns);
        self.execute_rows(sql, products).await?;

        let mut variants = Vec::new();
        let mut movements = Vec::new();
        for (id, draft) in pairs() {
            for (position, variant) in draft.variants.iter().enumerate() {
                let stock = match variant.stock {
                    StockTarget::Keep => 0,
                    StockTarget::Set(units) | StockTarget::Change(units) => units.max(0),
                };
                let variant_id = new_id();
                if stock > 0 {
                    movements.push(self.movement(&variant_id, stock, StockReason::Initial, ""));
                }
                variants.push(variant_json(&variant_id, id, position, variant, stock));
            }
        }
        self.insert_variants(variants).await?;
        self.insert_movements(movements).await?;
        for (id, draft) in pairs() {
            self.write_parts(id, draft).await?;
        }
        self.finish(ids.iter().zip(drafts)).await?;
        Ok(ids)
    }

    /// Makes a stored product look like `draft`. Variants that the draft does not name go.
    pub async fn update(&mut self, stored: &StoredProduct, draft: &ProductDraft) -> Result<()> {
        let id = &stored.id;
        let categories = self.categories([draft.category.as_str()]).await?;
        let mut sql = Sql::new("UPDATE products SET slug = ");
        sql.text(&draft.slug).push(", title = ").text(&draft.title);
        sql.push(", description_html = ")
            .text(&draft.description_html);
        sql.push(", description_text = ")
            .text(plain_text(&draft.description_html));
        sql.push(", vendor = ").text(&draft.vendor);
        sql.push(", active = ").int(i64::from(draft.active));
        for (column, value) in [
            (", category_id = ", categories.get(&draft.category)),
            (", seo_title = ", draft.seo_title.as_ref()),
            (", seo_description = ", draft.seo_description.as_ref()),
        ] {
            sql.push(column);
            match value {
                Some(value) => sql.text(value),
                None => sql.push("NULL"),
            };
        }
        sql.push(", version = version + 1, updated_at = ")
            .int(self.now);
        sql.push(" WHERE id = ").text(id);
        sql.execute(&mut *self.tx).await.map_err(taken)?;

        self.changes.product(id, &stored.draft.slug);
        self.update_variants(stored, draft).await?;
        self.write_parts(id, draft).await?;
        self.finish([(id, draft)]).await
    }

    async fn update_variants(
        &mut self,
        stored: &StoredProduct,
        draft: &ProductDraft,
    ) -> Result<()> {
        let kept: BTreeSet<&str> = draft
            .variants
            .iter()
            .filter_map(|v| v.id.as_deref())
            .collect();
        for gone in stored.draft.variants.iter().filter_map(|v| v.id.as_deref()) {
            if !kept.contains(gone) {
                sqlx::query("DELETE FROM variants WHERE id = $1")
                    .bind(gone)
                    .execute(&mut *self.tx)
                    .await?;
            }
        }
        // Two variants may swap their options or SKUs: clear the way before writing them.
        sqlx::query(
            "UPDATE variants SET sku = NULL, option1 = id, option2 = '', option3 = '' \
             WHERE product_id = $1",
        )
        .bind(&stored.id)
        .execute(&mut *self.tx)
        .await?;
        let mut new = Vec::new();
        let mut movements = Vec::new();
        for (position, variant) in draft.variants.iter().enumerate() {
            let Some(id) = &variant.id else {
                let stock = match variant.stock {
                    StockTarget::Keep => 0,
                    StockTarget::Set(units) | StockTarget::Change(units) => units.max(0),
                };
                let id = new_id();
                if stock > 0 {
                    movements.push(self.movement(&id, stock, StockReason::Initial, ""));
                }
                new.push(variant_json(&id, &stored.id, position, variant, stock));
                continue;
            };
            let mut sql = Sql::new("UPDATE variants SET position = ");
            sql.int(position as i64);
            for (column, value) in [
                (", option1 = ", Some(&variant.options[0])),
                (", option2 = ", Some(&variant.options[1])),
                (", option3 = ", Some(&variant.options[2])),
                (", sku = ", variant.sku.as_ref()),
                (", picture_src = ", variant.picture_src.as_ref()),
            ] {
                sql.push(column);
                match value {
                    Some(value) => sql.text(value),
                    None => sql.push("NULL"),
                };
            }
            sql.push(", price_minor = ").int(variant.price_minor);
            sql.push(", grams = ").int(variant.grams);
            sql.push(", compare_at_minor = ");
            match variant.compare_at_minor {
                Some(price) => sql.int(price),
                None => sql.push("NULL"),
            };
            sql.push(" WHERE id = ").text(id);
            sql.push(" AND product_id = ").text(&stored.id);
            if sql.execute(&mut *self.tx).await.map_err(taken)? == 0 {
                return Err(ShopError::new(
                    ErrorKind::Conflict,
                    "A variant was removed in the meantime. Load the product again.",
                )
                .into());
            }
            let at = stored
                .draft
                .variants
                .iter()
                .position(|v| v.id.as_ref() == Some(id));
            let units = at.map_or(0, |at| stored.stock[at]);
            let delta = match variant.stock {
                StockTarget::Keep => 0,
                StockTarget::Set(target) => target - units,
                StockTarget::Change(delta) => delta,
            };
            if delta != 0 {
                self.move_stock(id, delta, "").await?;
            }
        }
        self.insert_variants(new).await?;
        self.insert_movements(movements).await
    }

    /// Books units in or out of a variant and returns what is left.
    pub async fn move_stock(&mut self, variant_id: &str, delta: i64, note: &str) -> Result<i64> {
        let row = sqlx::query(
            "UPDATE variants SET stock = stock + $1 WHERE id = $2 AND stock + $1 BETWEEN 0 AND $3 \
             RETURNING stock, product_id, \
             (SELECT slug FROM products p WHERE p.id = product_id) AS slug",
        )
        .bind(delta)
        .bind(variant_id)
        .bind(super::draft::MAX_AMOUNT)
        .fetch_optional(&mut *self.tx)
        .await?;
        let Some(row) = row else {
            let known = sqlx::query("SELECT stock FROM variants WHERE id = $1")
                .bind(variant_id)
                .fetch_optional(&mut *self.tx)
                .await?;
            return Err(match known {
                None => ShopError::not_found(),
                Some(row) => ShopError::field(
                    "delta",
                    format!(
                        "There are {} units: stock cannot go there.",
                        row.int("stock")?
                    ),
                ),
            }
            .into());
        };
        let movement = self.movement(variant_id, delta, self.reason, note);
        self.insert_movements(vec![movement]).await?;
        let product_id = row.text("product_id")?;
        refresh_summaries(
            &mut self.tx,
            self.dialect,
            std::slice::from_ref(&product_id),
        )
        .await?;
        self.changes.product(&product_id, &row.text("slug")?);
        self.changes.stock(variant_id);
        row.int("stock")
    }

    /// Takes a product out of the catalogue. Orders keep their copies of it.
    pub async fn delete(&mut self, stored: &StoredProduct) -> Result<()> {
        if self.dialect == Dialect::Sqlite {
            sqlx::query(
                "DELETE FROM products_search WHERE rowid = (SELECT seq FROM products WHERE id = $1)",
            )
            .bind(&stored.id)
            .execute(&mut *self.tx)
            .await?;
        }
        sqlx::query("DELETE FROM products WHERE id = $1")
            .bind(&stored.id)
            .execute(&mut *self.tx)
            .await?;
        self.drop_empty_categories().await?;
        self.changes.product(&stored.id, &stored.draft.slug);
        Ok(())
    }

    /// Tags, options and pictures: small sets, written anew.
    async fn write_parts(&mut self, id: &str, draft: &ProductDraft) -> Result<()> {
        for sql in [
            "DELETE FROM product_tags WHERE product_id = $1",
            "DELETE FROM product_options WHERE product_id = $1",
            "DELETE FROM pictures WHERE product_id = $1",
        ] {
            sqlx::query(sql).bind(id).execute(&mut *self.tx).await?;
        }
        for tag in &draft.tags {
            sqlx::query("INSERT INTO product_tags (product_id, tag) VALUES ($1, $2)")
                .bind(id)
                .bind(tag)
                .execute(&mut *self.tx)
                .await?;
        }
        for (i, name) in draft.options.iter().enumerate() {
            sqlx::query(
                "INSERT INTO product_options (product_id, position, name, key) VALUES ($1, $2, $3, $4)",
            )
            .bind(id)
            .bind(i as i64 + 1)
            .bind(name)
            .bind(name.to_lowercase())
            .execute(&mut *self.tx)
            .await?;
        }
        for (i, picture) in draft.pictures.iter().enumerate() {
            sqlx::query(
                "INSERT INTO pictures (id, product_id, position, src, alt) VALUES ($1, $2, $3, $4, $5)",
            )
            .bind(picture.id.clone().unwrap_or_else(new_id))
            .bind(id)
            .bind(i as i64 + 1)
            .bind(&picture.src)
            .bind(&picture.alt)
            .execute(&mut *self.tx)
            .await?;
        }
        Ok(())
    }

    /// Ids of categories by name; missing ones are made.
    async fn categories(
        &mut self,
        names: impl IntoIterator<Item = &str>,
    ) -> Result<BTreeMap<String, String>> {
        let names: BTreeSet<&str> = names.into_iter().filter(|name| !name.is_empty()).collect();
        let mut ids = BTreeMap::new();
        for name in names {
            let slug = match slugify(name) {
                // A name without a letter that an address can hold still has one and the same.
                slug if slug.is_empty() => format!("c-{}", &hash_secret(&fold(name))[..12]),
                slug => slug,
            };
            // Names that give the same address are the same category.
            let row = sqlx::query(
                "INSERT INTO categories (id, slug, name, position) \
                 VALUES ($1, $2, $3, (SELECT COUNT(*) FROM categories)) \
                 ON CONFLICT (slug) DO UPDATE SET name = categories.name RETURNING id",
            )
            .bind(new_id())
            .bind(slug)
            .bind(name)
            .fetch_one(&mut *self.tx)
            .await?;
            ids.insert(name.to_owned(), row.text("id")?);
        }
        Ok(ids)
    }

    async fn drop_empty_categories(&mut self) -> Result<()> {
        sqlx::query(
            "DELETE FROM categories WHERE NOT EXISTS \
             (SELECT 1 FROM products WHERE products.category_id = categories.id)",
        )
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// What follows from a write: summaries, the search index, the note for the caches.
    async fn finish<'a>(
        &mut self,
        written: impl IntoIterator<Item = (&'a String, &'a ProductDraft)>,
    ) -> Result<()> {
        let written: Vec<_> = written.into_iter().collect();
        let ids: Vec<String> = written.iter().map(|(id, _)| (*id).clone()).collect();
        refresh_summaries(&mut self.tx, self.dialect, &ids).await?;
        let documents = written
            .iter()
            .map(|(id, draft)| search_document(id, draft))
            .collect();
        self.index(documents, &ids).await?;
        self.drop_empty_categories().await?;
        for (id, draft) in written {
            self.changes.product(id, &draft.slug);
        }
        Ok(())
    }

    async fn index(&mut self, documents: Vec<serde_json::Value>, ids: &[String]) -> Result<()> {
        let columns = [
            ("id", Column::Text),
            ("title", Column::Text),
            ("vendor", Column::Text),
            ("category", Column::Text),
            ("tags", Column::Text),
            ("body", Column::Text),
        ];
        let rows = self.dialect.rows(1, &columns);
        let sql = match self.dialect {
            Dialect::Sqlite => {
                let mut gone = Sql::new(
                    "DELETE FROM products_search WHERE rowid IN (SELECT seq FROM products WHERE id",
                );
                gone.push(self.dialect.among(1)).push(")");
                self.execute_json(gone, serde_json::to_string(ids)?).await?;
                format!(
                    "INSERT INTO products_search (rowid, title, vendor, category, tags, body) \
                     SELECT p.seq, d.title, d.vendor, d.category, d.tags, d.body \
                     FROM {rows} d JOIN products p ON p.id = d.id"
                )
            }
            Dialect::Postgres => format!(
                "UPDATE products SET search = \
                 setweight(to_tsvector('simple', d.title), 'A') || \
                 setweight(to_tsvector('simple', d.vendor || ' ' || d.category || ' ' || d.tags), 'B') || \
                 setweight(to_tsvector('simple', d.body), 'D') \
                 FROM {rows} d WHERE products.id = d.id"
            ),
        };
        self.execute_json(Sql::new(&sql), serde_json::to_string(&documents)?)
            .await
    }

    fn movement(
        &self,
        variant_id: &str,
        delta: i64,
        reason: StockReason,
        note: &str,
    ) -> serde_json::Value {
        json!({
            "id": new_id(), "variant_id": variant_id, "delta": delta, "reason": reason.as_str(),
            "actor": self.actor, "note": note, "at": self.now,
        })
    }

    async fn insert_movements(&mut self, movements: Vec<serde_json::Value>) -> Result<()> {
        if movements.is_empty() {
            return Ok(());
        }
        let columns = [
            ("id", Column::Text),
            ("variant_id", Column::Text),
            ("delta", Column::Int),
            ("reason", Column::Text),
            ("actor", Column::Text),
            ("note", Column::Text),
            ("at", Column::Int),
        ];
        let mut sql = Sql::new(
            "INSERT INTO stock_movements (id, variant_id, delta, reason, actor, note, created_at) \
             SELECT id, variant_id, delta, reason, actor, note, at FROM ",
        );
        self.push_rows(&mut sql, &columns);
        self.execute_rows(sql, movements).await
    }

    async fn insert_variants(&mut self, variants: Vec<serde_json::Value>) -> Result<()> {
        if variants.is_empty() {
            return Ok(());
        }
        let columns = [
            ("id", Column::Text),
            ("product_id", Column::Text),
            ("position", Column::Int),
            ("sku", Column::Text),
            ("option1", Column::Text),
            ("option2", Column::Text),
            ("option3", Column::Text),
            ("price_minor", Column::Int),
            ("compare_at_minor", Column::Int),
            ("stock", Column::Int),
            ("grams", Column::Int),
            ("picture_src", Column::Text),
        ];
        let names = columns.map(|(name, _)| name).join(", ");
        let mut sql = Sql::new(&format!(
            "INSERT INTO variants ({names}) SELECT {names} FROM "
        ));
        self.push_rows(&mut sql, &columns);
        self.execute_rows(sql, variants).await
    }

    /// SQLite reads `… FROM x ON CONFLICT` ambiguously and Postgres wants a name: both take this.
    fn push_rows(&self, sql: &mut Sql, columns: &[(&str, Column)]) {
        sql.push(self.dialect.rows(1, columns))
            .push(" AS rows_given WHERE true");
    }

    async fn execute_rows(&mut self, sql: Sql, rows: Vec<serde_json::Value>) -> Result<()> {
        self.execute_json(sql, serde_json::to_string(&rows)?).await
    }

    /// Runs a statement whose only parameter, `$1`, is `json`.
    async fn execute_json(&mut self, sql: Sql, json: String) -> Result<()> {
        sql.bind_only(json)
            .execute(&mut *self.tx)
            .await
            .map_err(taken)?;
        Ok(())
    }
}

/// A slug or SKU that another product has.
fn taken(error: Error) -> Error {
    if error.is_unique_violation() {
        let text = error.to_string();
        let (field, message) = if text.contains("slug") {
            ("slug", "Another product has this address.")
        } else if text.contains("sku") {
            ("sku", "Another product has a variant with this SKU.")
        } else {
            return error;
        };
        ShopError::field(field, message).into()
    } else {
        error
    }
}

fn variant_json(
    id: &str,
    product_id: &str,
    position: usize,
    variant: &VariantDraft,
    stock: i64,
) -> serde_json::Value {
    let [option1, option2, option3] = &variant.options;
    json!({
        "id": id, "product_id": product_id, "position": position, "sku": variant.sku,
        "option1": option1, "option2": option2, "option3": option3,
        "price_minor": variant.price_minor, "compare_at_minor": variant.compare_at_minor,
        "stock": stock, "grams": variant.grams, "picture_src": variant.picture_src,
    })
}

fn search_document(id: &str, draft: &ProductDraft) -> serde_json::Value {
    let skus = draft.variants.iter().filter_map(|v| v.sku.as_deref());
    let tags: Vec<&str> = draft.tags.iter().map(String::as_str).chain(skus).collect();
    json!({
        "id": id, "title": fold(&draft.title), "vendor": fold(&draft.vendor),
        "category": fold(&draft.category), "tags": fold(&tags.join(" ")),
        "body": fold(&plain_text(&draft.description_html)),
    })
}

/// Brings what lists filter and sort by in line with the variants.
///
/// On Postgres the products are locked in a statement of their own: the sub-selects of the update
/// see what was committed before it began, which is then all that came before the lock.
pub async fn refresh_summaries(tx: &mut Tx, dialect: Dialect, ids: &[String]) -> Result<()> {
    lock_products(tx, dialect, ids).await?;
    let mut sql = Sql::new(
        "UPDATE products SET \
         price_min_minor = COALESCE((SELECT MIN(price_minor) FROM variants v WHERE v.product_id = products.id), 0), \
         price_max_minor = COALESCE((SELECT MAX(price_minor) FROM variants v WHERE v.product_id = products.id), 0), \
         compare_at_minor = (SELECT compare_at_minor FROM variants v WHERE v.product_id = products.id \
           AND compare_at_minor > price_minor ORDER BY price_minor, position LIMIT 1), \
         in_stock = CASE WHEN EXISTS (SELECT 1 FROM variants v WHERE v.product_id = products.id AND v.stock > 0) \
           THEN 1 ELSE 0 END \
         WHERE id",
    );
    sql.push(dialect.among(1));
    sql.bind_only(serde_json::to_string(ids)?)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Notes on the products how often their variants were sold. Orders do not do it themselves: a
/// popular product's row would be one more thing that all of them wait for.
///
/// It is not announced: lists by popularity follow as their entries run out.
pub async fn refresh_sold(db: &Db) -> Result<usize> {
    const SOLD: &str =
        "COALESCE((SELECT SUM(v.sold) FROM variants v WHERE v.product_id = products.id), 0)";
    let mut sql = Sql::new("SELECT id FROM products WHERE sold <> ");
    sql.push(SOLD).push(" ORDER BY id LIMIT 1000");
    let rows = sql.fetch_all(db.reader()).await?;
    let ids: Vec<String> = rows
        .iter()
        .map(|row| row.text("id"))
        .collect::<Result<_>>()?;
    if ids.is_empty() {
        return Ok(0);
    }
    let mut tx = db.begin().await?;
    lock_products(&mut tx, db.dialect(), &ids).await?;
    let mut sql = Sql::new("UPDATE products SET sold = ");
    sql.push(SOLD).push(" WHERE id").push(db.dialect().among(1));
    sql.bind_only(serde_json::to_string(&ids)?)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(ids.len())
}

/// In id order, so that two transactions that touch the same products wait and do not deadlock.
async fn lock_products(tx: &mut Tx, dialect: Dialect, ids: &[String]) -> Result<()> {
    if dialect == Dialect::Postgres {
        let mut sql = Sql::new("SELECT id FROM products WHERE id");
        sql.push(dialect.among(1))
            .push(" ORDER BY id FOR NO KEY UPDATE");
        sql.bind_only(serde_json::to_string(ids)?)
            .fetch_all(&mut **tx)
            .await?;
    }
    Ok(())
}
