//! Who someone is to the shop, and what they may do.

use serde::{Deserialize, Serialize};

crate::words! {
    /// What someone may do, from least to most.
    #[derive(PartialOrd, Ord)]
    pub enum Role {
        Customer = "customer",
        Staff = "staff",
        Admin = "admin",
    }
}

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    pub id: String,
    pub email: String,
    pub name: String,
    pub role: Role,
}

impl Account {
    /// Whether it is one of those who work in the shop.
    pub fn is_staff(&self) -> bool {
        self.role > Role::Customer
    }
}
