//! No mail says part of it in another language.

use std::collections::BTreeSet;

use super::{german_mails, mails};
use crate::support::same_on_both;

/// Words that hardly a text does without, and that the other language does not have.
const ENGLISH: &[&str] = &[
    "the", "your", "you", "we", "and", "of", "is", "for", "to", "with", "has", "have", "this",
    "it", "if", "from", "been", "by", "be", "or", "total", "payment", "address",
];
const GERMAN: &[&str] = &[
    "der",
    "das",
    "und",
    "ist",
    "sie",
    "ihr",
    "ihre",
    "wir",
    "nicht",
    "mit",
    "auf",
    "ein",
    "eine",
    "haben",
    "wurde",
    "wenn",
    "von",
    "für",
    "bestellung",
    "zahlung",
    "gesamtsumme",
    "adresse",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_mail_is_in_two_languages() {
    let (english, german) = (same_on_both(mails).await, same_on_both(german_mails).await);
    for ((name, english), (of, german)) in english.iter().zip(&german) {
        assert_eq!(name, of);
        if ["contact_message", "staff_invitation"].contains(&name.as_str()) {
            assert_eq!(english, german, "the staff reads what the shop speaks");
            continue;
        }
        for (mail, others) in [(english, GERMAN), (german, ENGLISH)] {
            let shown = words(mail);
            let strange: Vec<_> = others
                .iter()
                .filter(|word| shown.contains(**word))
                .collect();
            assert!(strange.is_empty(), "{strange:?} in {name}: {mail}");
        }
        let sentences: BTreeSet<_> = english.lines().filter(|line| is_said(line)).collect();
        for line in german.lines().filter(|line| is_said(line)) {
            assert!(!sentences.contains(line), "{name}: {line:?}");
        }
        assert!(german.contains("<html lang=\"de\">"), "{name}");
        // Every page of the shop that it leads to is the German one; the admin area's addresses
        // have no language.
        for (at, own) in german.match_indices("http://shop.test") {
            let path = german[at + own.len()..].lines().next().unwrap_or_default();
            let is_german = path.starts_with("/de") || path.starts_with("/admin");
            assert!(is_german, "{name}: {path}");
        }
    }
}

/// What of a mail is said: without its HTML, its addresses and what is random.
fn words(mail: &str) -> BTreeSet<String> {
    let (_, mail) = mail.split_once("Subject: ").expect("a subject");
    let mut shown = String::new();
    let mut in_tag = false;
    for letter in mail.chars() {
        match letter {
            '<' => in_tag = true,
            '>' => in_tag = false,
            letter if !in_tag => shown.push(letter),
            _ => {}
        }
        if in_tag || letter == '>' {
            shown.push(' ');
        }
    }
    shown
        .split_whitespace()
        .filter(|word| !word.starts_with("http") && !word.starts_with('['))
        .flat_map(|word| word.split(|letter: char| !letter.is_alphanumeric()))
        .map(str::to_lowercase)
        .collect()
}

/// A line of the text with three words or more; a name, an address or an amount has fewer.
fn is_said(line: &str) -> bool {
    let is_word = |word: &&str| word.chars().filter(|letter| letter.is_alphabetic()).count() > 1;
    !line.contains(['<', '=', '[']) && line.split_whitespace().filter(is_word).count() > 2
}
