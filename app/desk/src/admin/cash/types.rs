//! What saving the settings of cash on delivery answers.

use serde::{Deserialize, Serialize};

/// The version of the settings that count now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CashSaved {
    pub version: i64,
}
