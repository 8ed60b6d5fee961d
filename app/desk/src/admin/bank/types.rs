//! What saving the settings of bank transfers answers.

use serde::{Deserialize, Serialize};

/// The version of the settings that count now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankSaved {
    pub version: i64,
}
