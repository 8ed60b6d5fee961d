//! What a saved view is.

use serde::{Deserialize, Serialize};

/// Letters of a view's name.
pub const MAX_NAME: usize = 40;
/// Views that one account may have, in all lists.
pub const MAX_VIEWS: i64 = 20;
/// Bytes of the query in the address of a view.
pub const MAX_QUERY: usize = 1000;

app::words! {
    /// Lists that views are saved of.
    pub enum ViewList {
        Products = "products",
        Orders = "orders",
        Customers = "customers",
    }
}

impl ViewList {
    /// The address of the list without a filter.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Products => "/admin/products",
            Self::Orders => "/admin/orders",
            Self::Customers => "/admin/customers",
        }
    }

    pub fn href(self, query: &str) -> String {
        match query {
            "" => self.path().to_owned(),
            query => format!("{}?{query}", self.path()),
        }
    }
}

/// Who sees a view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    Own,
    /// All staff.
    Shared,
}

/// A view as someone sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedView {
    pub id: String,
    pub list: ViewList,
    pub name: String,
    /// The query of the list's address.
    pub query: String,
    pub audience: Audience,
    /// Whether the account that looks may rename and delete it.
    pub is_theirs: bool,
    pub version: i64,
}

/// What was made of a view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewSaved {
    pub id: String,
    pub version: i64,
}
