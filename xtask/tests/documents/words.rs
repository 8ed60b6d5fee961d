//! Documents are written in plain English.

use crate::{Document, markdown, root, texts_of};

/// Turns that puzzle readers, each with what to write.
const TURNS: [(&str, &str); 20] = [
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
    ("stands", "is"),
    ("to be had", "available"),
    ("whoever", "anybody who"),
    ("work out", "calculate"),
    ("worked out", "calculated"),
    ("works out", "calculates"),
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
    for (sources, least) in [
        ("app/src", 10),
        ("app/storefront/src", 1),
        ("app/desk/src", 10),
        ("server/src", 10),
        ("server/lib", 10),
    ] {
        let catalogues = texts_of(&root().join(sources), "en.ftl");
        let found_there = catalogues.len();
        assert!(found_there >= least, "only {found_there} in {sources}");
        for (path, text) in catalogues {
            assert_eq!(found(&text), [""; 0], "{}", path.display());
        }
    }
}

/// What is between quotation marks in a source, line by line.
fn literals(source: &str) -> impl Iterator<Item = &str> {
    let lines = source.lines();
    let code = lines.filter(|line| !line.trim_start().starts_with("//"));
    code.flat_map(|line| line.split('"').skip(1).step_by(2))
}

#[test]
fn what_metrics_say_of_themselves_is_in_plain_words() {
    let source = Document::read("server/src/telemetry.rs");
    let mut read = 0;
    for words in literals(&source.text).filter(|words| words.contains(' ')) {
        read += 1;
        assert_eq!(found(words), [""; 0], "{words}");
    }
    assert!(read > 30, "only {read} were found");
}

#[test]
fn a_turn_is_found_as_whole_words_and_over_lines() {
    assert_eq!(found("Made\nanew, to be\nhad.").len(), 2);
    assert_eq!(found("Recommend `anew`.").len(), 0);
    assert_eq!(found("It stands, as worked\nout.").len(), 2);
    let source = "// \"No\"\nsay(\"One two\", \"three\");";
    assert_eq!(literals(source).collect::<Vec<_>>(), ["One two", "three"]);
}
