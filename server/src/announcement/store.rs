//! Announcements in the database.

use app::announcement::types::Announcement;

use crate::{
    db::{Dialect, Sql, Tx, from_row},
    error::Result,
};

from_row!(Announcement {
    id,
    text,
    link,
    starts_at,
    ends_at,
    version,
});

/// Those that began last, or will, come first.
const ALL: &str = "SELECT id, text, link, starts_at, ends_at, version FROM announcements \
    ORDER BY COALESCE(starts_at, 0) DESC, id DESC";

pub async fn all(read: impl sqlx::Executor<'_, Database = sqlx::Any>) -> Result<Vec<Announcement>> {
    Sql::new(ALL).fetch_all_as(read).await
}

/// All of them, which nobody else changes until the transaction ends.
pub async fn lock(tx: &mut Tx, dialect: Dialect) -> Result<Vec<Announcement>> {
    if let Some(lock) = dialect.advisory_lock() {
        sqlx::query(lock)
            .bind("announcements")
            .fetch_all(&mut **tx)
            .await?;
    }
    all(&mut **tx).await
}

pub async fn write(tx: &mut Tx, one: &Announcement) -> Result<()> {
    sqlx::query(
        "INSERT INTO announcements (id, text, link, starts_at, ends_at, version) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO UPDATE SET \
         text = excluded.text, link = excluded.link, starts_at = excluded.starts_at, \
         ends_at = excluded.ends_at, version = excluded.version",
    )
    .bind(&one.id)
    .bind(&one.text)
    .bind(&one.link)
    .bind(one.starts_at)
    .bind(one.ends_at)
    .bind(one.version)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub async fn delete(tx: &mut Tx, id: &str) -> Result<()> {
    sqlx::query("DELETE FROM announcements WHERE id = $1")
        .bind(id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
