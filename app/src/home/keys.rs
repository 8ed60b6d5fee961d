//! What an item inside a block is known by to its translations: a key that stays with it when its place or
//! its words change, and that no other item of the block ever gets.

use super::types::{Button, Promise};

pub(super) trait Keyed {
    fn key(&self) -> &str;
    fn set_key(&mut self, key: String);
    /// By which an item is known again that was moved.
    fn words(&self) -> &str;
}

impl Keyed for Button {
    fn key(&self) -> &str {
        &self.key
    }

    fn set_key(&mut self, key: String) {
        self.key = key;
    }

    fn words(&self) -> &str {
        &self.words
    }
}

impl Keyed for Promise {
    fn key(&self) -> &str {
        &self.key
    }

    fn set_key(&mut self, key: String) {
        self.key = key;
    }

    fn words(&self) -> &str {
        &self.title
    }
}

/// The key of the item at this place, counted from 0. Items of an older version were known by their places.
pub fn key_of(at: usize, key: &str) -> String {
    match key.is_empty() {
        true => (at + 1).to_string(),
        false => key.to_owned(),
    }
}

/// Gives a key to each item, which comes with the place it was typed at: that of the item before that has
/// its words, or else of the one that was at its place, or else a new one. `last` is the last key that was
/// new.
pub(super) fn keep<T: Keyed>(typed: &mut [(usize, T)], before: &[T], last: &mut usize) {
    let keys = before.iter().enumerate();
    let mut free: Vec<Option<String>> = keys
        .map(|(at, item)| Some(key_of(at, item.key())))
        .collect();
    for (_, item) in typed.iter_mut() {
        let words = item.words();
        let known = before.iter().zip(&mut free);
        let mut known = known.filter(|(old, key)| key.is_some() && old.words() == words);
        let key = known.next().and_then(|(_, key)| key.take());
        item.set_key(key.unwrap_or_default());
    }
    for (at, item) in typed.iter_mut().filter(|(_, item)| item.key().is_empty()) {
        let there = free.get_mut(*at).and_then(Option::take);
        let key = there.unwrap_or_else(|| {
            *last += 1;
            last.to_string()
        });
        item.set_key(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(before: &[(&str, &str)], typed: &[&str], last: &mut usize) -> Vec<(String, String)> {
        let promise = |key: &str, title: &str| Promise {
            key: key.to_owned(),
            title: title.to_owned(),
            ..Promise::default()
        };
        let before: Vec<_> = before
            .iter()
            .map(|(key, title)| promise(key, title))
            .collect();
        let places = typed.iter().enumerate();
        let mut typed: Vec<_> = places
            .filter(|(_, title)| !title.is_empty())
            .map(|(at, title)| (at, promise("", title)))
            .collect();
        keep(&mut typed, &before, last);
        let typed = typed.into_iter();
        typed.map(|(_, item)| (item.title, item.key)).collect()
    }

    #[test]
    fn a_key_stays_with_its_item_and_is_given_once() {
        let mut last = 4;
        let old = [("", "Fast"), ("", "Safe"), ("", "Cheap")];
        let mut check = |before: &[(&str, &str)], typed: &[&str], expected: &[&str]| {
            let kept = kept(before, typed, &mut last);
            let keys: Vec<_> = kept.iter().map(|(_, key)| key.as_str()).collect();
            assert_eq!(keys, expected, "{typed:?}");
        };
        check(&old, &["Fast", "Safe", "Cheap"], &["1", "2", "3"]);
        // In another order, one deleted, and one that says something else.
        check(&old, &["Cheap", "Fast", "Safe"], &["3", "1", "2"]);
        check(&old, &["", "Safe", "Cheap"], &["2", "3"]);
        check(&old, &["Fast", "Safer", "Cheap"], &["1", "2", "3"]);
        check(&old, &["Safe", "Fast!", "Cheap"], &["2", "5", "3"]);
        // What is new gets no key that one before has had.
        let left = [("2", "Safe"), ("3", "Cheap")];
        check(&left, &["Safe", "Cheap", "New"], &["2", "3", "6"]);
        check(&[], &["Same", "Same"], &["7", "8"]);
        check(
            &[("7", "Same"), ("8", "Same")],
            &["Same", "Same"],
            &["7", "8"],
        );
    }
}
