//! The settings' form, and what saving it answers.

use serde::{Deserialize, Serialize};

/// A way parcels travel, as typed. A row without a name is none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RateForm {
    /// Of a rate that is there already.
    pub id: String,
    pub name: String,
    pub description: String,
    /// Such as `4.90`; empty or 0 is free.
    pub price: String,
    /// Value of goods from which on delivery is free; empty: never.
    pub free_from: String,
    /// Working days from order to arrival; both empty: nothing is said of it.
    pub days_from: String,
    pub days_to: String,
    /// `collection` if customers fetch it; empty: it is brought to them.
    pub handover: String,
}

/// The version of the present settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsSaved {
    pub version: i64,
}
