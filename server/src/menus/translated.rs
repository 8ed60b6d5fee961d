//! Menus in another language than they are written in.

use app::{locale::Locale, menus::types::MenuPlace};
use sqlx::Any;

use super::{
    store::{self, StoredItem},
    tree,
};
use crate::{
    db::Tx,
    error::Result,
    store::Store,
    translations::{self, Kind, LABEL},
};

/// An item as it is written, for who translates it.
pub use super::store::StoredItem as Original;

/// The items of all menus, each before those below it.
pub async fn originals(read: impl sqlx::Executor<'_, Database = Any>) -> Result<Vec<Original>> {
    let all = store::all(read).await?;
    Ok(MenuPlace::ALL
        .into_iter()
        .flat_map(|place| in_order(&all, place))
        .collect())
}

/// Keeps all menus from being changed by someone else until the transaction ends.
pub async fn lock(tx: &mut Tx, db: &Store) -> Result<()> {
    for place in MenuPlace::ALL {
        store::lock(tx, db, place).await?;
    }
    Ok(())
}

fn in_order(all: &[StoredItem], place: MenuPlace) -> Vec<StoredItem> {
    let items: Vec<StoredItem> = all
        .iter()
        .filter(|item| item.place == place)
        .cloned()
        .collect();
    let mut order = Vec::new();
    tree::in_order(&items, None, &mut order);
    order.into_iter().cloned().collect()
}

/// Puts translations in place of labels.
pub(super) async fn translate(
    db: &Store,
    items: &mut [StoredItem],
    language: Locale,
) -> Result<()> {
    let ids: Vec<String> = items.iter().map(|item| item.id.clone()).collect();
    let wanted: Vec<&str> = ids.iter().map(String::as_str).collect();
    let texts = translations::of(db, Kind::MenuItem, &wanted, language).await?;
    for item in items {
        texts.put(&item.id, LABEL, &mut item.label);
    }
    Ok(())
}

/// Notes which translations were made from another label than the item has now.
pub(super) async fn changed(tx: &mut Tx, db: &Store, item: &StoredItem) -> Result<()> {
    let texts = [(item.id.as_str(), vec![(LABEL, item.label.as_str())])].into();
    translations::mark_stale(tx, db.dialect(), Kind::MenuItem, &texts).await
}

/// Forgets what was translated of an item and of all that is below it.
pub(super) async fn forget(tx: &mut Tx, items: &[StoredItem], id: &str) -> Result<()> {
    for item in items {
        if tree::is_within(items, &item.id, id) {
            translations::forget(tx, Kind::MenuItem, &item.id).await?;
        }
    }
    Ok(())
}
