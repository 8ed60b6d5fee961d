//! As much of Markdown as the documents use.

/// The text without its blocks of code.
fn without_blocks(text: &str) -> String {
    let mut in_block = false;
    let mut kept = String::new();
    for line in text.lines() {
        let is_fence = line.trim_start().starts_with("```");
        if !is_fence && !in_block {
            kept += line;
            kept.push('\n');
        }
        in_block ^= is_fence;
    }
    kept
}

/// What is said in words: without blocks and spans of code.
pub fn prose(text: &str) -> String {
    without_blocks(text).split('`').step_by(2).collect()
}

/// The spans of code outside of blocks.
pub fn code_spans(text: &str) -> Vec<String> {
    let text = without_blocks(text);
    let spans = text.split('`').skip(1).step_by(2);
    spans.map(str::to_owned).collect()
}

/// Where links and pictures lead.
pub fn targets(text: &str) -> Vec<String> {
    let prose = prose(text);
    let behind = prose.split("](").skip(1);
    let targets = behind.filter_map(|rest| rest.split_once(')'));
    targets.map(|(target, _)| target.to_owned()).collect()
}

/// What is emphasised, in one line each; bold text is not.
pub fn italics(text: &str) -> Vec<String> {
    let plain = prose(text).replace("**", "");
    let words = plain.split('*').skip(1).step_by(2);
    let lines = words.map(|words| words.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.collect()
}

/// The names by which links reach the headings, as GitHub makes them.
pub fn anchors(text: &str) -> Vec<String> {
    let text = without_blocks(text);
    let headings = text.lines().filter(|line| line.starts_with('#'));
    headings
        .map(|line| {
            let heading = line.trim_start_matches('#').trim();
            heading
                .chars()
                .filter_map(|c| match c {
                    ' ' => Some('-'),
                    '-' | '_' => Some(c),
                    c if c.is_alphanumeric() => Some(c.to_ascii_lowercase()),
                    _ => None,
                })
                .collect()
        })
        .collect()
}

#[test]
fn links_are_read_outside_of_code_alone() {
    let text =
        "See [one](a.md#b), `[two](no.md)` and\n![three](c.webp).\n```sh\n[four](no.md)\n```\n";
    assert_eq!(targets(text), ["a.md#b", "c.webp"]);
}

#[test]
fn emphasis_goes_over_lines_and_bold_is_none() {
    let text = "**Bold** and *one\n  word*, `*code*`, *two*.";
    assert_eq!(italics(text), ["one word", "two"]);
}

#[test]
fn anchors_are_githubs() {
    let text = "# A title\n\n## When something goes wrong, at 9\n\n```sh\n# no heading\n```\n## Who did that?\n";
    assert_eq!(
        anchors(text),
        ["a-title", "when-something-goes-wrong-at-9", "who-did-that"]
    );
}
