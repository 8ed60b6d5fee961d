//! The form of the owner's sentences, and what saving it answers.

use serde::{Deserialize, Serialize};

/// A sentence in one language, as typed; an empty one is not said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SentenceForm {
    /// `about`, `returns` or `order_mail`.
    pub sentence: String,
    /// A language's code.
    pub language: String,
    pub text: String,
}

/// The version of the sentences that are said now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentencesSaved {
    pub version: i64,
}
