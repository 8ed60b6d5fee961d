//! The form of the carriers, and what saving it answers.

use serde::{Deserialize, Serialize};

/// A carrier as typed; one without a name is none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CarrierForm {
    pub name: String,
    pub pattern: String,
}

/// The version of the carriers that there are now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarriersSaved {
    pub version: i64,
}
