//! The form of the brakes, and what saving it answers.

use serde::{Deserialize, Serialize};

/// How often something may be done, as typed; an empty number is no limit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RateForm {
    /// Such as `orders`.
    pub brake: String,
    /// `network` or `cart`.
    pub by: String,
    pub times: String,
}

/// How many units unpaid orders may hold at a time, as typed; an empty number is no limit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HeldForm {
    /// `network` or `address`.
    pub by: String,
    pub units: String,
}

/// The version of the rates that hold now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BrakesSaved {
    pub version: i64,
}
