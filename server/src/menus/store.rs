//! Menus in the database.

use app::menus::types::{MenuPlace, TargetKind};
use sqlx::Any;

use crate::{
    db::{Sql, Tx, from_row, stored_words},
    error::Result,
    store::Store,
};

stored_words!(MenuPlace, TargetKind);

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredItem {
    pub id: String,
    pub place: MenuPlace,
    pub parent_id: Option<String>,
    /// Among those with the same parent.
    pub position: i64,
    pub label: String,
    pub target_kind: TargetKind,
    /// Id of what it leads to, or an address; empty for a heading.
    pub target: String,
    pub version: i64,
}

from_row!(StoredItem {
    id,
    place,
    parent_id,
    position,
    label,
    target_kind,
    target,
    version,
});

const ROW: &str = "SELECT id, place, parent_id, position, label, target_kind, target, version \
     FROM menu_items WHERE ";

pub async fn by_id(
    read: impl sqlx::Executor<'_, Database = Any>,
    id: &str,
) -> Result<Option<StoredItem>> {
    let mut sql = Sql::new(ROW);
    sql.push("id = ").text(id);
    sql.fetch_optional_as(read).await
}

/// The items of all menus, those with the same parent in their order.
pub async fn all(read: impl sqlx::Executor<'_, Database = Any>) -> Result<Vec<StoredItem>> {
    let mut sql = Sql::new(ROW);
    sql.push("true ORDER BY position, id");
    sql.fetch_all_as(read).await
}

/// The items of a menu, which nobody else changes until the transaction ends.
pub async fn lock(tx: &mut Tx, db: &Store, place: MenuPlace) -> Result<Vec<StoredItem>> {
    let mut menu = Sql::new("SELECT place FROM menus WHERE place = ");
    menu.text(place.as_str()).push(db.dialect().for_update());
    menu.fetch_one(&mut **tx).await?;
    let mut sql = Sql::new(ROW);
    sql.push("place = ")
        .text(place.as_str())
        .push(" ORDER BY position, id");
    sql.fetch_all_as(&mut **tx).await
}

pub async fn insert(tx: &mut Tx, item: &StoredItem) -> Result<()> {
    sqlx::query(
        "INSERT INTO menu_items (id, place, parent_id, position, label, target_kind, target, \
         version) VALUES ($1, $2, $3, $4, $5, $6, $7, 1)",
    )
    .bind(&item.id)
    .bind(item.place.as_str())
    .bind(item.parent_id.clone())
    .bind(item.position)
    .bind(&item.label)
    .bind(item.target_kind.as_str())
    .bind(&item.target)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub async fn update(tx: &mut Tx, item: &StoredItem) -> Result<()> {
    sqlx::query(
        "UPDATE menu_items SET parent_id = $1, position = $2, label = $3, target_kind = $4, \
         target = $5, version = version + 1 WHERE id = $6",
    )
    .bind(item.parent_id.clone())
    .bind(item.position)
    .bind(&item.label)
    .bind(item.target_kind.as_str())
    .bind(&item.target)
    .bind(&item.id)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub async fn place_at(tx: &mut Tx, id: &str, position: i64) -> Result<()> {
    sqlx::query("UPDATE menu_items SET position = $1 WHERE id = $2")
        .bind(position)
        .bind(id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// With all that is below it.
pub async fn delete(tx: &mut Tx, id: &str) -> Result<()> {
    sqlx::query("DELETE FROM menu_items WHERE id = $1")
        .bind(id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
