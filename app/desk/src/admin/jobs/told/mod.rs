//! What jobs tell of products and files. It is kept as what it means, and said in the language of
//! the one who looks.

mod message;

mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_jobs_told_text.rs"));
}

use std::fmt;

use app::locale::Locale;
use serde::{Deserialize, Serialize};

pub use message::Message;

use super::types::{FieldChange, PriceMark};

/// Text as it is, such as a title, or a message.
///
/// Earlier versions kept English sentences: those are text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum JobText {
    Message(Message),
    Text(String),
}

impl JobText {
    pub fn words(&self, locale: Locale) -> String {
        match self {
            Self::Message(message) => message.words(locale),
            Self::Text(text) => text.clone(),
        }
    }

    /// As the note of a job is kept, in a column of text.
    pub fn to_note(&self) -> String {
        match self {
            Self::Message(message) => serde_json::to_string(message).unwrap_or_default(),
            Self::Text(text) => text.clone(),
        }
    }

    /// From the note of a job.
    pub fn of_note(note: &str) -> Self {
        match serde_json::from_str(note) {
            Ok(message) => Self::Message(message),
            Err(_) => Self::Text(note.to_owned()),
        }
    }
}

/// As the command line says it: in English.
impl fmt::Display for JobText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words(Locale::En))
    }
}

impl From<Message> for JobText {
    fn from(message: Message) -> Self {
        Self::Message(message)
    }
}

impl From<String> for JobText {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for JobText {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// One field before and after, as it is kept; see [`FieldChange`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextChange {
    pub field: JobText,
    pub before: JobText,
    pub after: JobText,
    #[serde(default, skip_serializing_if = "PriceMark::is_none")]
    pub mark: PriceMark,
}

impl TextChange {
    pub fn new(
        field: impl Into<JobText>,
        before: impl Into<JobText>,
        after: impl Into<JobText>,
    ) -> Self {
        Self {
            field: field.into(),
            before: before.into(),
            after: after.into(),
            mark: PriceMark::None,
        }
    }

    pub fn said(&self, locale: Locale) -> FieldChange {
        FieldChange {
            field: self.field.words(locale),
            before: self.before.words(locale),
            after: self.after.words(locale),
            mark: self.mark,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_said_in_each_language() {
        let price = Message::Of {
            what: Box::new(Message::Price),
            name: Box::new("R-1".into()),
        };
        let money = |minor| Message::Money {
            minor,
            currency: "EUR".to_owned(),
        };
        let change = TextChange::new(price, money(500), money(600));
        let kept = serde_json::to_string(&change).unwrap();
        let read: TextChange = serde_json::from_str(&kept).unwrap();
        assert_eq!(read, change);
        let english = FieldChange::new("Price of R-1", "€5.00", "€6.00");
        assert_eq!(read.said(Locale::En), english);
        let german = FieldChange::new("Preis von R-1", "5,00\u{a0}€", "6,00\u{a0}€");
        assert_eq!(read.said(Locale::De), german);
    }

    #[test]
    fn what_earlier_versions_kept_is_read_as_it_is() {
        let kept = r#"{"field":"Title","before":"a","after":"b"}"#;
        let read: TextChange = serde_json::from_str(kept).unwrap();
        assert_eq!(read, TextChange::new("Title", "a", "b"));
        assert_eq!(serde_json::to_string(&read).unwrap(), kept);
        assert_eq!(JobText::of_note("It failed."), JobText::from("It failed."));
        assert_eq!(JobText::of_note(""), JobText::from(""));
    }

    #[test]
    fn a_note_is_kept_in_a_column_of_text() {
        let stopped = JobText::from(Message::StoppedAtRow {
            line: 7,
            why: Box::new(Message::Empty.into()),
        });
        assert_eq!(JobText::of_note(&stopped.to_note()), stopped);
        assert_eq!(stopped.to_string(), "Stopped at row 7: is empty.");
    }
}
