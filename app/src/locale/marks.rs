//! Marks around everything that comes from the catalogues: `⟦Save~~⟧`. A test that reads a page sees by
//! them which words have another source, and whether words that are a third longer still fit.
//!
//! They are on for all of a process or off; a shop never turns them on.

use std::{
    collections::HashMap,
    sync::{
        LazyLock, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

static ARE_ON: AtomicBool = AtomicBool::new(false);

/// Marked texts by what they are made of. As many as there are messages, and they are never dropped.
static PLAIN: LazyLock<Mutex<HashMap<&'static str, &'static str>>> = LazyLock::new(Mutex::default);

/// Puts marks around all texts of this process from now on.
pub fn mark_texts() {
    ARE_ON.store(true, Ordering::Relaxed);
}

fn are_on() -> bool {
    ARE_ON.load(Ordering::Relaxed)
}

/// A message without arguments, as it is shown.
pub fn plain(text: &'static str) -> &'static str {
    if !are_on() {
        return text;
    }
    let mut known = PLAIN.lock().unwrap_or_else(PoisonError::into_inner);
    known
        .entry(text)
        .or_insert_with(|| Box::leak(marked(text).into_boxed_str()))
}

/// A message with arguments, as it is shown.
pub fn whole(text: String) -> String {
    match are_on() {
        true => marked(&text),
        false => text,
    }
}

/// Words that are a third longer, in pieces no longer than words are. Nothing stays nothing.
fn marked(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let longer = text.chars().count().div_ceil(3);
    let pieces: Vec<_> = (0..longer)
        .step_by(8)
        .map(|at| "~".repeat(8.min(longer - at)))
        .collect();
    format!("⟦{text}{}⟧", pieces.join(" "))
}

#[cfg(test)]
mod tests {
    use super::{marked, plain, whole};

    #[test]
    fn marked_words_are_a_third_longer() {
        assert_eq!(marked(""), "");
        assert_eq!(marked("Save"), "⟦Save~~⟧");
        let long = marked(&"x".repeat(30));
        assert!(long.ends_with("x~~~~~~~~ ~~⟧"), "{long}");
    }

    #[test]
    fn nobody_sees_marks_unless_they_are_turned_on() {
        assert_eq!(plain("Save"), "Save");
        assert_eq!(whole("Save".to_owned()), "Save");
    }
}
