//! Texts of products and pages: the HTML a shop may show, and the words in it.

mod sanitise;
mod separate;
mod tokens;
mod words;

pub use sanitise::{is_tangled, sanitise, sanitise_page};
pub use words::plain_text;

/// Elements that are kept and are within a line.
const INLINE: [&str; 15] = [
    "a", "abbr", "b", "del", "em", "i", "ins", "mark", "s", "small", "strike", "strong", "sub",
    "sup", "u",
];

/// Elements that are kept and start a line of their own.
const BLOCKS: [&str; 18] = [
    "blockquote",
    "caption",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "ol",
    "p",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Elements that are not kept, and that every browser starts a line for.
const UNKEPT_BLOCKS: [&str; 31] = [
    "address",
    "article",
    "aside",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "header",
    "hgroup",
    "hr",
    "legend",
    "listing",
    "main",
    "menu",
    "nav",
    "optgroup",
    "option",
    "pre",
    "search",
    "section",
    "summary",
];

/// Whether text before and after the element's start, or its end, is on two lines.
fn starts_a_line(element: &str) -> bool {
    element == "br" || BLOCKS.contains(&element) || UNKEPT_BLOCKS.contains(&element)
}
