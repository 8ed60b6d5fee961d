//! Collections as shoppers and their admins see them.

use serde::{Deserialize, Serialize};

use crate::{
    catalog::{categories::CategoryText, types::Card},
    moving::Place,
};

/// The most that there may be.
pub const MAX_COLLECTIONS: usize = 200;
/// The most products in one: its page shows all of them.
pub const MAX_PRODUCTS: usize = 96;

/// A collection with those of its products that are for sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collection {
    pub id: String,
    pub slug: String,
    pub name: String,
    /// What its page says above the products.
    pub text: CategoryText,
    pub products: Vec<Card>,
}

/// What is typed for a collection.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CollectionForm {
    pub name: String,
    /// Empty: as it is, or made from the name.
    pub slug: String,
    pub description_html: String,
}

/// A collection in the list of all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CollectionRow {
    pub id: String,
    pub slug: String,
    pub name: String,
    /// On sale or not.
    pub products: i64,
}

/// A product in its place in a collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Of the place, not of the product.
    pub id: String,
    pub product_id: String,
    pub title: String,
    /// Shoppers do not see it otherwise.
    pub active: bool,
    pub place: Place,
}

/// A collection for its editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdminCollection {
    pub id: String,
    pub slug: String,
    pub name: String,
    pub description_html: String,
    pub picture_src: Option<String>,
    pub version: i64,
    pub entries: Vec<Entry>,
}

/// A collection after it was saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollectionSaved {
    pub id: String,
    pub slug: String,
    pub version: i64,
}
