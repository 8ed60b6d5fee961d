use serde::{Deserialize, Serialize};

/// A picture that an app reads an address from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Qr {
    /// Modules to a side, without the blank border.
    pub size: usize,
    /// The dark modules, as the path of an SVG whose unit is a module.
    pub path: String,
}

/// What an authenticator app is to know, in the forms it takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetUp {
    /// Base32.
    pub secret: String,
    /// `otpauth://…`
    pub address: String,
    pub qr: Qr,
}

/// Shown once: only their hashes are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoveryCodes {
    pub codes: Vec<String>,
}
