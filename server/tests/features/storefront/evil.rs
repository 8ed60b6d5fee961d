//! Texts that would be a script, if a page took them for one.

use crate::support::Answer;

/// Each holds `evil()`, which must be nowhere on a page where a browser would run it.
pub const TEXTS: [&str; 12] = [
    "<script>evil()</script>",
    "</title><script>evil()</script>",
    "</textarea><script>evil()</script>",
    "\"><script>evil()</script>",
    "' onmouseover='evil()' x='",
    "\" onfocus=\"evil()\" autofocus=\"",
    "<img src=x onerror=evil()>",
    "<svg/onload=evil()>",
    "<a href=\"javascript:evil()\">x</a>",
    "<math><mi xlink:href=\"data:x,<script>evil()</script>\">",
    "[x](javascript:evil())",
    "<!--<img src=\"--><img src=x onerror=evil()//\">",
];

/// Links that lead to a script, to another site by a trick, or nowhere.
pub const LINKS: [&str; 13] = [
    "javascript:evil()",
    "JaVaScRiPt:evil()",
    " javascript:evil()",
    "java\tscript:evil()",
    "data:text/html,<script>evil()</script>",
    "vbscript:evil()",
    "//evil.example",
    "/\\evil.example",
    "/%5cevil.example",
    "http://evil.example",
    "https://user@evil.example",
    "https://",
    "evil.example",
];

/// Fails if a browser would run anything of [`TEXTS`] on this page.
#[track_caller]
pub fn assert_harmless(page: &Answer) {
    let html = without_data(&page.body.to_lowercase());
    for (at, _) in html.match_indices("evil()") {
        let before = &html[..at];
        // Within a tag that is still open, it is an attribute's value; it must not be one of its own.
        if let Some((_, tag)) = before.rsplit_once('<')
            && !tag.contains('>')
        {
            let quotes = tag.matches('"').count();
            assert_eq!(quotes % 2, 1, "in a tag, outside of quotes: {tag}");
            let name = tag.rsplit_once("=\"").map_or("", |(name, _)| name);
            let name = name.rsplit(char::is_whitespace).next().unwrap_or_default();
            assert!(!name.starts_with("on"), "{name}: {tag}");
            let is_address = ["href", "src", "action", "formaction"].contains(&name);
            let value = tag.rsplit_once("=\"").map_or("", |(_, value)| value);
            assert!(!is_address || !is_script(value), "{tag}");
        }
        let opened = before.matches("<script").count();
        let closed = before.matches("</script").count();
        assert_eq!(opened, closed, "within a script: {}", tail(before));
    }
    for (at, _) in html.match_indices("href=\"javascript:") {
        // What is typed may be shown, as text.
        let is_in_tag = html[..at]
            .rsplit_once('<')
            .is_some_and(|(_, tag)| !tag.contains('>'));
        assert!(!is_in_tag, "a link is a script");
    }
}

/// Whether a browser takes an address for a script: a path, or a place on the page, has other letters than a
/// scheme before its first colon.
fn is_script(address: &str) -> bool {
    let scheme = address
        .split_once(':')
        .map_or("", |(scheme, _)| scheme.trim());
    let is_scheme = |c: char| c.is_ascii_alphanumeric() || "+-.&#;\t\n".contains(c);
    scheme.ends_with("script") && scheme.chars().all(is_scheme)
}

/// The page without what search engines read, in which no tag may begin or end.
#[track_caller]
fn without_data(html: &str) -> String {
    const DATA: &str = "<script type=\"application/ld+json\">";
    let mut parts = html.split(DATA);
    let mut rest = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (data, after) = part.split_once("</script>").expect("the data ends");
        assert!(!data.contains('<'), "a tag within data: {data}");
        rest.push_str(after);
    }
    rest
}

fn tail(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    letters[letters.len().saturating_sub(200)..]
        .iter()
        .collect()
}
