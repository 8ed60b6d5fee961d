//! Documents are written in plain English.

use crate::{Document, markdown, root, texts_of};

/// Turns that puzzle readers, each with what to write.
const TURNS: [(&str, &str); 17] = [
    ("anew", "again"),
    ("broke off", "failed"),
    ("can be had", "is available"),
    ("goes by", "uses"),
    ("go by", "use"),
    ("in the meantime", "since"),
    ("lies in", "is in"),
    ("mend", "fix"),
    ("mended", "fixed"),
    ("mends", "fixes"),
    ("parted by", "separated by"),
    ("so far", "until now"),
    ("somebody", "someone"),
    ("by now", "current"),
    ("stands in", "is in"),
    ("to be had", "available"),
    ("whoever", "anybody who"),
];

/// The turns in a text, with what to write.
fn found(text: &str) -> Vec<String> {
    let prose = markdown::prose(text).to_lowercase();
    let words: Vec<_> = prose
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let line = format!(" {} ", words.join(" "));
    let turns = TURNS
        .iter()
        .filter(|(turn, _)| line.contains(&format!(" {turn} ")));
    turns
        .map(|(turn, plain)| format!("\"{turn}\": write \"{plain}\""))
        .collect()
}

#[test]
fn documents_are_in_plain_words() {
    let mut faults = Vec::new();
    for document in Document::all() {
        let turns = found(&document.text);
        faults.extend(
            turns
                .iter()
                .map(|turn| format!("{}: {turn}", document.name)),
        );
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn english_catalogues_are_in_plain_words() {
    for sources in ["app/src", "app/desk/src", "server/src"] {
        let catalogues = texts_of(&root().join(sources), "en.ftl");
        assert!(catalogues.len() > 5, "only {} were found", catalogues.len());
        for (path, text) in catalogues {
            assert_eq!(found(&text), [""; 0], "{}", path.display());
        }
    }
}

#[test]
fn a_turn_is_found_as_whole_words_and_over_lines() {
    assert_eq!(found("Made\nanew, to be\nhad.").len(), 2);
    assert_eq!(found("Recommend `anew`.").len(), 0);
}
