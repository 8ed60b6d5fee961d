//! The owner's pages in the database.

use app::pages::types::{AdminPage, AdminPageRow, PageKind, PageState};

use super::demo;
use crate::{
    db::{Connection, Cost, FromRow, Sql, Tx, from_row, stored_words},
    error::Result,
    store::Store,
};

stored_words!(PageKind, PageState);

/// A page as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPage {
    pub id: String,
    pub kind: PageKind,
    pub slug: String,
    pub title: String,
    /// Markdown.
    pub body: String,
    pub seo_title: Option<String>,
    pub seo_description: Option<String>,
    pub state: PageState,
    /// Milliseconds since 1970; of a published page there is one.
    pub publish_at: Option<i64>,
    pub contact_email: Option<String>,
    pub is_demo: bool,
    pub version: i64,
    pub updated_at: i64,
}

from_row!(StoredPage {
    id,
    kind,
    slug,
    title,
    body,
    seo_title,
    seo_description,
    state,
    publish_at,
    contact_email,
    is_demo,
    version,
    updated_at,
});

impl StoredPage {
    /// From when on shoppers see it; never if there is none.
    pub fn seen_from(&self) -> Option<i64> {
        match self.state {
            PageState::Published => self.publish_at,
            PageState::Draft => None,
        }
    }
}

impl From<StoredPage> for AdminPage {
    fn from(page: StoredPage) -> Self {
        Self {
            id: page.id,
            kind: page.kind,
            slug: page.slug,
            title: page.title,
            body: page.body,
            seo_title: page.seo_title.unwrap_or_default(),
            seo_description: page.seo_description.unwrap_or_default(),
            state: page.state,
            publish_at: page.publish_at,
            contact_email: page.contact_email.unwrap_or_default(),
            is_demo: page.is_demo,
            version: page.version,
            updated_at: page.updated_at,
        }
    }
}

const ROW: &str = "SELECT id, kind, slug, title, body, seo_title, seo_description, state, \
     publish_at, contact_email, is_demo, version, updated_at FROM pages WHERE ";

pub async fn by_slug(db: &Store, slug: &str) -> Result<Option<StoredPage>> {
    let mut sql = Sql::new(ROW);
    sql.push("slug = ").text(slug);
    seen(db, sql).await
}

/// For shoppers, who may ask for any number of addresses.
async fn seen<T: FromRow>(db: &Store, sql: Sql) -> Result<Option<T>> {
    let row = db.catalog().fetch_optional(Cost::Rows, sql).await?;
    row.as_ref().map(T::from_row).transpose()
}

/// The contact page, whatever its address.
pub async fn contact(db: &Store) -> Result<Option<StoredPage>> {
    let mut sql = Sql::new(ROW);
    sql.push("kind = ").text(PageKind::Contact.as_str());
    seen(db, sql).await
}

pub async fn by_id(db: &Store, id: &str) -> Result<Option<StoredPage>> {
    let mut sql = Sql::new(ROW);
    sql.push("id = ").text(id);
    sql.fetch_optional_as(db.reader()).await
}

/// The same, kept from being changed by someone else meanwhile.
pub async fn lock(tx: &mut Tx, db: &Store, id: &str) -> Result<Option<StoredPage>> {
    let mut sql = Sql::new(ROW);
    sql.push("id = ").text(id).push(db.dialect().for_update());
    sql.fetch_optional_as(&mut **tx).await
}

struct Left {
    slug: String,
    publish_at: i64,
}

from_row!(Left { slug, publish_at });

/// The present address of the page that had this one before, if it is published, and from when on
/// it is seen.
pub async fn left_from(db: &Store, slug: &str) -> Result<Option<(String, i64)>> {
    let mut sql = Sql::new(
        "SELECT p.slug, p.publish_at FROM page_slugs s JOIN pages p ON p.id = s.page_id \
         WHERE p.state = 'published' AND s.slug = ",
    );
    sql.text(slug);
    let left = seen::<Left>(db, sql).await?;
    Ok(left.map(|left| (left.slug, left.publish_at)))
}

/// Slugs of all pages that are seen now.
pub async fn listed(db: &Store, now: i64) -> Result<Vec<String>> {
    let mut sql = Sql::new("SELECT slug FROM pages WHERE state = 'published' AND publish_at <= ");
    sql.int(now).push(" ORDER BY slug");
    sql.fetch_values(db.reader()).await
}

struct Seen {
    kind: PageKind,
    body: String,
}

from_row!(Seen { kind, body });

/// Kinds of pages that are seen now, examples of the demo shop left out.
///
/// An earlier version took every example that was edited for its owner's, and nothing tells which those are. So
/// texts are looked at as well: one that still has an example of what only the owner knows is none of theirs.
pub async fn published(connection: &mut Connection, now: i64) -> Result<Vec<PageKind>> {
    let mut sql = Sql::new(
        "SELECT kind, body FROM pages WHERE is_demo = 0 AND state = 'published' \
         AND publish_at <= ",
    );
    sql.int(now);
    let rows: Vec<Seen> = sql.fetch_all_as(connection).await?;
    let own = rows
        .into_iter()
        .filter(|page| !demo::has_example(&page.body));
    Ok(own.map(|page| page.kind).collect())
}

/// All pages, those of the law first.
pub async fn all(db: &Store) -> Result<Vec<AdminPageRow>> {
    let mut sql = Sql::new(ROW);
    sql.push("true ORDER BY title, id");
    let mut pages: Vec<StoredPage> = sql.fetch_all_as(db.reader()).await?;
    pages.sort_by_key(|page| PageKind::ALL.iter().position(|kind| *kind == page.kind));
    let rows = pages.into_iter().map(|page| AdminPageRow {
        gaps: gaps_of(&page.title, &page.body),
        id: page.id,
        kind: page.kind,
        slug: page.slug,
        title: page.title,
        state: page.state,
        publish_at: page.publish_at,
        is_demo: page.is_demo,
        updated_at: page.updated_at,
    });
    Ok(rows.collect())
}

fn gaps_of(title: &str, body: &str) -> i64 {
    let gaps = app::pages::gaps::gaps(&[title, body]).len();
    i64::try_from(gaps).unwrap_or(i64::MAX)
}

pub async fn count(tx: &mut Tx) -> Result<i64> {
    Sql::new("SELECT COUNT(*) AS n FROM pages")
        .fetch_value(&mut **tx)
        .await
}

/// Whether another page has this address.
pub async fn is_taken(tx: &mut Tx, slug: &str, by_other_than: &str) -> Result<bool> {
    let mut sql = Sql::new("SELECT id FROM pages WHERE slug = ");
    sql.text(slug).push(" AND id <> ").text(by_other_than);
    Ok(sql.fetch_optional(&mut **tx).await?.is_some())
}

/// Whether another page is the shop's one of this kind.
pub async fn has_kind(tx: &mut Tx, kind: PageKind, other_than: &str) -> Result<bool> {
    let mut sql = Sql::new("SELECT id FROM pages WHERE kind = ");
    sql.text(kind.as_str()).push(" AND id <> ").text(other_than);
    Ok(sql.fetch_optional(&mut **tx).await?.is_some())
}

pub async fn insert(tx: &mut Tx, now: i64, page: &StoredPage) -> Result<()> {
    sqlx::query(
        "INSERT INTO pages (id, kind, slug, title, body, seo_title, seo_description, state, \
         publish_at, contact_email, is_demo, version, created_at, updated_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1, $12, $12)",
    )
    .bind(&page.id)
    .bind(page.kind.as_str())
    .bind(&page.slug)
    .bind(&page.title)
    .bind(&page.body)
    .bind(page.seo_title.clone())
    .bind(page.seo_description.clone())
    .bind(page.state.as_str())
    .bind(page.publish_at)
    .bind(page.contact_email.clone())
    .bind(i64::from(page.is_demo))
    .bind(now)
    .execute(&mut **tx)
    .await?;
    take_slug(tx, &page.slug).await
}

pub async fn update(tx: &mut Tx, now: i64, before: &StoredPage, page: &StoredPage) -> Result<()> {
    sqlx::query(
        "UPDATE pages SET kind = $1, slug = $2, title = $3, body = $4, seo_title = $5, \
         seo_description = $6, state = $7, publish_at = $8, contact_email = $9, is_demo = $10, \
         version = version + 1, updated_at = $11 WHERE id = $12",
    )
    .bind(page.kind.as_str())
    .bind(&page.slug)
    .bind(&page.title)
    .bind(&page.body)
    .bind(page.seo_title.clone())
    .bind(page.seo_description.clone())
    .bind(page.state.as_str())
    .bind(page.publish_at)
    .bind(page.contact_email.clone())
    .bind(i64::from(page.is_demo))
    .bind(now)
    .bind(&page.id)
    .execute(&mut **tx)
    .await?;
    if before.slug != page.slug {
        leave_slug(tx, now, &page.id, &before.slug).await?;
        take_slug(tx, &page.slug).await?;
    }
    Ok(())
}

/// The address that a page had leads on to the one it has now.
async fn leave_slug(tx: &mut Tx, now: i64, id: &str, slug: &str) -> Result<()> {
    sqlx::query(
        "INSERT INTO page_slugs (slug, page_id, created_at) VALUES ($1, $2, $3) \
         ON CONFLICT (slug) DO UPDATE SET page_id = excluded.page_id, \
         created_at = excluded.created_at",
    )
    .bind(slug)
    .bind(id)
    .bind(now)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// An address in use leads nowhere else any more.
async fn take_slug(tx: &mut Tx, slug: &str) -> Result<()> {
    sqlx::query("DELETE FROM page_slugs WHERE slug = $1")
        .bind(slug)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

pub async fn delete(tx: &mut Tx, id: &str) -> Result<()> {
    sqlx::query("DELETE FROM pages WHERE id = $1")
        .bind(id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Messages from the contact form that have not been sent yet.
pub async fn waiting_messages(tx: &mut Tx, kind: &str) -> Result<i64> {
    let mut sql = Sql::new(
        "SELECT COUNT(*) AS n FROM mails WHERE state IN ('waiting', 'sending') AND kind = ",
    );
    sql.text(kind);
    sql.fetch_value(&mut **tx).await
}
