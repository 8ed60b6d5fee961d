//! Product descriptions: the HTML a shop may show, and no more.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

const TAGS: [&str; 25] = [
    "a",
    "b",
    "blockquote",
    "br",
    "caption",
    "em",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "i",
    "li",
    "ol",
    "p",
    "strong",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
];

/// Elements whose text was never meant to be read as part of the description.
const DROPPED_WITH_CONTENT: [&str; 9] = [
    "iframe", "math", "noembed", "noframes", "script", "style", "svg", "template", "title",
];

/// Enough for everything seen; what still changes after this many passes was built to.
const PASSES: usize = 8;

static FORMATTED: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(TAGS.into())
        .clean_content_tags(DROPPED_WITH_CONTENT.into())
        .generic_attributes(HashSet::new())
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href"])),
            ("td", HashSet::from(["colspan", "rowspan"])),
            ("th", HashSet::from(["colspan", "rowspan"])),
        ]))
        .url_schemes(["http", "https", "mailto"].into())
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("nofollow noopener"));
    builder
});

static PLAIN: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder.clean_content_tags(DROPPED_WITH_CONTENT.into());
    builder
});

/// Keeps text, paragraphs, lists, headings from h2, tables, quotes and links to the web or to a
/// mail address; drops all else. What comes out passes through unchanged a second time.
pub fn sanitise(html: &str) -> String {
    // Taking away an element can leave neighbours that a browser would nest differently (a
    // paragraph directly in a paragraph), so one pass is not always the last word.
    let mut current = FORMATTED.clean(html).to_string();
    for _ in 0..PASSES {
        let next = FORMATTED.clean(&current).to_string();
        if next == current {
            return current;
        }
        current = next;
    }
    PLAIN.clean(&current).to_string()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::sanitise;

    #[test]
    fn formatting_that_descriptions_use_is_kept() {
        for html in [
            "<p>Soft <strong>wool</strong>, <em>warm</em>.<br>Two lines</p>",
            "<ul><li>one</li><li><b>two</b></li></ul>",
            "<h2>Care</h2><blockquote>Wash <u>cold</u></blockquote>",
            "<table><thead><tr><th colspan=\"2\">Size</th></tr></thead><tbody><tr><td>S</td><td>M</td></tr></tbody></table>",
            "plain text &amp; no tags",
        ] {
            assert_eq!(sanitise(html), html);
        }
    }

    #[test]
    fn scripts_styles_frames_and_pictures_are_dropped() {
        for (html, kept) in [
            ("a<script>alert(1)</script>b", "ab"),
            ("a<style>p{}</style>b", "ab"),
            ("a<iframe src=//x>inner</iframe>b", "ab"),
            ("a<img src=x onerror=alert(1)>b", "ab"),
            (
                "<p style=\"color:red\" class=c id=i onclick=x()>a</p>",
                "<p>a</p>",
            ),
            ("<svg><script>alert(1)</script></svg>a", "a"),
            ("<h1>Big</h1>", "Big"),
            ("a<!-- note -->b", "ab"),
        ] {
            assert_eq!(sanitise(html), kept, "{html}");
        }
    }

    #[test]
    fn links_lead_only_to_the_web_or_to_mail() {
        assert_eq!(
            sanitise("<a href=\"https://example.com/\" target=_blank rel=opener>x</a>"),
            "<a href=\"https://example.com/\" rel=\"nofollow noopener\">x</a>"
        );
        assert!(sanitise("<a href=\"mailto:a@example.com\">x</a>").contains("mailto:"));
        for href in [
            "javascript:alert(1)",
            "data:text/html,x",
            "//example.com",
            " jAvascript:x",
        ] {
            let clean = sanitise(&format!("<a href=\"{href}\">x</a>"));
            assert_eq!(clean, "<a rel=\"nofollow noopener\">x</a>", "{href}");
        }
    }

    #[test]
    fn a_paragraph_left_inside_a_paragraph_settles() {
        let once = sanitise("<p>a<button><p>b</p></button></p>");
        assert_eq!(sanitise(&once), once);
    }

    fn soup() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            prop::sample::select(
                &[
                    "<p>",
                    "</p>",
                    "<a href=\"http://e.com/?a=1&b=2\">",
                    "<a href='javascript:x'>",
                    "</a>",
                    "<b>",
                    "</b>",
                    "<i>",
                    "</i>",
                    "<ul>",
                    "<li>",
                    "</ul>",
                    "<ol>",
                    "<table>",
                    "<tr>",
                    "<td>",
                    "<caption>",
                    "<colgroup>",
                    "<col>",
                    "<tbody>",
                    "</table>",
                    "<button>",
                    "</button>",
                    "<h2>",
                    "<h1>",
                    "</h2>",
                    "<blockquote>",
                    "<div>",
                    "</div>",
                    "<svg>",
                    "<math>",
                    "<mtext>",
                    "<style>",
                    "</style>",
                    "<script>",
                    "</script>",
                    "<template>",
                    "<select>",
                    "<option>",
                    "<textarea>",
                    "<pre>\n",
                    "<title>",
                    "<noscript>",
                    "<form>",
                    "<font>",
                    "<nobr>",
                    "<marquee>",
                    "<br>",
                    "</br>",
                    "<!--",
                    "-->",
                    "<![CDATA[",
                    "]]>",
                    "&amp;",
                    "&lt;b&gt;",
                    "&nbsp;",
                    "&#0;",
                    "&",
                    "<",
                    ">",
                    "\"",
                    "'",
                    "\n",
                    " ",
                ][..]
            )
            .prop_map(str::to_owned),
            "\\PC{0,6}",
        ];
        prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn sanitising_twice_changes_nothing(html in soup()) {
            let once = sanitise(&html);
            prop_assert_eq!(&sanitise(&once), &once);
            // The reader stores it trimmed, and an export is read again.
            prop_assert_eq!(sanitise(once.trim()).trim(), once.trim());
        }

        #[test]
        fn nothing_that_runs_survives(html in soup()) {
            let clean = sanitise(&html);
            for bad in ["<script", "<style", "<svg", "<math", "<iframe", "href=\"javascript"] {
                prop_assert!(!clean.contains(bad), "{} in {}", bad, clean);
            }
        }
    }
}
