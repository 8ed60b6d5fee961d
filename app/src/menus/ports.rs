//! What the server provides for menus.

use std::sync::Arc;

use async_trait::async_trait;

use super::types::{
    Direction, MenuChoices, MenuItem, MenuItemForm, MenuItemSaved, MenuPlace, Menus,
};
use crate::{
    error::ShopResult,
    identity::Account,
    locale::{Locale, locale},
    shop::shop,
};

/// What shoppers see.
#[async_trait]
pub trait ShownMenus: Send + Sync {
    /// The same with labels in another language, as far as they are translated.
    fn in_language(&self, language: Locale) -> Arc<dyn ShownMenus>;
    /// Both menus without what cannot be followed now. Who loads them logs why that failed.
    async fn shown(&self) -> ShopResult<Arc<Menus>>;
}

/// Work on menus.
#[async_trait]
pub trait MenuAdmin: Send + Sync {
    /// The items of a menu, each before those below it.
    async fn items(&self, place: MenuPlace) -> ShopResult<Vec<MenuItem>>;
    async fn item(&self, id: &str) -> ShopResult<MenuItem>;
    async fn choices(&self) -> ShopResult<MenuChoices>;
    /// Adds an item at the end of its place.
    async fn create(&self, actor: &Account, form: MenuItemForm) -> ShopResult<MenuItemSaved>;
    /// With a version in the form, an edit made from an older state of the item is refused.
    async fn update(
        &self,
        actor: &Account,
        id: &str,
        form: MenuItemForm,
    ) -> ShopResult<MenuItemSaved>;
    /// Changes places with the item before or behind it; at the end of the menu nothing changes.
    async fn shift(
        &self,
        actor: &Account,
        id: &str,
        direction: Direction,
    ) -> ShopResult<MenuItemSaved>;
    /// Deletes an item with all that is below it.
    async fn delete(&self, actor: &Account, id: &str) -> ShopResult<MenuItemSaved>;
}

/// See [`ShownMenus`]. In the language of the request at hand.
pub fn menus() -> Arc<dyn ShownMenus> {
    shop().port::<dyn ShownMenus>().in_language(locale())
}

/// See [`MenuAdmin`].
pub fn menu_admin() -> Arc<dyn MenuAdmin> {
    shop().port()
}
