//! Collections in the database.

use app::{
    catalog::categories::CategoryText,
    collections::types::{Collection, CollectionRow, Entry},
    moving::Place,
};

use crate::{
    catalog::read::{CARD_COLUMNS, timed::cards},
    db::{Cost, Dialect, Sql, Tx, from_row},
    error::Result,
    ids::new_id,
    sale::seen::push_seen,
    store::Store,
    text::{html::plain_text, name_key},
};

/// A collection as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCollection {
    pub id: String,
    pub slug: String,
    pub name: String,
    pub description_html: String,
    pub picture_src: Option<String>,
    pub version: i64,
}

from_row!(StoredCollection {
    id,
    slug,
    name,
    description_html,
    picture_src,
    version,
});

const ALL: &str = "SELECT id, slug, name, description_html, picture_src, version FROM collections";

/// By which column a collection is looked up.
#[derive(Debug, Clone, Copy)]
pub enum By<'a> {
    Slug(&'a str),
    Id(&'a str),
}

/// A collection with those of its products that are for sale, as they are written.
pub async fn shown(db: &Store, by: By<'_>) -> Result<Option<Collection>> {
    let mut sql = Sql::new(ALL);
    match by {
        By::Slug(slug) => sql.push(" WHERE slug = ").text(slug),
        By::Id(id) => sql.push(" WHERE id = ").text(id),
    };
    let stored: Option<StoredCollection> = db.catalog().fetch_optional_as(Cost::Rows, sql).await?;
    let Some(stored) = stored else {
        return Ok(None);
    };
    let mut sql = Sql::new("SELECT ");
    sql.push(CARD_COLUMNS)
        .push(
            " FROM collection_entries e JOIN products p ON p.id = e.product_id WHERE e.collection_id = ",
        )
        .text(&stored.id)
        .push(" AND ");
    push_seen(&mut sql, "p", db.now()).push(" ORDER BY e.position, e.id");
    let rows = db.catalog().fetch_all(Cost::List, sql).await?;
    let products = cards(db, &rows).await?;
    Ok(Some(Collection {
        id: stored.id,
        slug: stored.slug,
        name: stored.name,
        text: CategoryText {
            description_text: plain_text(&stored.description_html),
            description_html: stored.description_html,
            picture_src: stored.picture_src,
        },
        products,
    }))
}

/// Where a collection is now that had this address before.
pub async fn moved_to(db: &Store, slug: &str) -> Result<Option<String>> {
    let mut sql = Sql::new(
        "SELECT c.slug FROM collection_slugs s JOIN collections c ON c.id = s.collection_id \
         WHERE s.slug = ",
    );
    sql.text(slug);
    db.catalog().fetch_optional_value(Cost::Rows, sql).await
}

/// Slugs of those that have something for sale.
pub async fn listed(db: &Store) -> Result<Vec<String>> {
    let mut sql = Sql::new(
        "SELECT c.slug FROM collections c WHERE EXISTS (SELECT 1 FROM collection_entries e \
         JOIN products p ON p.id = e.product_id WHERE e.collection_id = c.id AND ",
    );
    push_seen(&mut sql, "p", db.now()).push(") ORDER BY c.name_key");
    sql.fetch_values(db.reader()).await
}

from_row!(CollectionRow {
    id,
    slug,
    name,
    products,
});

pub async fn rows(db: &Store) -> Result<Vec<CollectionRow>> {
    Sql::new(
        "SELECT c.id, c.slug, c.name, (SELECT COUNT(*) FROM collection_entries e \
         WHERE e.collection_id = c.id) AS products FROM collections c ORDER BY c.name_key",
    )
    .fetch_all_as(db.reader())
    .await
}

/// All of them, by their names.
pub async fn all(
    read: impl sqlx::Executor<'_, Database = sqlx::Any>,
) -> Result<Vec<StoredCollection>> {
    let mut sql = Sql::new(ALL);
    sql.push(" ORDER BY name_key");
    sql.fetch_all_as(read).await
}

/// The same; nobody else changes any until the transaction ends.
pub async fn lock(tx: &mut Tx, dialect: Dialect) -> Result<Vec<StoredCollection>> {
    if let Some(lock) = dialect.advisory_lock() {
        sqlx::query(lock)
            .bind("collections")
            .fetch_all(&mut **tx)
            .await?;
    }
    all(&mut **tx).await
}

/// A product in a collection, as it is stored.
pub struct StoredEntry {
    pub id: String,
    pub collection_id: String,
    pub product_id: String,
    pub title: String,
    pub active: bool,
}

from_row!(StoredEntry {
    id,
    collection_id,
    product_id,
    title,
    active,
});

const ENTRIES: &str = "SELECT e.id, e.collection_id, e.product_id, p.title, p.active \
    FROM collection_entries e JOIN products p ON p.id = e.product_id WHERE ";

/// Those of a collection, in their order.
pub async fn entries(
    read: impl sqlx::Executor<'_, Database = sqlx::Any>,
    collection_id: &str,
) -> Result<Vec<StoredEntry>> {
    let mut sql = Sql::new(ENTRIES);
    sql.push("e.collection_id = ")
        .text(collection_id)
        .push(" ORDER BY e.position, e.id");
    sql.fetch_all_as(read).await
}

/// The collection that an entry is in.
pub async fn collection_of(tx: &mut Tx, entry_id: &str) -> Result<Option<String>> {
    let mut sql = Sql::new(ENTRIES);
    sql.push("e.id = ").text(entry_id);
    let found: Option<StoredEntry> = sql.fetch_optional_as(&mut **tx).await?;
    Ok(found.map(|entry| entry.collection_id))
}

/// As the editor shows them.
pub fn placed(entries: Vec<StoredEntry>) -> Vec<Entry> {
    let length = entries.len();
    let placed = entries.into_iter().enumerate().map(|(at, entry)| Entry {
        id: entry.id,
        product_id: entry.product_id,
        title: entry.title,
        active: entry.active,
        place: Place::of(at, length),
    });
    placed.collect()
}

/// Writes a collection, new or not. Of one that had another address, that leads on.
pub async fn write(
    tx: &mut Tx,
    now: i64,
    before: Option<&StoredCollection>,
    after: &StoredCollection,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO collections (id, slug, name, name_key, description_html, picture_src, version) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO UPDATE SET slug = excluded.slug, \
         name = excluded.name, name_key = excluded.name_key, \
         description_html = excluded.description_html, picture_src = excluded.picture_src, \
         version = excluded.version",
    )
    .bind(&after.id)
    .bind(&after.slug)
    .bind(&after.name)
    .bind(name_key(&after.name))
    .bind(&after.description_html)
    .bind(&after.picture_src)
    .bind(after.version)
    .execute(&mut **tx)
    .await?;
    if let Some(before) = before.filter(|before| before.slug != after.slug) {
        sqlx::query(
            "INSERT INTO collection_slugs (slug, collection_id, created_at) VALUES ($1, $2, $3) \
             ON CONFLICT (slug) DO UPDATE SET collection_id = excluded.collection_id, \
             created_at = excluded.created_at",
        )
        .bind(&before.slug)
        .bind(&before.id)
        .bind(now)
        .execute(&mut **tx)
        .await?;
    }
    sqlx::query("DELETE FROM collection_slugs WHERE slug = $1")
        .bind(&after.slug)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

pub async fn delete(tx: &mut Tx, id: &str) -> Result<()> {
    sqlx::query("DELETE FROM collections WHERE id = $1")
        .bind(id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// The title of a product, which stays until the transaction ends.
pub async fn product(tx: &mut Tx, dialect: Dialect, id: &str) -> Result<Option<String>> {
    let mut sql = Sql::new("SELECT title FROM products WHERE id = ");
    sql.text(id).push(dialect.for_share());
    sql.fetch_optional_value(&mut **tx).await
}

pub async fn add(tx: &mut Tx, collection_id: &str, product_id: &str) -> Result<()> {
    sqlx::query(
        "INSERT INTO collection_entries (id, collection_id, product_id, position) \
         SELECT $1, $2, $3, COALESCE(MAX(position), 0) + 1 FROM collection_entries \
         WHERE collection_id = $2",
    )
    .bind(new_id())
    .bind(collection_id)
    .bind(product_id)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Puts entries into this order.
pub async fn order(tx: &mut Tx, entries: &[StoredEntry]) -> Result<()> {
    for (position, entry) in (1_i64..).zip(entries) {
        sqlx::query("UPDATE collection_entries SET position = $1 WHERE id = $2")
            .bind(position)
            .bind(&entry.id)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

pub async fn remove(tx: &mut Tx, entry_id: &str) -> Result<()> {
    sqlx::query("DELETE FROM collection_entries WHERE id = $1")
        .bind(entry_id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
