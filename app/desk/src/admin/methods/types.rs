//! The form of the payment methods, and what saving it answers.

use serde::{Deserialize, Serialize};

/// A payment method as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MethodForm {
    /// `offered` or `off`.
    pub offered: String,
    /// In the payment step, from 1.
    pub position: String,
    /// Empty: as the shop calls it by itself.
    pub name: String,
    pub description: String,
    /// What an order has to come to, such as `12.50`; empty: any amount.
    pub lowest: String,
    pub highest: String,
    /// Codes; none: all that the shop delivers to.
    pub countries: Vec<String>,
}

/// The version of the payment methods that there are now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MethodsSaved {
    pub version: i64,
}
