//! What a single cell may hold.

use std::fmt;

use app::{catalog::limits::MAX_SLUG, locale::Locale, money::Readings};
use desk::admin::jobs::told::{JobText, Message};
use url::Url;

use crate::text::spelled;

const MAX_SRC: usize = 2048;
/// So much of a wrong cell is shown.
const SHOWN: usize = 40;

/// Why a cell does not say what its column is for; reads as the end of "column X: …".
#[derive(Debug, PartialEq)]
pub(super) enum CellError {
    Empty,
    NotMoney(String),
    Ambiguous(Readings),
    Decimals { text: String, digits: u32 },
    NotWhole(String),
    NotNumber(String),
    Negative(String),
    TooLarge(String),
    NotFlag(String),
    NotStatus(String),
    NoHandle(String),
    TooLong { max: usize },
    Tangled,
    TooManyTags { max: usize },
    LongTag { tag: String, max: usize },
    NotSrc(String),
    NotUtf8,
    Nul,
}

impl CellError {
    fn message(&self) -> Message {
        match self {
            Self::Empty => Message::Empty,
            Self::NotMoney(cell) => Message::NotMoney { text: shown(cell) },
            Self::Ambiguous(readings) => Message::Ambiguous {
                readings: readings.clone(),
            },
            Self::Decimals { text, digits } => Message::Decimals {
                text: shown(text),
                digits: *digits,
            },
            Self::NotWhole(cell) => Message::NotWhole { text: shown(cell) },
            Self::NotNumber(cell) => Message::NotNumber { text: shown(cell) },
            Self::Negative(cell) => Message::Negative { text: shown(cell) },
            Self::TooLarge(cell) => Message::TooLarge { text: shown(cell) },
            Self::NotFlag(cell) => Message::NotFlag { text: shown(cell) },
            Self::NotStatus(cell) => Message::NotStatus { text: shown(cell) },
            Self::NoHandle(cell) => Message::NoHandle { text: shown(cell) },
            Self::TooLong { max } => Message::TooLong { most: *max },
            Self::Tangled => Message::Tangled,
            Self::TooManyTags { max } => Message::TooManyTags { most: *max },
            Self::LongTag { tag, max } => Message::LongTag {
                tag: shown(tag),
                most: *max,
            },
            Self::NotSrc(cell) => Message::NotSrc { text: shown(cell) },
            Self::NotUtf8 => Message::NotUtf8,
            Self::Nul => Message::Nul,
        }
    }
}

impl From<CellError> for JobText {
    fn from(error: CellError) -> Self {
        error.message().into()
    }
}

impl fmt::Display for CellError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message().words(Locale::En))
    }
}

/// The text, cut to a length that fits a message.
pub(super) fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The text, if it has no more than `max` characters.
pub(super) fn limited(text: &str, max: usize) -> Result<String, CellError> {
    if text.chars().count() > max {
        return Err(CellError::TooLong { max });
    }
    Ok(text.to_owned())
}

/// What the cell says, unless it is empty.
pub(super) fn filled<T>(
    text: &str,
    parse: impl FnOnce(&str) -> Result<T, CellError>,
) -> Result<Option<T>, CellError> {
    match text {
        "" => Ok(None),
        _ => parse(text).map(Some),
    }
}

/// Like [`limited`], with nothing for an empty cell.
pub(super) fn optional(text: &str, max: usize) -> Result<Option<String>, CellError> {
    limited(text, max).map(|text| Some(text).filter(|text| !text.is_empty()))
}

pub(super) fn handle(text: &str) -> Result<String, CellError> {
    if text.is_empty() {
        return Err(CellError::Empty);
    }
    let handle = spelled(text);
    if handle.is_empty() {
        return Err(CellError::NoHandle(text.to_owned()));
    }
    limited(&handle, MAX_SLUG)
}

pub(super) fn published(text: &str) -> Result<bool, CellError> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "1" => Ok(true),
        "false" | "no" | "0" => Ok(false),
        _ => Err(CellError::NotFlag(text.to_owned())),
    }
}

/// An unlisted product counts as inactive: a shop without such a state would show it to all.
pub(super) fn status_is_active(text: &str) -> Result<bool, CellError> {
    match text.to_ascii_lowercase().as_str() {
        "active" => Ok(true),
        "draft" | "archived" | "unlisted" => Ok(false),
        _ => Err(CellError::NotStatus(text.to_owned())),
    }
}

/// A picture's address that our pages can show: their policy allows https and our own files alone.
/// One with http is taken as https; a port is for http alone, so one that names it is refused.
pub(super) fn image_src(text: &str) -> Result<String, CellError> {
    let is_dots = |part: &str| part.to_ascii_lowercase().replace("%2e", ".") == "..";
    let not_src = || CellError::NotSrc(text.to_owned());
    if text.chars().any(char::is_control) {
        return Err(not_src());
    }
    if text.starts_with("/media/") {
        return match text.split(['/', '\\', '?', '#']).any(is_dots) {
            true => Err(not_src()),
            false => limited(text, MAX_SRC),
        };
    }
    let url = Url::parse(text).map_err(|_| not_src())?;
    let (_, rest) = text.split_once("://").ok_or_else(not_src)?;
    match url.scheme() {
        "https" => limited(text, MAX_SRC),
        "http" if url.port().is_none() => {
            let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
            let host = rest[..end].trim_end_matches(":80");
            limited(&format!("https://{host}{}", &rest[end..]), MAX_SRC)
        }
        _ => Err(not_src()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handle_becomes_a_slug_or_is_refused() {
        assert_eq!(handle("  Ocean Blue__Shirt! ").unwrap(), "ocean-blue-shirt");
        assert_eq!(handle("crème-brûlée-2").unwrap(), "creme-brulee-2");
        assert_eq!(handle("Größe").unwrap(), "grosse");
        assert_eq!(handle("日本語").unwrap(), "日本語");
        assert!(matches!(handle("---"), Err(CellError::NoHandle(_))));
        assert!(matches!(handle(""), Err(CellError::Empty)));
        assert!(handle(&"a".repeat(255)).is_ok());
        assert!(handle(&"a".repeat(256)).is_err());
    }

    #[test]
    fn pictures_come_from_the_web_or_from_media() {
        for text in [
            "https://example.com/a@2x.jpg",
            "HTTP://example.com",
            "/media/a/b..c.jpg",
        ] {
            assert!(image_src(text).is_ok(), "{text}");
        }
        for (text, taken) in [
            ("http://example.com", "https://example.com"),
            ("HTTP://example.com/a b.jpg", "https://example.com/a b.jpg"),
            ("http://example.com:80/a:80", "https://example.com/a:80"),
            ("https://example.com:8443/a", "https://example.com:8443/a"),
        ] {
            assert_eq!(image_src(text).as_deref(), Ok(taken));
        }
        for text in [
            "",
            "a.jpg",
            "//example.com/a.jpg",
            "/other/a.jpg",
            "javascript:alert(1)",
            "https://",
            "data:image/png,x",
            "/media/../secret",
            "/media/%2E./secret",
            "/media/a\\..\\b",
            "/media/..?x",
            "https://example.com/a\nb",
            "file:///etc/passwd",
            "http://example.com:8080/a.jpg",
            "https:example.com/a.jpg",
        ] {
            assert!(
                matches!(image_src(text), Err(CellError::NotSrc(_))),
                "{text}"
            );
        }
    }
}
