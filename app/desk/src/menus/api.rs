//! `/api/admin/menus/…`: every function asks for the role itself; to others it does not exist.

use app::{
    error::ShopError,
    locale::locale,
    menus::{
        ports::menu_admin,
        text::Text,
        types::{Direction, LIST, MenuItemForm, MenuItemSaved},
    },
    reply::go_to,
    visitor::admin,
};
use leptos::prelude::*;

#[server(endpoint = "admin/menus/create")]
pub async fn create_menu_item(
    #[server(default)] place: String,
    #[server(default)] parent_id: String,
    #[server(default)] label: String,
    #[server(default)] target: String,
    #[server(default)] address: String,
) -> Result<MenuItemSaved, ShopError> {
    let actor = admin()?;
    let form = MenuItemForm {
        place,
        parent_id,
        label,
        target,
        address,
        version: String::new(),
    };
    let saved = menu_admin().create(&actor, form).await?;
    go_to(&format!("{LIST}?done=saved"));
    Ok(saved)
}

/// Writes all fields of an item, which stays in its menu. With `version`, an edit made from an older state
/// of it is refused.
#[server(endpoint = "admin/menus/update")]
pub async fn update_menu_item(
    #[server(default)] id: String,
    #[server(default)] version: String,
    #[server(default)] parent_id: String,
    #[server(default)] label: String,
    #[server(default)] target: String,
    #[server(default)] address: String,
) -> Result<MenuItemSaved, ShopError> {
    let actor = admin()?;
    let form = MenuItemForm {
        place: String::new(),
        parent_id,
        label,
        target,
        address,
        version,
    };
    let saved = menu_admin().update(&actor, &id, form).await?;
    go_to(&format!("{LIST}?done=saved"));
    Ok(saved)
}

/// One place up or down among its neighbours.
#[server(endpoint = "admin/menus/move")]
pub async fn move_menu_item(
    #[server(default)] id: String,
    #[server(default)] direction: String,
) -> Result<MenuItemSaved, ShopError> {
    let actor = admin()?;
    let direction = Direction::parse(&direction)
        .ok_or_else(|| ShopError::field("direction", Text::from(locale()).send_up_or_down()))?;
    let saved = menu_admin().shift(&actor, &id, direction).await?;
    go_to(LIST);
    Ok(saved)
}

/// Deletes an item with all that is below it.
#[server(endpoint = "admin/menus/delete")]
pub async fn delete_menu_item(#[server(default)] id: String) -> Result<MenuItemSaved, ShopError> {
    let actor = admin()?;
    let saved = menu_admin().delete(&actor, &id).await?;
    go_to(&format!("{LIST}?done=deleted"));
    Ok(saved)
}
