//! Menus as shoppers and their editor see them.

use serde::{Deserialize, Serialize};

/// The page of both menus.
pub const LIST: &str = "/admin/menus";
/// How deep items may be below each other, the top ones included.
pub const MAX_DEPTH: usize = 3;
/// The most items of one menu.
pub const MAX_ITEMS: usize = 100;
/// Lengths in characters.
pub const MAX_LABEL: usize = 60;
pub const MAX_ADDRESS: usize = 1000;

crate::words! {
    /// Where a menu is.
    pub enum MenuPlace {
        Header = "header",
        Footer = "footer",
    }
}

crate::words! {
    /// What an item leads to.
    pub enum TargetKind {
        /// Nowhere: it names those below it.
        Heading = "heading",
        Category = "category",
        Collection = "collection",
        Product = "product",
        Page = "page",
        /// A path of the shop, or a website.
        Address = "address",
    }
}

crate::words! {
    pub enum Direction {
        Up = "up",
        Down = "down",
    }
}

/// An item as it is shown, with those below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MenuLink {
    pub label: String,
    /// A path of the shop without the language, or an address that begins with `https://`. None:
    /// it is the heading of what is below it.
    pub href: Option<String>,
    pub below: Vec<MenuLink>,
}

/// The menus as they are shown. None: the owner has made none, and the shop shows its categories.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Menus {
    pub header: Option<Vec<MenuLink>>,
    pub footer: Option<Vec<MenuLink>>,
    /// When a page that they lead to appears, in milliseconds since 1970.
    pub ends: Option<i64>,
}

/// An item as its editor sees it, in the order of the menu.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MenuItem {
    pub id: String,
    pub place: MenuPlace,
    pub parent_id: Option<String>,
    pub label: String,
    pub target_kind: TargetKind,
    /// Id of what it leads to, or an address; empty for a heading.
    pub target: String,
    /// What it leads to, in words: a title or an address; empty if it is gone.
    pub target_title: String,
    /// Whether shoppers can follow it now. Of a heading: whether something below it is shown.
    pub is_shown: bool,
    /// 0 for those on top.
    pub depth: usize,
    pub version: i64,
}

/// What an item can lead to, besides products and addresses: values of the form's field with their words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MenuChoices {
    pub categories: Vec<(String, String)>,
    pub collections: Vec<(String, String)>,
    pub pages: Vec<(String, String)>,
}

/// The form of an item as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MenuItemForm {
    /// Of a new item.
    pub place: String,
    /// Id of the item above it in the same menu; empty for one on top.
    pub parent_id: String,
    pub label: String,
    /// `heading`, `address`, or a kind and an id, such as `page:0190…`.
    pub target: String,
    /// For `address`: `https://…`, or a path of the shop. The path of a product, category or page means
    /// that thing, whatever its address becomes.
    pub address: String,
    /// Of the item that the form was made from.
    pub version: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MenuItemSaved {
    pub id: String,
    pub place: MenuPlace,
}
