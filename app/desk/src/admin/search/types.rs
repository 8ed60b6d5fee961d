//! What is found, as it is sent to the list that Ctrl+K opens.

use serde::{Deserialize, Serialize};

app::words! {
    pub enum FoundKind {
        Orders = "orders",
        Products = "products",
        Customers = "customers",
        Categories = "categories",
        Collections = "collections",
        Pages = "pages",
        Places = "places",
    }
}

/// By kind, the nearest first; kinds of which nothing was found are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    pub groups: Vec<Group>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    pub kind: FoundKind,
    /// What the kind is called.
    pub title: String,
    pub hits: Vec<Hit>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    pub title: String,
    /// What tells it from others of that title; may be empty.
    pub detail: String,
    pub href: String,
}
