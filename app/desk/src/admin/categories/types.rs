//! Categories as their admins see them.

use app::moving::Place;
use serde::{Deserialize, Serialize};

/// What is typed for a category.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CategoryForm {
    pub name: String,
    /// Empty: as it is, or made from the name.
    pub slug: String,
    /// Id of the category it is to be below; empty: none.
    pub parent: String,
    pub description_html: String,
}

/// A category in the list of all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoryRow {
    pub id: String,
    pub slug: String,
    pub name: String,
    /// How many categories are above it.
    pub level: usize,
    /// Products right in it, on sale or not.
    pub products: i64,
    /// Among those below the same one.
    pub place: Place,
}

/// A category to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub id: String,
    pub name: String,
    /// How many categories are above it.
    pub level: usize,
}

/// A category for its editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdminCategory {
    pub id: String,
    pub slug: String,
    pub name: String,
    /// Id of the one it is below; empty at the top.
    pub parent: String,
    pub description_html: String,
    pub picture_src: Option<String>,
    pub version: i64,
    /// Products right in it, on sale or not.
    pub products: i64,
    /// Categories right below it.
    pub below: usize,
    /// Those it may be below.
    pub parents: Vec<Choice>,
}

/// A category after it was saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategorySaved {
    pub id: String,
    pub slug: String,
    pub version: i64,
}
