//! What the forms of translations send.

use serde::{Deserialize, Serialize};

/// A text as typed, and what the form was made from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TextForm {
    /// Which text: the name that its field has in the form.
    pub name: String,
    /// Empty: it is not translated, and the original is shown.
    pub text: String,
    /// Digest of the translation that the form was made with: another one was saved since then.
    pub was: String,
    /// Digest of the original that the form showed.
    pub source: String,
    /// `1`: the original has changed, and the translation still fits.
    pub confirm: String,
}
