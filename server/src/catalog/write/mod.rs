//! Changing the catalogue: the one place where products are written.
//!
//! Everything goes through a [`CatalogWrite`], which notes what it touched in a [`ChangeSet`], so
//! that nothing can be committed without the caches being told.

pub mod audited;
pub mod categories;
pub mod difference;
pub mod draft;
mod dropped;
mod parts;
mod product;
mod search;
mod shown;
mod stock;
mod stored;
mod summaries;
mod translate;
mod variants;

use app::{error::ShopError, locale::locale};
use desk::admin::products::text::Text;

pub use dropped::InTheWay;
pub use parts::StoredPicture;
pub use search::renew_words;
pub use stock::StockReason;
pub use stored::StoredProduct;
pub use summaries::{refresh_sold, refresh_summaries, refreshing};

use crate::{
    db::{Column, Dialect, Sql, Tx},
    error::{Error, Result},
    settings::currency::stays,
    store::{ChangeSet, Committed, Store},
};

/// A transaction that changes the catalogue.
pub struct CatalogWrite {
    tx: Tx,
    db: Store,
    dialect: Dialect,
    now: i64,
    actor: String,
    reason: StockReason,
    /// Said of units that a changed product brings or takes.
    note: String,
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
    pub async fn begin(db: &Store, now: i64, actor: &str, reason: StockReason) -> Result<Self> {
        Ok(Self {
            tx: db.begin().await?,
            db: db.clone(),
            dialect: db.dialect(),
            now,
            actor: actor.to_owned(),
            reason,
            note: String::new(),
            access: Access::Write,
            changes: ChangeSet::default(),
        })
    }

    /// Says why, in words, of the units that changed products bring or take.
    pub fn because(mut self, note: &str) -> Self {
        self.note = note.to_owned();
        self
    }

    /// A transaction that only reads products, and keeps nobody waiting.
    pub async fn begin_reading(db: &Store) -> Result<Self> {
        Ok(Self {
            tx: db.reader().begin().await?,
            db: db.clone(),
            dialect: db.dialect(),
            now: 0,
            actor: String::new(),
            reason: StockReason::Import,
            note: String::new(),
            access: Access::Read,
            changes: ChangeSet::default(),
        })
    }

    /// What is written are prices in this currency: no other is set until the transaction ends, and
    /// none was since they were read. Comes before anything is locked.
    pub async fn priced_in(&mut self, currency: &str) -> Result<()> {
        stays(&mut self.tx, self.dialect, currency).await
    }

    /// Commits the changes and announces them.
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
        let mut sql = Sql::new("SELECT id FROM products WHERE slug = ");
        sql.text(slug);
        sql.fetch_optional_value(&mut *self.tx).await
    }

    /// Locks the variants of many products in id order, as orders do: products locked one by one
    /// could each wait for an order that waits for another.
    pub async fn lock_variants_of(&mut self, slugs: &[&str]) -> Result<()> {
        if self.dialect == Dialect::Postgres {
            let mut sql = Sql::new(
                "SELECT v.id FROM variants v JOIN products p ON p.id = v.product_id WHERE p.slug",
            );
            sql.push(self.dialect.in_json_array(1))
                .push(" ORDER BY v.id FOR UPDATE OF v");
            sql.bind_only(serde_json::to_string(slugs)?)
                .fetch_all(&mut *self.tx)
                .await?;
        }
        Ok(())
    }

    /// Locks the variants of products named by id, as [`CatalogWrite::lock_variants_of`] does.
    pub async fn lock_variants(&mut self, product_ids: &[&str]) -> Result<()> {
        if self.dialect == Dialect::Postgres && !product_ids.is_empty() {
            let mut sql = Sql::new("SELECT id FROM variants WHERE product_id");
            sql.push(self.dialect.in_json_array(1))
                .push(" ORDER BY id FOR UPDATE");
            sql.bind_only(serde_json::to_string(product_ids)?)
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
    /// SQLite reads `… FROM x ON CONFLICT` ambiguously and Postgres wants a name: both take this.
    pub(super) fn push_rows(&self, sql: &mut Sql, columns: &[(&str, Column)]) {
        sql.push(self.dialect.rows(1, columns))
            .push(" AS rows_given WHERE true");
    }

    pub(super) async fn execute_rows(
        &mut self,
        sql: Sql,
        rows: Vec<serde_json::Value>,
    ) -> Result<()> {
        self.execute_json(sql, serde_json::to_string(&rows)?).await
    }

    /// Runs a statement whose only parameter, `$1`, is `json`.
    pub(super) async fn execute_json(&mut self, sql: Sql, json: String) -> Result<()> {
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
        let (cause, text) = (error.to_string(), Text::from(locale()));
        let (field, message) = if cause.contains("slug") {
            ("slug", text.slug_taken())
        } else if cause.contains("sku") {
            ("sku", text.sku_taken())
        } else {
            return error;
        };
        ShopError::field(field, message).into()
    } else {
        error
    }
}
