//! What saving a look answers, and the places that its pictures have.

use serde::{Deserialize, Serialize};

/// The version of the look that is the shop's now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookSaved {
    pub version: i64,
}

app::words! {
    /// A place for a picture, by the name of its field.
    pub enum Place {
        Logo = "logo",
        LogoDark = "logo_dark",
        Icon = "icon",
    }
}
