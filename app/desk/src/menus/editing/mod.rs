//! `/admin/menus`.

pub mod item;
pub mod list;

use app::{
    locale::locale,
    menus::{text::Text, types::MenuPlace},
};

pub const CREATE: &str = "/api/admin/menus/create";
pub const UPDATE: &str = "/api/admin/menus/update";
pub const MOVE: &str = "/api/admin/menus/move";
pub const DELETE: &str = "/api/admin/menus/delete";

/// A menu's name.
fn place_words(place: MenuPlace) -> &'static str {
    let text = Text::from(locale());
    match place {
        MenuPlace::Header => text.header_menu(),
        MenuPlace::Footer => text.footer_menu(),
    }
}
