//! What saving the seller's data answers.

use serde::{Deserialize, Serialize};

/// The version of the data that is the seller's now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SellerSaved {
    pub version: i64,
}
