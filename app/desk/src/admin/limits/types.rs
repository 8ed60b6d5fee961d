//! The limits' form, and what saving it answers.

use serde::{Deserialize, Serialize};

/// A limit as typed. Without units there is none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LimitForm {
    /// Of a variant, its id; empty: of the product, or of the shop.
    pub variant: String,
    pub units: String,
    /// Empty or 0: for ever.
    pub days: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitsSaved {
    /// Of the limits that are set now.
    pub version: String,
}
