//! A drop as shoppers would see it at another time.

use super::types::Drop;

/// In the context of a preview: what it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Previewed {
    /// As it is at that time; a draft as if it were planned.
    pub drop: Drop,
    /// In milliseconds since 1970.
    pub at: i64,
    pub reveal_at: Option<i64>,
    /// What is in it and not shown then.
    pub hidden: Vec<Hidden>,
}

/// A product that shoppers would not see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hidden {
    pub title: String,
    pub why: WhyHidden,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyHidden {
    /// It is not on sale in the shop, whatever the time.
    NotOnSale,
    /// A drop keeps it secret until then, in milliseconds since 1970.
    SecretUntil(i64),
    /// A drop keeps it secret that is not planned.
    Secret,
}
