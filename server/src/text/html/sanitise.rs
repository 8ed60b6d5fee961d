//! What of a description's HTML is shown.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use ammonia::{Builder, UrlRelative};

use super::{BLOCKS, INLINE, UNKEPT_BLOCKS, separate::separate};

/// Elements whose text was never meant to be read as part of the description.
const DROPPED_WITH_CONTENT: [&str; 13] = [
    "audio", "canvas", "iframe", "math", "noembed", "noframes", "noscript", "script", "style",
    "svg", "template", "title", "video",
];

/// Elements that a browser opens again in every block after the one they were left open in. Without
/// attributes it does so for three of a kind only.
const REOPENED: [&str; 14] = [
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

/// Parsing takes time by the square of how deep elements are nested.
const MAX_TAGS: usize = 5000;

/// Bounds how many elements come of opening again, and so the memory for them.
const MAX_REOPENINGS: usize = 500_000;

/// Enough for everything seen; what still changes after this many passes was built to.
const PASSES: usize = 9;

/// For products: their texts come from elsewhere, too, and name no addresses of this shop.
static PRODUCTS: LazyLock<Cleaner> = LazyLock::new(|| Cleaner::with_links(|| UrlRelative::Deny));

/// For the owner's pages, which lead to one another.
static PAGES: LazyLock<Cleaner> =
    LazyLock::new(|| Cleaner::with_links(|| UrlRelative::Custom(Box::new(own_address))));

struct Cleaner {
    allowed: Builder<'static>,
    /// With the blocks that are not kept: where they were is still to be seen.
    with_unkept_blocks: Builder<'static>,
}

impl Cleaner {
    fn with_links(relative: fn() -> UrlRelative<'static>) -> Self {
        Self {
            allowed: builder(&[], relative()),
            with_unkept_blocks: builder(&UNKEPT_BLOCKS, relative()),
        }
    }
}

/// A path of this shop: what a browser could read as another host's address is none.
fn own_address(url: &str) -> Option<Cow<'_, str>> {
    let is_own = url.starts_with('/')
        && !url.starts_with("//")
        && !url
            .chars()
            .any(|c| c == '\\' || c.is_control() || c.is_whitespace());
    is_own.then_some(Cow::Borrowed(url))
}

fn builder(more: &[&'static str], relative: UrlRelative<'static>) -> Builder<'static> {
    let kept = INLINE.iter().chain(&BLOCKS).chain(&["br"]);
    let mut builder = Builder::empty();
    builder
        .tags(kept.chain(more).copied().collect())
        .clean_content_tags(DROPPED_WITH_CONTENT.into())
        .generic_attributes(HashSet::new())
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href"])),
            ("abbr", HashSet::from(["title"])),
            ("td", HashSet::from(["colspan", "rowspan"])),
            ("th", HashSet::from(["colspan", "rowspan"])),
        ]))
        .url_schemes(["http", "https", "mailto", "tel"].into())
        .url_relative(relative)
        .link_rel(Some("nofollow noopener"));
    builder
}

/// Whether parsing the text would take more time and memory than any real description needs: a few
/// thousand tags can be arranged so that they make millions of elements.
pub fn is_tangled(html: &str) -> bool {
    let tags = html
        .split('<')
        .skip(1)
        .filter(|tag| tag.starts_with(|letter: char| letter.is_ascii_alphabetic()));
    let reopened = tags.clone().filter(|tag| {
        let end = tag.find(|letter: char| !letter.is_ascii_alphanumeric());
        let (name, rest) = tag.split_at(end.unwrap_or(tag.len()));
        let is_known = |known: &&str| name.eq_ignore_ascii_case(known);
        !rest.starts_with('>') && REOPENED.iter().any(is_known)
    });
    let count = tags.clone().count();
    count > MAX_TAGS || count * reopened.count() > MAX_REOPENINGS
}

/// Keeps text, paragraphs, lists, headings from h2, tables, quotes, marks such as bold, struck out or
/// raised, and links to the web, to a mail address or a telephone; drops all else. A block that is
/// dropped leaves a line break between its text and its neighbours'. What comes out passes through
/// unchanged a second time.
///
/// HTML with more tags than a description can need becomes text, tags and all.
pub fn sanitise(html: &str) -> String {
    PRODUCTS.sanitise(html)
}

/// The same for the owner's pages, whose links may also lead to paths of this shop.
pub fn sanitise_page(html: &str) -> String {
    PAGES.sanitise(html)
}

impl Cleaner {
    fn sanitise(&self, html: &str) -> String {
        let mut current = html.to_owned();
        // Taking away an element can leave neighbours that a browser would nest differently (a
        // paragraph directly in a paragraph), so one pass is not always the last word.
        for _ in 0..PASSES {
            if is_tangled(&current) {
                break;
            }
            let next = self.clean(&current);
            if next == current {
                return current;
            }
            current = next;
        }
        self.clean(&current.replace('<', "&lt;"))
    }

    /// A parser changes a carriage return, and takes away a byte order mark at the start, where
    /// trimming could bring one; without them it reads its own output as it was meant.
    fn clean(&self, html: &str) -> String {
        let marked = self.with_unkept_blocks.clean(html).to_string();
        let clean = match separate(&marked) {
            None => marked,
            Some(separated) if is_tangled(&separated) => separated.replace('<', "&lt;"),
            // The sanitiser has the last word on whatever was put together.
            Some(separated) => self.allowed.clean(&separated).to_string(),
        };
        clean.replace(['\u{feff}', '\r'], "")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{sanitise, sanitise_page};
    use crate::text::html::plain_text;

    #[test]
    fn formatting_that_descriptions_use_is_kept() {
        for html in [
            "<p>Soft <strong>wool</strong>, <em>warm</em>.<br>Two lines</p>",
            "<ul><li>one</li><li><b>two</b></li></ul>",
            "<h2>Care</h2><blockquote>Wash <u>cold</u></blockquote>",
            "<table><thead><tr><th colspan=\"2\">Size</th></tr></thead><tbody><tr><td>S</td><td>M</td></tr></tbody></table>",
            "plain text &amp; no tags",
            "was <s>20</s> <del>18</del> <ins>10</ins> per m<sup>2</sup>, CO<sub>2</sub>",
            "<mark>new</mark> <small>small print</small> <abbr title=\"centimetres\">cm</abbr>",
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
            ("a<noscript><p>No script</p></noscript>b", "ab"),
            ("a<video src=x>Your browser shows no films</video>b", "ab"),
        ] {
            assert_eq!(sanitise(html), kept, "{html}");
        }
    }

    #[test]
    fn links_of_pages_lead_to_paths_of_this_shop_and_to_no_other_host() {
        let link = |href: &str| sanitise_page(&format!("<a href=\"{href}\">x</a>"));
        for own in ["/pages/terms", "/", "/products?q=a#b"] {
            assert!(link(own).contains(&format!("href=\"{own}\"")), "{own}");
        }
        for other in [
            "//evil.test",
            "/\\evil.test",
            "/\t/evil.test",
            "\\evil",
            "pages/terms",
            "javascript:x",
            "?a",
            "#b",
        ] {
            assert!(!link(other).contains("href"), "{other:?}");
            assert!(!sanitise(&format!("<a href=\"{other}\">x</a>")).contains("href"));
        }
        assert!(!sanitise("<a href=\"/pages/terms\">x</a>").contains("href"));
    }

    #[test]
    fn links_lead_only_to_the_web_to_mail_and_to_a_telephone() {
        assert_eq!(
            sanitise("<a href=\"https://example.com/\" target=_blank rel=opener>x</a>"),
            "<a href=\"https://example.com/\" rel=\"nofollow noopener\">x</a>"
        );
        for href in ["mailto:a@example.com", "tel:+49301234567"] {
            let clean = sanitise(&format!("<a href=\"{href}\">x</a>"));
            assert!(clean.contains(&format!("<a href=\"{href}\"")), "{clean}");
        }
        for href in [
            "javascript:alert(1)",
            "data:text/html,x",
            "//example.com",
            " jAvascript:x",
            "/size-guide",
            "#care",
            "",
        ] {
            let clean = sanitise(&format!("a <a href=\"{href}\">x <b>y</b></a> z"));
            assert_eq!(clean, "a x <b>y</b> z", "{href}");
        }
    }

    #[test]
    fn a_block_that_is_taken_away_leaves_a_break() {
        for (html, kept) in [
            ("<div>First</div><div>Second</div>", "First<br>Second"),
            ("<h1>Boots</h1>Dry feet", "Boots<br>Dry feet"),
            (
                "<dl><dt>Material</dt><dd>Wool</dd><dt>Origin</dt><dd>Wales</dd></dl>",
                "Material<br>Wool<br>Origin<br>Wales",
            ),
            (
                "<section>A</section><article>B</article><details><summary>C</summary>D</details>",
                "A<br>B<br>C<br>D",
            ),
            (
                "<table><tr><td><div>A</div><div>B</div></td><td>C</td></tr></table>",
                "<table><tbody><tr><td>A<br>B</td><td>C</td></tr></tbody></table>",
            ),
            (
                "<ul><li><div>one</div></li><li><div>two</div></li></ul>",
                "<ul><li>one</li><li>two</li></ul>",
            ),
            (
                "Size <select><option>S</option><option>M</option></select>",
                "Size <br>S<br>M",
            ),
            ("soft <span>wool</span>, warm", "soft wool, warm"),
        ] {
            assert_eq!(sanitise(html), kept, "{html}");
        }
    }

    #[test]
    fn entities_stay_what_they_stand_for() {
        for html in ["&amp;lt;br&amp;gt;", "&lt;br&gt;", "<p>a&nbsp;b</p>"] {
            assert_eq!(sanitise(html), html);
            let inside = format!("<div>{html}</div><div>x</div>");
            assert!(sanitise(&inside).starts_with(html), "{html}");
        }
    }

    #[test]
    fn a_paragraph_left_inside_a_paragraph_settles() {
        let once = sanitise("<p>a<button><p>b</p></button></p>");
        assert_eq!(sanitise(&once), once);
    }

    #[test]
    fn html_built_to_exhaust_the_server_becomes_text() {
        let reopened: String = (0..2000).map(|number| format!("<B\na={number}>")).collect();
        for html in [
            "<div>".repeat(40_000),
            format!("<p>{reopened}</p>{}", "<p>x".repeat(2000)),
        ] {
            let text = sanitise(&html);
            assert!(text.starts_with("&lt;") && !text.contains('<'));
            assert_eq!(sanitise(&text), text);
        }
        let rich = "<p><a href=\"https://example.com/\">x</a></p>".repeat(300);
        assert_eq!(sanitise(&rich).matches("<a ").count(), 300);
    }

    #[test]
    fn a_mark_or_a_line_end_that_a_parser_would_change_is_not_left() {
        assert_eq!(sanitise(" \u{feff}x&#13;y\r\nz"), " xy\nz");
        let many = format!("{}&#13;", "<p>".repeat(5001));
        assert_eq!(sanitise(&sanitise(&many)), sanitise(&many));
    }

    #[test]
    fn html_that_grows_when_it_is_closed_stays_what_it_is() {
        for html in ["<p>x".repeat(4900), "</p>x".repeat(8000)] {
            let once = sanitise(&html);
            assert_eq!(sanitise(&once), once);
        }
        assert!(sanitise(&"<li>x".repeat(4900)).ends_with("<li>x</li>"));
    }

    const PIECES: &str = "<p> </p> <a\thref=\"http://e.com/?a=1&b=2\"> <a\thref='javascript:x'> </a> \
        <b> </b> <i> <ul> <li> </ul> <ol> <table> <tr> <td> <caption> <colgroup> <col> <tbody> \
        </table> <button> </button> <h2> <h1> </h2> <blockquote> <div> </div> <dl> <dt> <hr> <s> </s> <sup> <a> <svg> <math> <mtext> \
        <style> </style> <script> </script> <template> <select> <option> <textarea> <pre>\n <title> \
        <noscript> <form> <font> <nobr> <marquee> <br> </br> <!-- --> <![CDATA[ ]]> &amp; \
        &lt;b&gt; &nbsp; &#xfeff; &#0; &#13; & < > \" ' \u{feff} \n";

    fn soup() -> impl Strategy<Value = String> {
        let pieces: Vec<_> = PIECES.split(' ').map(str::to_owned).collect();
        let piece = prop_oneof![
            prop::sample::select(pieces),
            "\\PC{0,6}",
            Just(" ".to_owned())
        ];
        prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn sanitising_twice_changes_nothing(html in soup()) {
            let once = sanitise(&html);
            prop_assert_eq!(&sanitise(&once), &once);
            // The reader stores it trimmed, and an export is read again.
            let stored = once.trim();
            let again = sanitise(stored);
            prop_assert_eq!(again.trim(), stored);
        }

        #[test]
        fn the_words_are_those_of_what_is_shown(html in soup()) {
            let clean = sanitise(&html);
            let words = plain_text(&clean);
            let escaped = words.replace('&', "&amp;").replace('<', "&lt;");
            prop_assert_eq!(plain_text(&escaped), words);
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
