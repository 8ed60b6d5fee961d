//! The words of a description, for everything that shows no HTML: what search engines and previews
//! are told, the search index, comparisons.

use html5ever::tokenizer::Token;

use super::{starts_a_line, tokens::tokens};

/// The words of sanitised HTML, with single blanks between them. Where a line ends words end; what
/// is within a line adds nothing.
pub fn plain_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    for token in tokens(html) {
        match token {
            Token::CharacterTokens(piece) => text.push_str(&piece),
            Token::TagToken(tag) if starts_a_line(&tag.name) => text.push(' '),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::plain_text;

    #[test]
    fn words_of_two_blocks_stay_apart() {
        for (html, words) in [
            (
                "<p>Salt &amp; pepper</p><ul><li>2 pcs</li></ul>",
                "Salt & pepper 2 pcs",
            ),
            ("First<br>Second", "First Second"),
            ("<h2>Care</h2>Wash cold", "Care Wash cold"),
            (
                "<table><tbody><tr><td>S</td><td>M</td></tr></tbody></table>",
                "S M",
            ),
            ("<div>First</div><div>Second</div>", "First Second"),
            (" a \n\u{a0}&nbsp; b ", "a b"),
        ] {
            assert_eq!(plain_text(html), words, "{html}");
        }
    }

    #[test]
    fn what_stands_within_a_line_leaves_nothing() {
        for (html, words) in [
            (
                "<p>Soft <strong>wool</strong>, <em>warm</em>.</p>",
                "Soft wool, warm.",
            ),
            ("was <s>20</s> 10 per m<sup>2</sup>", "was 20 10 per m2"),
            ("un<b>believ</b>able", "unbelievable"),
            ("(<a href=\"https://example.com/\">sizes</a>)", "(sizes)"),
        ] {
            assert_eq!(plain_text(html), words, "{html}");
        }
    }

    #[test]
    fn entities_are_decoded_once() {
        for (html, words) in [
            ("&amp;lt;br&amp;gt;", "&lt;br&gt;"),
            ("&lt;br&gt;", "<br>"),
            (
                "&amp;amp; &quot;x&quot; &#39;y&#39; &eacute;",
                "&amp; \"x\" 'y' é",
            ),
            ("1 < 2 & 3 > 2", "1 < 2 & 3 > 2"),
        ] {
            assert_eq!(plain_text(html), words, "{html}");
        }
    }
}
